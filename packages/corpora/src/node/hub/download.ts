import { createHash } from 'node:crypto';
import { constants, createReadStream } from 'node:fs';
import { open, rename, rm, stat, type FileHandle } from 'node:fs/promises';
import { HubError, isFull, requestError, storageError } from './errors.js';
import { retrying, type RetryRules } from './retry.js';

/** One file of a repository, as the hub lists it. */
export interface HubFile {
  readonly path: string;
  readonly size: number;
  /** SHA-256 of a large file; git's SHA-1 of a small one. */
  readonly digest: string;
}

export interface DownloadOptions extends RetryRules {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly fetch: typeof fetch;
  /** For tests of a disk that is full. */
  readonly openFile?: (path: string) => Promise<FileHandle>;
}

/** A connection that broke, an answer of 5xx: what another try may mend. */
class Broken extends Error {}

const sizeOf = async (path: string): Promise<number> => {
  try {
    return (await stat(path)).size;
  } catch {
    return 0;
  }
};

/** Downloads that go on in this process, by their places. */
const running = new Map<string, Promise<void>>();

/** Downloads a file, after any other download to the same place: what that has brought is not asked for again. */
export async function download(file: HubFile, target: string, options: DownloadOptions): Promise<void> {
  const before = running.get(target);
  const own = (async () => {
    await before?.catch(() => undefined);
    if ((await sizeOf(target)) !== file.size) await downloadNow(file, target, options);
  })();
  running.set(target, own);
  try {
    await own;
  } finally {
    if (running.get(target) === own) running.delete(target);
  }
}

/**
 * Downloads a file: beside its place, under a name in `.incomplete`, where a later try or a later run goes on; then checks its size and
 * checksum, and puts it in its place. Nothing that is not whole and sound ever has the place's name.
 */
async function downloadNow(file: HubFile, target: string, options: DownloadOptions): Promise<void> {
  const partial = `${target}.incomplete`;
  try {
    await retrying(
      () => fetchRest(file, partial, options),
      (error) => error instanceof Broken,
      options,
    );
  } catch (error) {
    if (isFull(error)) await rm(partial, { force: true });
    throw downloadError(file, error);
  }
  const digest = await digestOf(partial, file).catch(async (error: unknown) => {
    // Another process was as far, and has put the file in its place.
    if ((await sizeOf(target)) === file.size) return undefined;
    throw downloadError(file, error);
  });
  if (digest === undefined) return;
  if (digest !== file.digest) {
    await rm(partial, { force: true });
    throw new HubError({
      file: file.path,
      expected: `data with the checksum ${file.digest}`,
      actual: `data with ${digest}`,
      hint: 'what was downloaded is thrown away: try again',
    });
  }
  await rename(partial, target).catch((error: unknown) => {
    throw downloadError(file, error);
  });
}

/**
 * Asks for what is missing of the file, and writes it in its place there: two processes that download the same file write the same bytes to
 * the same places.
 */
async function fetchRest(file: HubFile, partial: string, options: DownloadOptions): Promise<void> {
  const {
    url,
    headers,
    signal,
    openFile = (path: string) => open(path, constants.O_WRONLY | constants.O_CREAT),
  } = options;
  let have = await sizeOf(partial);
  if (have > file.size) {
    await rm(partial, { force: true });
    have = 0;
  }
  if (have === file.size && have > 0) return;
  const range: Record<string, string> = have > 0 ? { Range: `bytes=${have}-` } : {};
  const response = await options
    .fetch(url, { headers: { ...headers, ...range }, ...(signal === undefined ? {} : { signal }) })
    .catch((cause: unknown) => {
      throw new Broken('no connection', { cause });
    });
  if (!response.ok || response.body === null) {
    await response.body?.cancel();
    const error = Object.assign(new Error(response.statusText), { statusCode: response.status });
    if (response.status >= 500 || response.status === 429) throw new Broken(error.message, { cause: error });
    throw error;
  }
  // A server may send all of it again.
  const appends = have > 0 && response.status === 206;
  if (have > 0 && !appends) await rm(partial, { force: true });
  let written = appends ? have : 0;
  const handle = await openFile(partial);
  try {
    const reader = response.body.getReader();
    for (;;) {
      const next = await reader.read().catch((cause: unknown) => {
        throw new Broken('the connection was cut', { cause });
      });
      if (next.done) break;
      for (let from = 0; from < next.value.length;) {
        const { bytesWritten } = await handle.write(next.value, from, next.value.length - from, written);
        from += bytesWritten;
        written += bytesWritten;
      }
    }
  } finally {
    await handle.close();
  }
  if (written < file.size) throw new Broken(`the connection was cut after ${written} of ${file.size} bytes`);
  if (written > file.size) {
    await rm(partial, { force: true });
    throw new HubError({ file: file.path, expected: `${file.size} bytes`, actual: `${written}` });
  }
}

function downloadError(file: HubFile, error: unknown): Error {
  if (error instanceof HubError || (error instanceof Error && error.name === 'AbortError')) return error;
  const stored = error instanceof Broken ? undefined : storageError(file.path, error, file.size);
  return stored ?? requestError(file.path, error instanceof Broken ? (error.cause ?? error) : error);
}

/** The checksum of a file on the disk, of the kind that the hub told. */
async function digestOf(path: string, { digest, size }: HubFile): Promise<string> {
  const sha256 = digest.length === 64;
  const hash = createHash(sha256 ? 'sha256' : 'sha1');
  if (!sha256) hash.update(`blob ${size}\0`);
  for await (const chunk of createReadStream(path) as AsyncIterable<Uint8Array>) hash.update(chunk);
  return hash.digest('hex');
}
