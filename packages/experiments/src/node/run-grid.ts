import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { ExperimentData } from '../data/experiment-data.js';
import { GridError } from '../grid/errors.js';
import { runKey } from '../grid/key.js';
import { planGrid, type LoadConfig, type PlanFilter } from '../grid/plan.js';
import type { Grid } from '../grid/schema.js';
import type { PlannedRun } from '../grid/setting.js';
import type { RunRecord } from '../run/record.js';
import { asPlanned } from '../run/as-planned.js';
import { measureNearness } from '../run/run-setting.js';
import type { HubAccess } from './hub-data.js';
import { lockFolder } from './lock.js';
import { runInProcess, type Perform } from './run-in-process.js';
import { readRunLog, RunLog, type LogFault } from './run-log.js';

/** What happens while a grid is run. */
export type GridEvent =
  | {
      readonly type: 'plan';
      readonly runs: number;
      readonly finished: number;
      readonly faults: readonly LogFault[];
    }
  | { readonly type: 'start'; readonly run: PlannedRun; readonly key: string }
  | {
      readonly type: 'progress';
      readonly key: string;
      readonly run: PlannedRun;
      readonly done: number;
      readonly total: number;
    }
  | { readonly type: 'end'; readonly run: PlannedRun; readonly record: RunRecord }
  | { readonly type: 'failure'; readonly run: PlannedRun; readonly key: string; readonly error: Error };

export interface RunGridOptions {
  readonly grid: Grid;
  readonly data: ExperimentData;
  /** A folder for everything: `runs.jsonl`, `test-reads.jsonl`, `checkpoints/`, `models/`. */
  readonly out: string;
  /** See `planGrid`. */
  readonly loadConfig?: LoadConfig | undefined;
  readonly only?: PlanFilter | undefined;
  readonly threads?: number | undefined;
  /** Runs side by side. Default 1. A grid that measures time allows no more. */
  readonly jobs?: number | undefined;
  /** Leaves test sets unread, and what was trained in `models/`: without this option the same runs only read their test sets then, and the models are removed. */
  readonly devOnly?: boolean | undefined;
  /** Lets networks compute with relaxed SIMD, which is faster; results differ in the last digits between processors. Default no. */
  readonly relaxedSimd?: boolean | undefined;
  /** A folder where trained members of ensembles stay, for runs of the same build that want the same ones. Default: members are trained for each run. */
  readonly members?: string | undefined;
  /**
   * Finished runs of other grids: one that is equal to a run of this grid is taken over instead of being repeated. A grid that measures time takes only
   * those that had no others beside them and were trained in one go.
   */
  readonly known?: readonly RunRecord[] | undefined;
  /** Where each reading of a test set is noted. Default `test-reads.jsonl` in `out`. */
  readonly testLog?: string | undefined;
  /** For corpora from the hub: what `hubData` was given. */
  readonly hub?: Omit<HubAccess, 'signal'> | undefined;
  /** Ends it: runs that are under way are stopped, and taken up from their checkpoints next time. */
  readonly signal?: AbortSignal | undefined;
  readonly onEvent?: ((event: GridEvent) => void) | undefined;
  /** Default: each run in a process of its own. */
  readonly perform?: Perform | undefined;
}

export interface GridResult {
  readonly planned: readonly PlannedRun[];
  /** Of the grid's runs that are finished, those of before included, in the order of the plan. Without `devOnly` all of them have read their test sets. */
  readonly records: readonly RunRecord[];
  readonly failures: readonly { readonly run: PlannedRun; readonly error: Error }[];
}

/**
 * Does the runs of a grid that its log does not have yet, and adds each to the log as soon as it is finished. A run that fails does not
 * keep others from being done.
 *
 * @throws GridError for a grid that does not fit its data, and, before anything is trained, for test sets that are not there; FolderInUseError where another program runs grids in `out`; the signal's reason
 */
export async function runGrid(options: RunGridOptions): Promise<GridResult> {
  const { grid, data, out, devOnly = false, relaxedSimd = false, known = [] } = options;
  const { signal, onEvent, perform = runInProcess } = options;
  const jobs = grid.sideBySide ? (options.jobs ?? 1) : 1;
  if (!Number.isInteger(jobs) || jobs < 1)
    throw new RangeError(`jobs: expected a whole number from 1, got ${String(jobs)}`);
  const planned = await planGrid(options);
  await mkdir(out, { recursive: true });
  const unlock = await lockFolder(out);
  try {
    const file = join(out, 'runs.jsonl');
    const { records: earlier, faults } = await readRunLog(file);
    const found = new Map(earlier.map((record) => [record.key, record]));
    const keyed = await Promise.all(planned.map(async (run) => ({ run, key: await runKey(run.setting) })));
    const isJudged = (record: RunRecord | undefined): record is RunRecord =>
      record !== undefined && (devOnly || record.test !== undefined);
    const isFinished = ({ run: { measures }, key }: (typeof keyed)[number]): boolean => {
      const record = found.get(key);
      return isJudged(record) && (!measures || record.nearness !== undefined);
    };
    const log = new RunLog(file);
    const elsewhere = new Map<string, RunRecord>();
    // Of several with one key one that was judged on its test set, as in a log.
    const timed = (record: RunRecord): boolean => record.jobs === 1 && record.partOfTraining === undefined;
    for (const record of known.filter((one) => grid.sideBySide || timed(one)))
      if (elsewhere.get(record.key)?.test === undefined) elsewhere.set(record.key, record);
    for (const { key } of keyed) {
      const record = elsewhere.get(key);
      if (!isJudged(record) || isJudged(found.get(key))) continue;
      await log.add(record);
      found.set(key, record);
    }
    const open = keyed.filter((one) => !isFinished(one));
    // Runs that lack nothing but nearness have read it.
    const unjudged = open.filter(({ key }) => !isJudged(found.get(key)));
    if (!devOnly) await checkTests(data, new Set(unjudged.map(({ run }) => run.setting.target)));
    onEvent?.({ type: 'plan', runs: planned.length, finished: planned.length - open.length, faults });

    const failures: { run: PlannedRun; error: Error }[] = [];
    const order = {
      grid: grid.name,
      data: data.choice,
      hub: options.hub,
      devOnly,
      relaxedSimd,
      testLog: options.testLog ?? join(out, 'test-reads.jsonl'),
      checkpoints: join(out, 'checkpoints'),
      models: join(out, 'models'),
      members: options.members,
      jobs: Math.min(jobs, Math.max(1, open.length)),
    };
    // Of a run whose record is in the log: what nobody will go on from. What cannot be removed harms nobody.
    const forget = async ({ key, test }: RunRecord): Promise<void> => {
      const folders = test === undefined ? [order.checkpoints] : [order.checkpoints, order.models];
      for (const folder of folders)
        await rm(join(folder, key), { recursive: true, force: true }).catch(() => undefined);
    };
    // A program that was killed may have left some.
    for (const { key } of keyed) {
      const record = found.get(key);
      if (record?.test !== undefined) await forget(record);
    }
    const next = open.values();
    const work = async (): Promise<void> => {
      for (const { run, key } of next) {
        signal?.throwIfAborted();
        onEvent?.({ type: 'start', run, key });
        try {
          const onProgress = (done: number, total: number): void =>
            onEvent?.({ type: 'progress', key, run, done, total });
          const before = found.get(key);
          // What was made for a grid that does not measure lacks nothing but that.
          const record = isJudged(before)
            ? { ...before, nearness: await measureNearness(run.setting, data) }
            : await perform({ ...order, run, before }, { signal, onProgress });
          await log.add(record);
          found.set(key, record);
          await forget(record);
          onEvent?.({ type: 'end', run, record });
        } catch (problem) {
          signal?.throwIfAborted();
          const error = problem instanceof Error ? problem : new Error(String(problem));
          failures.push({ run, error });
          onEvent?.({ type: 'failure', run, key, error });
        }
      }
    };
    // All of them are waited for, so that none goes on when one was interrupted.
    const ended = await Promise.allSettled(Array.from({ length: order.jobs }, work));
    const broken = ended.find((result) => result.status === 'rejected');
    if (broken) throw broken.reason;
    // A run that failed may have a record of its development set, from before: that is not what was asked for.
    const records = keyed.filter(isFinished).flatMap(({ run, key }) => asPlanned(found.get(key), run));
    return { planned, records, failures };
  } finally {
    await unlock();
  }
}

/** Nobody is to wait for a training to hear that there is nothing to judge it on. */
async function checkTests(data: ExperimentData, names: ReadonlySet<string>): Promise<void> {
  const problems: string[] = [];
  for (const target of await data.targets()) {
    if (!names.has(target.name)) continue;
    try {
      await data.checkTest?.(target);
    } catch (error) {
      if (!(error instanceof GridError)) throw error;
      problems.push(error.message);
    }
  }
  if (problems.length > 0)
    throw new GridError(
      `${problems.join('; ')}. Runs on the development sets alone (devOnly) need none; "only" can leave targets out`,
    );
}
