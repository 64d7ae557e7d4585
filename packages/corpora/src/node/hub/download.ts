import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, rename, rm, stat, type FileHandle } from 'node:fs/promises';
import { HubError, requestError } from './errors.js';
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

/**
 * Downloads a file: beside its place, under a name in `.incomplete`, where a later try or a later run goes on; then checks its size and
 * checksum, and puts it in its place. Nothing that is not whole and sound ever has the place's name.
 */
export async function download(file: HubFile, target: string, options: DownloadOptions): Promise<void> {
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
  const digest = await digestOf(partial, file);
  if (digest !== file.digest) {
    await rm(partial, { force: true });
    throw new HubError({
      file: file.path,
      expected: `data with the checksum ${file.digest}`,
      actual: `data with ${digest}`,
      hint: 'what was downloaded is thrown away: try again',
    });
  }
  await rename(partial, target);
}

/** Asks for what is missing of the file, and appends it. */
async function fetchRest(file: HubFile, partial: string, options: DownloadOptions): Promise<void> {
  const { url, headers, signal, openFile = (path: string) => open(path, 'a') } = options;
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
      written += next.value.length;
      await handle.appendFile(next.value);
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

const isFull = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && (error.code === 'ENOSPC' || error.code === 'EDQUOT');

function downloadError(file: HubFile, error: unknown): Error {
  if (error instanceof HubError || (error instanceof Error && error.name === 'AbortError')) return error;
  if (isFull(error)) {
    return new HubError({
      file: file.path,
      expected: `a disk with ${file.size} bytes to spare`,
      actual: 'a full disk',
      hint: 'option cacheDir, or HF_HOME, names another folder',
      cause: error,
    });
  }
  if (error instanceof Error && 'syscall' in error && !(error instanceof Broken)) {
    return new HubError({
      file: file.path,
      expected: 'a cache that can be written',
      actual: error.message,
      cause: error,
    });
  }
  return requestError(file.path, error instanceof Broken ? (error.cause ?? error) : error);
}

/** The checksum of a file on the disk, of the kind that the hub told. */
async function digestOf(path: string, { digest, size }: HubFile): Promise<string> {
  const sha256 = digest.length === 64;
  const hash = createHash(sha256 ? 'sha256' : 'sha1');
  if (!sha256) hash.update(`blob ${size}\0`);
  for await (const chunk of createReadStream(path) as AsyncIterable<Uint8Array>) hash.update(chunk);
  return hash.digest('hex');
}
