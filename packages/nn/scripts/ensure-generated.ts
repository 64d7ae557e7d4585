/**
 * Vitest's global setup: tests run from the sources, so the WebAssembly modules are compiled before them, and tfjs's gradients bundled,
 * when they are missing or older than assembly/ and scripts/.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { gradientsFile, writeGradients } from './gradients/bundle.js';
import { generatedFile, generatedText, inputsHash, writeGenerated } from './kernels/modules.js';

const stamp = join(dirname(generatedFile), '.inputs');

export default async function ensureGenerated(): Promise<void> {
  const inputs = inputsHash();
  const written = [generatedFile, gradientsFile, stamp].every((file) => existsSync(file));
  if (written && readFileSync(stamp, 'utf8') === inputs) return;
  writeGenerated(await generatedText());
  await writeGradients();
  writeFileSync(stamp, inputs);
}
