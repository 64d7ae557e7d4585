import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { readRecord, type RunRecord } from '../run/record.js';
import { appendLine } from './append-line.js';
import { cannotWrite } from './cannot-write.js';

/** A line of a log that is no record, most often the half of one that a killed program left. */
export interface LogFault {
  readonly line: number;
  readonly problem: string;
}

/** The finished runs of a file of JSONL; of several with one key, the last. */
export interface RunLogContents {
  readonly records: readonly RunRecord[];
  readonly faults: readonly LogFault[];
}

/** Reads a log of runs; a file that is not there is an empty one. */
export async function readRunLog(file: string): Promise<RunLogContents> {
  if (!existsSync(file)) return { records: [], faults: [] };
  const byKey = new Map<string, RunRecord>();
  const faults: LogFault[] = [];
  for (const [index, text] of (await readFile(file, 'utf8')).split('\n').entries()) {
    if (text.trim() === '') continue;
    const result = parse(text);
    if ('problem' in result) faults.push({ line: index + 1, problem: result.problem });
    else {
      const before = byKey.get(result.record.key);
      // A later run on the development corpus alone does not undo what was read of the test set.
      if (before?.test === undefined || result.record.test !== undefined)
        byKey.set(result.record.key, result.record);
    }
  }
  return { records: [...byKey.values()], faults };
}

function parse(text: string): ReturnType<typeof readRecord> {
  try {
    return readRecord(JSON.parse(text));
  } catch {
    return { problem: 'expected a line of JSON' };
  }
}

/** A log that records are added to, one line each, on the disk when the promise is fulfilled. */
export class RunLog {
  #last: Promise<void> = Promise.resolve();

  constructor(readonly file: string) {}

  add(record: RunRecord): Promise<void> {
    const write = (): Promise<void> => appendLine(this.file, JSON.stringify(record));
    return (this.#last = this.#last.then(write, write));
  }
}

/** Writes a file that is there when it is complete, or not at all. */
export async function writeWhole(file: string, text: string): Promise<void> {
  const fresh = join(dirname(file), `.${process.pid}-${Date.now()}.partial`);
  await mkdir(dirname(file), { recursive: true });
  try {
    await writeFile(fresh, text, { flush: true });
    await rename(fresh, file);
  } catch (error) {
    // As on a full disk, of which the half file would take a part.
    await rm(fresh, { force: true });
    throw cannotWrite(file, error);
  }
}
