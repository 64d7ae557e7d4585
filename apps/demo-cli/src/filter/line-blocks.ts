import { Failure } from '../failure.js';
import { nameOfInput, openInput } from './open-input.js';

/** Whole lines of one file, as bytes. */
export interface LineBlock {
  readonly bytes: Uint8Array;
  /** Of the file, for messages. */
  readonly name: string;
  /** The number of the first line, from 1. */
  readonly firstLine: number;
}

/** A line longer than this is no line: without a limit, a file without line ends would have to fit into memory. */
const longestLine = 1 << 24;

const lineFeed = 0x0a;

/**
 * The lines of files one after another, of standard input where there are none or for `-`, in blocks as they come: what has arrived is
 * given on at once, so that a program that writes a line and waits for its answer gets it. Files that end in `.gz` are unpacked.
 *
 * @throws Failure (when iterated) for a file that cannot be read or unpacked, and for a line of more than `limit` bytes
 */
export async function* lineBlocks(files: readonly string[], limit = longestLine): AsyncGenerator<LineBlock> {
  for (const file of files.length === 0 ? ['-'] : files) {
    const name = nameOfInput(file);
    let firstLine = 1;
    let rest: Uint8Array[] = [];
    let restLength = 0;
    for await (const chunk of openInput(file)) {
      const end = chunk.lastIndexOf(lineFeed) + 1;
      if (end > 0) {
        // A copy: chunks may share their memory with others, and blocks are handed to threads.
        const bytes = join([...rest, chunk.subarray(0, end)]);
        const block = { bytes, name, firstLine };
        firstLine += countLines(bytes);
        yield block;
        [rest, restLength] = [[], 0];
      }
      if (end < chunk.length) rest.push(Uint8Array.prototype.slice.call(chunk, end));
      restLength += chunk.length - end;
      if (restLength > limit)
        throw new Failure(
          `${name}:${firstLine}: expected a line of at most ${limit} bytes, got a longer one`,
        );
    }
    if (restLength > 0) yield { bytes: join(rest), name, firstLine };
  }
}

function join(parts: readonly Uint8Array[]): Uint8Array {
  const joined = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.length;
  }
  return joined;
}

function countLines(bytes: Uint8Array): number {
  let lines = 0;
  for (let at = bytes.indexOf(lineFeed); at !== -1; at = bytes.indexOf(lineFeed, at + 1)) lines++;
  return lines;
}
