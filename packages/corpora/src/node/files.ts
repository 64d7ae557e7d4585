import { createReadStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import type { RandomAccess } from '../archive/zip.js';
import { CorpusError } from '../errors.js';

/** Larger than the default: fewer turns of the event loop for each megabyte. */
const highWaterMark = 1 << 17;

/** The name of standard input and output, as is usual. */
export const standardStream = '-';

export async function* fileChunks(path: string): AsyncGenerator<Uint8Array> {
  try {
    yield* createReadStream(path, { highWaterMark }) as AsyncIterable<Uint8Array>;
  } catch (cause) {
    throw fileError(path, cause);
  }
}

export async function isFolder(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory();
  } catch {
    return false;
  }
}

export async function isFile(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isFile();
  } catch {
    return false;
  }
}

/** Runs with a file that is read at any place, and closes it. */
export async function* withRandomAccess<T>(
  path: string,
  use: (file: RandomAccess) => AsyncIterable<T>,
): AsyncGenerator<T> {
  const handle = await open(path).catch((cause: unknown) => {
    throw fileError(path, cause);
  });
  try {
    const { size } = await handle.stat();
    yield* use({
      size,
      read: async (start, end) => {
        const bytes = new Uint8Array(end - start);
        const { bytesRead } = await handle.read(bytes, 0, bytes.length, start);
        return bytes.subarray(0, bytesRead);
      },
    });
  } finally {
    await handle.close();
  }
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'nothing by that name',
  EISDIR: 'a folder',
  ENOTDIR: 'a path through something that is no folder',
  EACCES: 'one that may not be opened (no permission)',
  EPERM: 'one that may not be opened (no permission)',
  ENOSPC: 'a full disk',
};

/** The error for a file that cannot be opened, read or written; errors of ours stay as they are. */
export function fileError(path: string, cause: unknown): Error {
  if (cause instanceof CorpusError) return cause;
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  const actual = reasons[code] ?? (cause instanceof Error ? cause.message : String(cause));
  return new CorpusError({ file: path, expected: 'a file', actual, cause });
}
