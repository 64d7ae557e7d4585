import { constants, createReadStream } from 'node:fs';
import { createHash } from 'node:crypto';
import { access, readdir, stat } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { isDeepStrictEqual } from 'node:util';
import { readAll } from '@cognate/corpora/node';
import type { Sentence } from '@cognate/corpora';
import {
  partName,
  type CorpusPart,
  type ExperimentData,
  type ExperimentTarget,
} from '../data/experiment-data.js';
import { GridError } from '../grid/errors.js';

const sourceFile = /^source-([a-z]{2,3})\.bio$/u;

/**
 * Corpora from a folder: a folder in it for each target, named by its language's code (`gl`; `es-wiki`, for another corpus of that language), which holds
 * `train-full.bio`, `dev.bio`, `test.bio`, a `source-es.bio` for each source, and, if draw 0 is to be other sentences than the first of
 * `train-full.bio`, `train-100.bio`. Columns in IOB2, the token first and the tag last.
 */
export function folderData(folder: string): ExperimentData {
  const fileOf = (target: ExperimentTarget, part: CorpusPart | 'test'): string =>
    join(
      folder,
      target.name,
      part === 'train' ? 'train-full.bio' : `${part === 'test' ? part : partName(part)}.bio`,
    );
  const namedFile = (target: ExperimentTarget, size: number): string =>
    join(folder, target.name, `train-${size}.bio`);
  const read = (file: string, language: string): Promise<Sentence[]> =>
    readAll(file, { format: 'conll', language });
  const named = async (target: ExperimentTarget, size: number): Promise<Sentence[] | undefined> => {
    const file = namedFile(target, size);
    if (!(await exists(file))) return undefined;
    const sentences = await read(file, target.language);
    if (sentences.length === size) return sentences;
    throw new GridError(`${file}: expected ${size} sentences, as its name says, got ${sentences.length}`);
  };
  return {
    // The same from wherever the folder is named, as `.` in it.
    name: `folder ${basename(resolve(folder))}`,
    choice: { kind: 'folder', folder },
    targets: () => findTargets(folder),
    read: (target, part) =>
      read(fileOf(target, part), typeof part === 'string' ? target.language : part.source),
    checkTest: (target) => checkReadable(fileOf(target, 'test'), `${target.name}: expected a test set`),
    readTest: (target) => read(fileOf(target, 'test'), target.language),
    digest: (target, part) => fileDigest(fileOf(target, part)),
    named,
    async namedDigest(target, size) {
      const sentences = await named(target, size);
      if (!sentences) return undefined;
      const first = (await read(fileOf(target, 'train'), target.language)).slice(0, size);
      return isDeepStrictEqual(sentences, first) ? undefined : fileDigest(namedFile(target, size));
    },
  };
}

async function findTargets(folder: string): Promise<ExperimentTarget[]> {
  let names;
  try {
    names = await readdir(folder);
  } catch (error) {
    throw new GridError(`expected a folder of corpora, got ${folder}, which cannot be read`, {
      cause: error,
    });
  }
  const targets = await Promise.all(
    names
      .filter((name) => /^[a-z]{2,3}(?:-|$)/u.test(name))
      .map(async (name) => {
        const files = await filesIn(join(folder, name));
        if (!files.includes('train-full.bio')) return [];
        const sources = files.flatMap((file) => sourceFile.exec(file)?.[1] ?? []).sort();
        return [{ name, language: name.split('-')[0], sources }];
      }),
  );
  const found = targets.flat().sort((a, b) => (a.name < b.name ? -1 : 1));
  if (found.length === 0)
    throw new GridError(
      `expected folders with a train-full.bio each in ${folder}, as gl/train-full.bio, got none`,
    );
  return found;
}

/** Names in a folder, or in the one that a link leads to; none of what is no folder. */
async function filesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (['ENOTDIR', 'ENOENT'].includes((error as NodeJS.ErrnoException).code ?? '')) return [];
    throw error;
  }
}

async function checkReadable(file: string, expected: string): Promise<void> {
  const found = await stat(file).catch(() => undefined);
  if (!found) throw new GridError(`${expected}, ${file}, found none`);
  if (!found.isFile()) throw new GridError(`${expected}, ${file}, found what is no file`);
  await access(file, constants.R_OK).catch((cause: unknown) => {
    throw new GridError(`${expected}, ${file}, which cannot be read`, { cause });
  });
}

async function fileDigest(file: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return hash.digest('hex');
}

const exists = (file: string): Promise<boolean> =>
  access(file).then(
    () => true,
    () => false,
  );
