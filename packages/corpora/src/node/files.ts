import { open, stat } from 'node:fs/promises';
import type { RandomAccess } from '../archive/zip.js';
import { CorpusError } from '../errors.js';

/** Bytes read at a time: each read is a turn through another thread, which takes longer than the reading itself. */
const readLength = 1 << 20;
/** Bytes handed on at a time, so that what is made of them is in the processor's cache when it is used. */
const chunkLength = 1 << 16;

/** The name of standard input and output, as is usual. */
export const standardStream = '-';

/** The bytes of a file. The next piece is read while the last is used. */
export async function* fileChunks(path: string): AsyncGenerator<Uint8Array> {
  const handle = await open(path).catch((cause: unknown) => {
    throw fileError(path, cause);
  });
  const read = (): Promise<Uint8Array> => {
    const bytes = Buffer.allocUnsafeSlow(readLength);
    const reading = handle.read(bytes, 0, readLength, null).then(
      ({ bytesRead }) => bytes.subarray(0, bytesRead),
      (cause: unknown) => {
        throw fileError(path, cause);
      },
    );
    // A failure is told when its turn comes, or never if the reader stops before.
    reading.catch(() => undefined);
    return reading;
  };
  let next = read();
  try {
    for (;;) {
      const bytes = await next;
      if (bytes.length === 0) return;
      next = read();
      for (let at = 0; at < bytes.length; at += chunkLength) yield bytes.subarray(at, at + chunkLength);
    }
  } finally {
    await next.catch(() => undefined);
    await handle.close();
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
