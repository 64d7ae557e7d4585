import { randomUUID } from 'node:crypto';
import { mkdir, rmdir, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { Failure } from './failure.js';
import { systemReason } from './terminal/describe-error.js';

/**
 * Makes a folder and those on the way to it, if they are not there. Not by `recursive: true`: Node tries for ever where a folder says that what is to
 * be made in it does not exist, as /proc does.
 *
 * @throws Failure with the name of the folder that cannot be made
 */
export async function makeFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder);
  } catch (error) {
    if (await isFolder(folder)) return;
    const above = dirname(folder);
    if (codeOf(error) !== 'ENOENT' || (await isFolder(above))) throw await failureOf(folder, error);
    await makeFolder(above);
    await mkdir(folder).catch(async (second: unknown) => {
      if (!(await isFolder(folder))) throw await failureOf(folder, second);
    });
  }
}

/**
 * Sees to it that a folder can be made or replaced there, before the work that it is for: makes one beside it, or where the first one on the way to it
 * would be, and takes it away again.
 *
 * @throws Failure with the name of the place, where it cannot
 */
export async function checkFolderPlace(place: string): Promise<void> {
  let above = dirname(resolve(place));
  while (!(await exists(above))) above = dirname(above);
  const trial = join(above, `.cognate-${randomUUID()}`);
  try {
    await mkdir(trial);
    await rmdir(trial);
  } catch (error) {
    throw new Failure(`${place} cannot be made: ${above}: ${reasonOf(error)}`, { cause: error });
  }
}

async function failureOf(folder: string, error: unknown): Promise<Failure> {
  // It exists already, says the system, where it is a file.
  const reason = (await exists(folder)) ? 'expected a folder, found a file' : reasonOf(error);
  return new Failure(`${folder}: ${reason}`, { cause: error });
}

const reasonOf = (error: unknown): string => {
  const code = codeOf(error);
  if (code === 'ENOENT') return 'no folder can be made here';
  return systemReason(error) ?? `no folder can be made here (${code ?? String(error)})`;
};

const codeOf = (error: unknown): string | undefined => (error as NodeJS.ErrnoException).code;

const isFolder = async (path: string): Promise<boolean> =>
  (await stat(path).catch(() => undefined))?.isDirectory() === true;

const exists = async (path: string): Promise<boolean> =>
  (await stat(path).catch(() => undefined)) !== undefined;
