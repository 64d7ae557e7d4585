import { randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';

/** Writes a file that is there when it is complete, or not at all: under another name first, then renamed. */
export async function writeWhole(
  path: string,
  content: string | Uint8Array | AsyncIterable<string>,
): Promise<void> {
  const fresh = join(dirname(path), `.${basename(path)}.${randomUUID()}`);
  try {
    await pipeline(
      typeof content === 'string' || content instanceof Uint8Array ? [content] : content,
      createWriteStream(fresh, { flags: 'wx', flush: true }),
    );
    await rename(fresh, path);
  } finally {
    await rm(fresh, { force: true });
  }
}
