import { randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { Failure } from './failure.js';
import { makeFolder } from './make-folder.js';
import { systemReason } from './terminal/describe-error.js';

/**
 * Writes a file that is there when it is complete, or not at all: under another name first, then renamed. Folders on the way to it are made.
 *
 * @throws Failure with the file's name, where it cannot be written; what the content throws
 */
export async function writeWhole(
  path: string,
  content: string | Uint8Array | AsyncIterable<string>,
): Promise<void> {
  await checkPlace(path, true);
  await makeFolder(dirname(path));
  const fresh = join(dirname(path), `.${basename(path)}.${randomUUID()}`);
  let ofContent: unknown;
  const parts = async function* (): AsyncGenerator<string | Uint8Array> {
    try {
      if (typeof content === 'string' || content instanceof Uint8Array) yield content;
      else yield* content;
    } catch (error) {
      ofContent = error;
      throw error;
    }
  };
  try {
    await pipeline(parts, createWriteStream(fresh, { flags: 'wx', flush: true }));
    await rename(fresh, path);
  } catch (error) {
    // The name that the system's error has is one that nobody gave.
    throw error === ofContent ? error : failureOf(path, error);
  } finally {
    // Where it could not be made it cannot be removed: that is told already.
    await rm(fresh, { force: true }).catch(() => undefined);
  }
}

/**
 * Sees to it that a file can be written there, before the work that it is for.
 *
 * @throws Failure for a file that is there already and is not to be replaced, and for anything that is no file
 */
export async function checkPlace(path: string, force = false): Promise<void> {
  const found = await stat(path).catch(() => undefined);
  if (!found) return;
  if (!found.isFile())
    throw new Failure(
      `${path}: expected a file, found ${found.isDirectory() ? 'a folder' : 'a device or a pipe'}`,
    );
  if (!force) throw new Failure(`${path} exists already: --force replaces it`);
}

function failureOf(path: string, error: unknown): unknown {
  const { code } = error as NodeJS.ErrnoException;
  if (code === undefined) return error;
  return new Failure(`${path}: ${systemReason(error) ?? `cannot be written (${code})`}`, { cause: error });
}
