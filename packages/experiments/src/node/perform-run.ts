import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Tagger } from '@cognate/tagger';
import type { MemberPlan } from '../ensemble-members.js';
import type { DataChoice } from '../grid/schema.js';
import { isRandom, type PlannedRun, type RunSetting } from '../grid/setting.js';
import type { RunRecord } from '../run/record.js';
import { judgeTrained, measureNearness, runSetting, type RunOptions } from '../run/run-setting.js';
import { memberKey, runKey, type MemberBuild } from '../grid/key.js';
import { memberName } from '../run/train-by-recipe.js';
import type { HubAccess } from './hub-data.js';
import { openData } from './open-data.js';
import { logTestRead } from './test-reads.js';
import { machine, versions } from './versions.js';

/** A run, and everything that whoever does it has to know: plain data, fit for another process. */
export interface RunOrder {
  readonly run: PlannedRun;
  readonly grid: string;
  readonly data: DataChoice;
  readonly hub?: Omit<HubAccess, 'signal'> | undefined;
  readonly devOnly: boolean;
  readonly relaxedSimd: boolean;
  readonly testLog: string;
  /** A folder for checkpoints, of each run in one that is called by its key; a training that was cut off goes on from them. They stay. */
  readonly checkpoints: string;
  /** A folder for what runs on the development corpus alone trained, of each run in one that is called by its key, so that a run that reads the test set has nothing to train. They stay. Default: none are saved. */
  readonly models?: string | undefined;
  /** What is known of the run without its test set. */
  readonly before?: RunRecord | undefined;
  /** A folder where trained members of ensembles stay, for runs that want the same ones. */
  readonly members?: string | undefined;
  readonly jobs: number;
}

export interface Performing {
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((done: number, total: number) => void) | undefined;
  /** Whether this process does this run and nothing else, so that its memory and processor time are the run's. */
  readonly alone?: boolean | undefined;
}

/**
 * Does a run in this process: what is left of it, where its model was saved when it was judged on the development corpus. Its checkpoints and its model are
 * the caller's to remove, when the record is safe: until then they are all there is of it.
 */
export async function performRun(
  order: RunOrder,
  { signal, onProgress, alone = false }: Performing = {},
): Promise<RunRecord> {
  const { run, grid, data, hub, devOnly, before, relaxedSimd, testLog, jobs } = order;
  const made = { versions: versions(), machine: machine() };
  const key = await runKey(run.setting);
  const folder = join(order.checkpoints, key);
  const model = order.models === undefined ? undefined : join(order.models, key);
  const corpora = openData(data, { ...hub, signal });
  const beforeTest = (): Promise<void> => logTestRead(testLog, grid, key, run);
  if (!devOnly && before?.key === key && model !== undefined && existsSync(model)) {
    const tagger = await loadTrained(model, run.setting, relaxedSimd);
    return {
      ...before,
      test: await judgeTrained(tagger, run.setting, corpora, beforeTest),
      ...(run.measures &&
        before.nearness === undefined && { nearness: await measureNearness(run.setting, corpora) }),
    };
  }
  const outcome = await runSetting(run, corpora, {
    devOnly,
    relaxedSimd,
    beforeTest,
    ...(model !== undefined && {
      saveUntested: async (tagger: Tagger) =>
        (await import('@cognate/tagger/node')).saveTagger(tagger, model),
    }),
    ...(await forNetworks(order, folder, made.versions)),
    signal,
    onProgress,
  });
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  return {
    ...outcome,
    grid,
    date: new Date().toISOString(),
    ...made,
    jobs,
    ...(alone && { cpuSeconds: (userCPUTime + systemCPUTime) / 1e6, peakMb: (maxRSS * 1024) / 1e6 }),
  };
}

/** What `saveUntested` saved, to compute with what training would. */
async function loadTrained(model: string, { training }: RunSetting, relaxedSimd: boolean): Promise<Tagger> {
  if (isRandom(training)) await (await import('@cognate/nn')).selectBackend({ relaxedSimd });
  return (await import('@cognate/tagger/node')).loadTagger(model);
}

/** Checkpoints, trained members, threads. Runs that have none load nothing of them: their memory is measured. */
async function forNetworks(
  { run: { setting }, members, relaxedSimd }: RunOrder,
  folder: string,
  versions: RunRecord['versions'],
): Promise<RunOptions> {
  if (!isRandom(setting.training)) return {};
  const [{ selectBackend }, { folderStore }, { neuralThreads }, { loadTagger, saveTagger }] =
    await Promise.all([
      import('@cognate/nn'),
      import('@cognate/trainer/node'),
      import('./neural-threads.js'),
      import('@cognate/tagger/node'),
    ]);
  const buildOf = async ({ recipe: { model } }: MemberPlan): Promise<MemberBuild> => {
    if (model === 'linear') return { versions };
    // What a host has of what was asked for.
    const { backend, kernels } = await selectBackend({ relaxedSimd });
    return { versions, backend: `${backend}, ${kernels}` };
  };
  return {
    checkpoints: (name) => ({ store: folderStore(join(folder, name)) }),
    async keep(member, train) {
      const name = memberName(member);
      const place =
        members === undefined || member.round > 0
          ? join(folder, `${name}.model`)
          : join(members, await memberKey(member, await buildOf(member), setting));
      // A model is there when it is whole.
      if (existsSync(place)) return (await loadTagger(place)) as Awaited<ReturnType<typeof train>>;
      const tagger = await train();
      try {
        if (!existsSync(place)) await saveTagger(tagger, place);
      } catch (error) {
        // A run beside this one, which wanted the same member, may have been the first to save it.
        if (!existsSync(place)) throw error;
      }
      await rm(join(folder, name), { recursive: true, force: true });
      return tagger;
    },
    team: neuralThreads,
  };
}
