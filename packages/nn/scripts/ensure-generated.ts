/**
 * Vitest's global setup: tests run from the sources, so the WebAssembly modules are compiled before them when they are missing or
 * older than assembly/.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { generatedFile, generatedText, inputsHash, writeGenerated } from './kernels/modules.js';

const stamp = join(dirname(generatedFile), '.inputs');

export default async function ensureGenerated(): Promise<void> {
  const inputs = inputsHash();
  if (existsSync(generatedFile) && existsSync(stamp) && readFileSync(stamp, 'utf8') === inputs) return;
  writeGenerated(await generatedText());
  writeFileSync(stamp, inputs);
}
