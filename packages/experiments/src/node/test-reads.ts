import { appendFile, mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { PlannedRun } from '../grid/setting.js';
import { describeRun } from '../grid/setting.js';

/** Notes that a test set is about to be read: by which grid, for which run. One line of JSON. */
export async function logTestRead(file: string, grid: string, key: string, run: PlannedRun): Promise<void> {
  const { data, target } = run.setting;
  const entry = { date: new Date().toISOString(), grid, data, target, run: describeRun(run), key };
  await mkdir(dirname(file), { recursive: true });
  await appendFile(file, `${JSON.stringify(entry)}\n`);
}
