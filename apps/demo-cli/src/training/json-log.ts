import { closeSync, fstatSync, openSync, readSync, writeSync } from 'node:fs';
import { Failure } from '../failure.js';
import { systemReason } from '../terminal/describe-error.js';

/** Takes events, one line of JSON each. */
export interface JsonLog {
  write(event: Readonly<Record<string, unknown>>): void;
  close(): void;
}

/**
 * A log of JSON Lines: a file, which is added to, or standard output for `-`. Each line has the time and is written at once, so that what was logged
 * is there however the program ends.
 *
 * @throws Failure with the file's name, from `write` too, where it cannot be written, as on a full disk
 */
export function jsonLog(file: string): JsonLog {
  const line = (event: Readonly<Record<string, unknown>>): string =>
    `${JSON.stringify({ time: new Date().toISOString(), ...event })}\n`;
  if (file === '-') {
    return { write: (event) => void process.stdout.write(line(event)), close: () => undefined };
  }
  const handle = openSync(file, 'a+');
  const write = (text: string): void => {
    try {
      writeSync(handle, text);
    } catch (error) {
      // What is thrown of an open file, as on a full disk, does not say which it is.
      throw new Failure(`${file}: ${systemReason(error) ?? String(error)}`, { cause: error });
    }
  };
  // A program that was killed may have left half a line.
  if (!endsALine(handle)) write('\n');
  return { write: (event) => write(line(event)), close: () => closeSync(handle) };
}

function endsALine(handle: number): boolean {
  const { size } = fstatSync(handle);
  if (size === 0) return true;
  const last = new Uint8Array(1);
  readSync(handle, last, 0, 1, size - 1);
  return last[0] === 0x0a;
}
