/**
 * Vitest's global setup: tests run from the sources, so the samples' data modules are generated before them when they are missing
 * or older than the scripts and pattern files they come from.
 */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { sampleLanguages } from '../src/samples/languages.js';
import { generatedFiles, generatedFolder, writeGenerated } from './generator/generated.js';

const scripts = dirname(fileURLToPath(import.meta.url));
const stamp = join(generatedFolder, '.inputs');

/** A hash over everything that the generated text depends on. */
function inputsHash(): string {
  const files = [
    ...readdirSync(scripts, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts'))
      .map((name) => join(scripts, name)),
    join(scripts, '../package.json'),
    join(scripts, '../src/samples/code.ts'),
    join(scripts, '../src/samples/languages.ts'),
  ].sort();
  const hash = createHash('sha256');
  for (const file of files) hash.update(`${file.slice(scripts.length)}\n`).update(readFileSync(file));
  return hash.digest('hex');
}

export default async function ensureGenerated(): Promise<void> {
  const inputs = inputsHash();
  const complete = sampleLanguages.every((language) =>
    existsSync(join(generatedFolder, `${language}.sample.js`)),
  );
  if (complete && existsSync(stamp) && readFileSync(stamp, 'utf8') === inputs) return;
  try {
    writeGenerated(await generatedFiles());
    writeFileSync(stamp, inputs);
  } catch (error) {
    // Who edits a pattern file sees the error in the samples' own tests; other packages' tests go on with the last good data.
    if (!complete) throw error;
    console.warn(`The samples are of an earlier state, because generating them failed: ${String(error)}`);
  }
}
