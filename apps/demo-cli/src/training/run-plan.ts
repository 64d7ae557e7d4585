import { existsSync, statSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { checkModelPlace } from '@cognate/tagger/node';
import { Failure } from '../failure.js';
import { checkFolderPlace } from '../make-folder.js';
import { writeReport } from '../report/write-report.js';
import { createMonitor } from './monitor.js';
import type { JsonLog } from './json-log.js';
import type { TrainingPlan } from './plan.js';
import { readCorpora } from './read-corpora.js';
import { claimSeedFolder } from './seed-folder.js';
import { checkOutput, checkpointFolder, loadFinished, trainOne, type TrainedModel } from './train-one.js';

export interface RunOptions {
  readonly force: boolean;
  readonly fresh: boolean;
  readonly quiet: boolean;
  /** The command that goes on after an interruption. */
  readonly resume: (without: readonly string[]) => string;
  readonly log: JsonLog | undefined;
}

/** A trained model, and where the report on it is. */
export interface FinishedModel extends TrainedModel {
  readonly report: string | undefined;
}

/** @throws Failure where the report cannot go to its place */
async function checkReport({ report }: TrainingPlan): Promise<void> {
  if (typeof report !== 'string') return;
  if (statSync(report, { throwIfNoEntry: false })?.isDirectory() === false)
    throw new Failure(`${report}: expected a folder for the report, found a file`);
  await checkFolderPlace(report);
}

/**
 * Does everything that a plan asks for: for each seed a model and, unless it was not wanted, a report. Models that an earlier run of the same plan has
 * finished already are not trained again: only where there are several seeds, and nobody forces it.
 */
export async function runPlan(plan: TrainingPlan, options: RunOptions): Promise<FinishedModel[]> {
  const { force, fresh, quiet, log } = options;
  const places = plan.seeds.map((seed) => ({
    seed,
    output: plan.seeds.length === 1 ? plan.output : join(plan.output, `seed-${seed}`),
  }));
  const several = places.length > 1;
  // Before anything is read: nobody wants to know at the end.
  if (several) {
    await claimSeedFolder(plan, force);
    for (const { output } of places) if (force) await checkModelPlace(output);
  } else await checkOutput(plan.output, force);
  await checkReport(plan);
  const corpora = await readCorpora(plan);
  const finished: FinishedModel[] = [];
  for (const { seed, output } of places) {
    const title = several ? `seed ${seed}` : 'training';
    const monitor = createMonitor({ title, quiet, log });
    monitor.log({ type: 'start', seed, output });
    const run = {
      plan,
      corpora,
      seed,
      output,
      force,
      fresh,
      // The folder knows then whose models it has: those that are there need not be made once more.
      resume: options.resume(several ? ['--fresh', '--force'] : ['--fresh']),
      monitor,
    };
    if (several && !force && existsSync(output) && !existsSync(checkpointFolder(output))) {
      monitor.say(`${title}: is there already`);
      finished.push({ ...(await loadFinished(run)), report: undefined });
      continue;
    }
    const model = await trainOne(run);
    const folder = plan.report === false ? undefined : reportFolder(plan, output, seed);
    if (folder !== undefined) {
      for (const note of await writeReport(folder, plan, model)) monitor.say(note);
    }
    await rm(checkpointFolder(output), { recursive: true, force: true });
    finished.push({ ...model, report: folder === undefined ? undefined : join(folder, 'index.html') });
  }
  return finished;
}

function reportFolder({ report, seeds }: TrainingPlan, output: string, seed: number): string {
  if (typeof report !== 'string') return `${output.replace(/[/\\]+$/u, '')}.report`;
  return seeds.length === 1 ? report : join(report, `seed-${seed}`);
}
