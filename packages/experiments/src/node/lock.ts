import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Another program is at work in a folder. */
export class FolderInUseError extends Error {
  override readonly name = 'FolderInUseError';
}

/**
 * Keeps other programs of this machine from running grids in a folder, until the function that it gives is called. A lock whose program is no
 * longer there counts for nothing.
 *
 * @throws FolderInUseError with the number of the program that has it
 */
export async function lockFolder(folder: string): Promise<() => Promise<void>> {
  const file = join(folder, '.lock');
  for (let attempt = 0; attempt < 3; attempt++) {
    try {
      await writeFile(file, String(process.pid), { flag: 'wx' });
      return () => rm(file, { force: true });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
    const owner = Number(await readFile(file, 'utf8').catch(() => ''));
    if (isAlive(owner))
      throw new FolderInUseError(
        `expected nobody else at work in ${folder}, but process ${owner} is; wait for it, or choose another folder`,
      );
    await rm(file, { force: true });
  }
  throw new FolderInUseError(`expected nobody else at work in ${folder}, but others keep locking it`);
}

function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
