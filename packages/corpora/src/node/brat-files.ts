import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CorpusError } from '../errors.js';
import type { ReadOptions } from '../formats/options.js';
import type { Part } from '../read.js';
import { fileChunks, fileError, isFile, isFolder } from './files.js';

/**
 * The brat documents that a path means: those of a folder, in the order of their names, or the one whose `.ann` or `.txt` it is.
 * undefined where it means something else: a `.txt` without an `.ann` is an ordinary file.
 */
export async function bratPairs(
  path: string,
  { format, annotations, file }: ReadOptions,
): Promise<(() => AsyncGenerator<Part>) | undefined> {
  if ((format !== undefined && format !== 'brat') || annotations !== undefined) return undefined;
  if (await isFolder(path)) {
    const names = (await readdir(path)).filter((name) => name.endsWith('.ann')).sort();
    if (names.length === 0) {
      throw new CorpusError({
        file: path,
        expected: 'a file, or a folder of .txt and .ann files',
        actual: 'a folder without',
      });
    }
    return () =>
      parts(
        names.map((name) => join(path, name.slice(0, -4))),
        undefined,
      );
  }
  const stem = /^(.+)\.(?:ann|txt)$/.exec(path)?.[1];
  if (stem === undefined || !(await isFile(`${stem}.ann`))) return undefined;
  return () => parts([stem], file);
}

async function* parts(stems: readonly string[], name: string | undefined): AsyncGenerator<Part> {
  for (const stem of stems) {
    const annotations = await readFile(`${stem}.ann`, 'utf8').catch((cause: unknown) => {
      throw fileError(`${stem}.ann`, cause);
    });
    yield { file: name ?? `${stem}.txt`, chunks: fileChunks(`${stem}.txt`), annotations };
  }
}
