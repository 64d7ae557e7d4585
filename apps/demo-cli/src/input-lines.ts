import { once } from 'node:events';
import { lineBlocks } from './filter/line-blocks.js';
import { describeReplaced, linesOf } from './filter/lines-of.js';

export interface InputLine {
  readonly line: string;
  /** File and line, for messages. */
  readonly place: string;
}

/**
 * The lines of files one after another, of standard input where there are none, or for `-`, read as `cognate tag` reads them. How many had
 * bytes that are no UTF-8 is said on standard error at the end.
 *
 * @throws as `lineBlocks`
 */
export async function* inputLines(files: readonly string[]): AsyncGenerator<InputLine> {
  let replaced = 0;
  for await (const block of lineBlocks(files)) {
    const { lines, replaced: here } = linesOf(block);
    replaced += here;
    let number = block.firstLine;
    for (const line of lines) yield { line, place: `${block.name}:${number++}` };
  }
  if (replaced > 0) process.stderr.write(`${describeReplaced(replaced)}\n`);
}

/** Writes to standard output, and waits where its reader is slower than we are. */
export async function writeOut(text: string | Uint8Array): Promise<void> {
  if (!process.stdout.write(text)) await once(process.stdout, 'drain');
}
