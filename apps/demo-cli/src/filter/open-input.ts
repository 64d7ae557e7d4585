import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { Failure } from '../failure.js';
import { systemReason } from '../terminal/describe-error.js';

/** What an input is called in messages. */
export const nameOfInput = (file: string): string => (file === '-' ? 'stdin' : file);

/**
 * The bytes of a file, or of standard input for `-`, as they come. A file that ends in `.gz` is unpacked.
 *
 * @throws Failure (when iterated) with the file's name, where it cannot be read or unpacked
 */
export async function* openInput(file: string): AsyncGenerator<Buffer> {
  try {
    yield* (file === '-' ? process.stdin : streamOf(file)) as AsyncIterable<Buffer>;
  } catch (error) {
    throw failureOf(nameOfInput(file), error);
  }
}

function streamOf(file: string): AsyncIterable<Buffer> {
  const input = createReadStream(file);
  if (!file.endsWith('.gz')) return input;
  // Whoever reads is told of errors by the stream itself.
  return pipeline(input, createGunzip(), () => undefined);
}

/** Neither the system's errors of reading nor those of zlib say which file it was. */
function failureOf(name: string, error: unknown): unknown {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === 'Z_BUF_ERROR')
    return new Failure(`${name}: expected gzip data, found some that break off before their end`, {
      cause: error,
    });
  if (code?.startsWith('Z_') === true)
    return new Failure(
      `${name}: expected gzip data, found ${/header|method/.test(message) ? 'something else' : 'damaged data'} (${message})`,
      { cause: error },
    );
  const reason = systemReason(error) ?? (code === undefined ? undefined : message);
  return reason === undefined ? error : new Failure(`${name}: ${reason}`, { cause: error });
}
