import { once } from 'node:events';
import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';

export interface InputLine {
  readonly line: string;
  /** File and line, for messages. */
  readonly place: string;
}

/** The lines of files one after another; of standard input where there are none, or for `-`. */
export async function* inputLines(files: readonly string[]): AsyncGenerator<InputLine> {
  for (const file of files.length === 0 ? ['-'] : files) {
    const input = file === '-' ? process.stdin : createReadStream(file);
    if (file !== '-') await once(input, 'open');
    const name = file === '-' ? 'stdin' : file;
    let number = 0;
    for await (const line of createInterface({ input, crlfDelay: Infinity })) {
      yield { line, place: `${name}:${++number}` };
    }
  }
}

/** Writes to standard output, and waits where its reader is slower than we are. */
export async function writeOut(text: string | Uint8Array): Promise<void> {
  if (!process.stdout.write(text)) await once(process.stdout, 'drain');
}
