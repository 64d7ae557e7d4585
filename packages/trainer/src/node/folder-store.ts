import { mkdir, open, readdir, rename, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import type { CheckpointStore } from '../checkpoint/store.js';
import { readWhole, refuse } from '../checks.js';

export interface FolderStoreOptions {
  /** Checkpoints to keep, at least 1; 2 unless told, so that one that the disk has damaged is not the last. */
  readonly keep?: number | undefined;
}

const NAME = /^checkpoint-(\d{8,})\.ckpt$/;
const PARTIAL = /^checkpoint-\d{8,}\.ckpt\.partial$/;

/**
 * Keeps checkpoints as files `checkpoint-00000012.ckpt` of a folder, which is made if it is missing. One run to a folder.
 *
 * A checkpoint is written under another name, forced to the disk, and renamed: a file of the final name is whole, whenever the
 * process is killed. Older ones are removed after that.
 *
 * @throws TrainerError for a `keep` below 1; what the file system refuses rejects with an error that has its `code`, and the
 *   `path` of the checkpoint that could not be written.
 */
export function folderStore(folder: string, options: FolderStoreOptions = {}): CheckpointStore {
  if (typeof (folder as unknown) !== 'string' || folder === '') {
    refuse('folder', 'the path of a folder', folder);
  }
  const keep = readWhole('keep', options.keep ?? 2, 1);
  /** Numbers of the checkpoints that are there, the newest first. */
  const numbers = async (): Promise<number[]> =>
    (await namesIn(folder))
      .flatMap((name) => NAME.exec(name)?.[1] ?? [])
      .map(Number)
      .sort((a, b) => b - a);
  const pathOf = (number: number): string =>
    join(folder, `checkpoint-${String(number).padStart(8, '0')}.ckpt`);

  return {
    async write(bytes) {
      await mkdir(folder, { recursive: true });
      // What a killed process left half-written.
      for (const name of await namesIn(folder)) if (PARTIAL.test(name)) await unlink(join(folder, name));
      const before = await numbers();
      const path = pathOf((before[0] ?? 0) + 1);
      const partial = `${path}.partial`;
      try {
        await writeToDisk(partial, bytes);
        await rename(partial, path);
      } catch (error) {
        // As on a full disk, of which the half file would take a part.
        await unlink(partial).catch(() => undefined);
        throw cannotWrite(path, error);
      }
      await syncFolder(folder);
      for (const number of before.slice(keep - 1)) await unlink(pathOf(number));
    },
    async list() {
      return (await numbers()).map((number) => ({
        name: pathOf(number),
        read: () => readFile(pathOf(number)),
      }));
    },
  };
}

async function writeToDisk(path: string, bytes: Uint8Array): Promise<void> {
  const file = await open(path, 'w');
  try {
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** What the system says of an open file does not tell which it is. */
function cannotWrite(path: string, cause: unknown): unknown {
  const { code, message } = cause as NodeJS.ErrnoException;
  if (code === undefined) return cause;
  return Object.assign(new Error(`${path}: cannot be written: ${message}`, { cause }), { code, path });
}

/** Bytes that are asked for at once. */
const PIECE = 1 << 28;

/** Node's own reads no file of 2 GiB or more, which the state of a linear model with 18 million weights has. */
async function readFile(path: string): Promise<Uint8Array> {
  const file = await open(path);
  try {
    const bytes = new Uint8Array((await file.stat()).size);
    let at = 0;
    while (at < bytes.length) {
      const { bytesRead } = await file.read(bytes, at, Math.min(PIECE, bytes.length - at), at);
      if (bytesRead === 0) break;
      at += bytesRead;
    }
    // One that has become shorter meanwhile is damaged, as its reader will see.
    return at === bytes.length ? bytes : bytes.subarray(0, at);
  } finally {
    await file.close();
  }
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}

/** Makes the new name itself last; Windows has no such thing for folders, and needs none. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
