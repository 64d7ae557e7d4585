import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const repository = resolve(dirname(fileURLToPath(import.meta.url)), '../../..');

/**
 * The folder of real corpora: `COGNATE_DATA`, by default `../shared/ner-data` beside the repository. Undefined, with a
 * line on stderr that says so, where there is none: the tests that want it are then skipped.
 */
export function corporaFolder(): string | undefined {
  const folder = resolve(repository, process.env.COGNATE_DATA ?? '../shared/ner-data');
  if (existsSync(join(folder, 'MANIFEST.json'))) return folder;
  process.stderr.write(`skipped: no corpora at ${folder} (set COGNATE_DATA)\n`);
  return undefined;
}
