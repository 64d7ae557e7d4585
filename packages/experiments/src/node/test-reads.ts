import type { PlannedRun } from '../grid/setting.js';
import { describeRun } from '../grid/setting.js';
import { appendLine } from './append-line.js';

/** Notes that a test set is about to be read: by which grid, for which run. One line of JSON, on the disk before anything is read. */
export async function logTestRead(file: string, grid: string, key: string, run: PlannedRun): Promise<void> {
  const { data, target } = run.setting;
  const entry = { date: new Date().toISOString(), grid, data, target, run: describeRun(run), key };
  await appendLine(file, JSON.stringify(entry));
}
