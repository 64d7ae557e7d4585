import { createHash, randomUUID } from 'node:crypto';
import { constants } from 'node:fs';
import { copyFile, link, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { cannotWrite } from './cannot-write.js';

/** Another program is at work in a folder. */
export class FolderInUseError extends Error {
  override readonly name = 'FolderInUseError';
}

/** Who has a lock. Numbers of processes come again, after a restart of a container even at once: the start tells them apart where it is known. */
interface Owner {
  readonly pid: number;
  readonly started?: string | undefined;
}

/**
 * Keeps other programs of this machine from running grids in a folder, until the function that it gives is called. A lock whose program is no
 * longer there counts for nothing.
 *
 * @throws FolderInUseError with the number of the program that has it, and the file of the lock
 */
export function lockFolder(folder: string): Promise<() => Promise<void>> {
  return lock(join(folder, '.lock'), folder);
}

async function lock(file: string, folder: string): Promise<() => Promise<void>> {
  const id = randomUUID();
  const own = JSON.stringify({ pid: process.pid, started: await startOf(process.pid), id });
  const fresh = `${file}-${id}`;
  try {
    await writeFile(fresh, own, { flush: true }).catch((error: unknown) => {
      throw cannotWrite(file, error);
    });
    for (let attempt = 0; attempt < 3; attempt++) {
      if ((await isNew(fresh, file)) || (await isTakenOver(fresh, file, folder)))
        return () => unlock(file, own);
    }
  } finally {
    await rm(fresh, { force: true });
  }
  throw new FolderInUseError(`expected nobody else at work in ${folder}, but others keep locking it`);
}

/** Gives a lock its name, unless there is one: it is there with its content or not at all. */
async function isNew(fresh: string, file: string): Promise<boolean> {
  try {
    await link(fresh, file).catch((error: unknown) => {
      if (codeOf(error) === 'EEXIST') throw error;
      // Some file systems have no links.
      return copyFile(fresh, file, constants.COPYFILE_EXCL);
    });
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw error;
  }
}

/**
 * Replaces the lock of a program that is gone. Only who has the lock on doing so with this very lock may: of several that found it, a late one would
 * else remove the lock of the first.
 */
async function isTakenOver(fresh: string, file: string, folder: string): Promise<boolean> {
  const found = await contentOf(file);
  if (found === undefined) return false;
  const owner = readOwner(found);
  if (!owner || (await isAlive(owner)))
    throw new FolderInUseError(
      `expected nobody else at work in ${folder}, but ${owner ? `process ${owner.pid}` : 'somebody'} is; wait for it, choose another folder, or delete ${file} if no program is at work there`,
    );
  const release = await lock(
    `${file}-${createHash('sha256').update(found).digest('hex').slice(0, 12)}`,
    folder,
  );
  try {
    if ((await contentOf(file)) !== found) return false;
    await rename(fresh, file);
    return true;
  } finally {
    await release();
  }
}

async function unlock(file: string, own: string): Promise<void> {
  if ((await contentOf(file)) === own) await rm(file, { force: true });
}

async function contentOf(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
}

/** Undefined for what tells no owner: it may be half written, so that it is nobody's to take. */
function readOwner(content: string): Owner | undefined {
  try {
    const value = JSON.parse(content) as unknown;
    // Locks of before had the number alone.
    const owner = typeof value === 'number' ? { pid: value } : (value as Partial<Owner> | null);
    return Number.isInteger(owner?.pid) ? (owner as Owner) : undefined;
  } catch {
    return undefined;
  }
}

async function isAlive({ pid, started }: Owner): Promise<boolean> {
  if (pid <= 0) return false;
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (codeOf(error) !== 'EPERM') return false;
  }
  const now = started === undefined ? undefined : await startOf(pid);
  return now === undefined || now === started;
}

/** When a process started, and since which start of the machine that is counted; undefined where the system does not say. */
async function startOf(pid: number): Promise<string | undefined> {
  if (process.platform !== 'linux') return undefined;
  try {
    const [stat, boot] = await Promise.all(
      [`/proc/${pid}/stat`, '/proc/sys/kernel/random/boot_id'].map((file) => readFile(file, 'utf8')),
    );
    // The second field is the program's name, which may have spaces and brackets.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return `${fields[19]} ${boot.trim()}`;
  } catch {
    return undefined;
  }
}

const codeOf = (error: unknown): string | undefined => (error as NodeJS.ErrnoException).code;
