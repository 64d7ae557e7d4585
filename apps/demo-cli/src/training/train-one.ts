import { existsSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Sentence } from '@cognate/corpora';
import type { AnyTagger } from '@cognate/tagger';
import { checkModelPlace, loadTagger, saveTagger } from '@cognate/tagger/node';
import type { EpochRecord } from '@cognate/trainer';
import { Failure } from '../failure.js';
import { checkFolderPlace } from '../make-folder.js';
import type { MemberCourse } from './fit-ensemble.js';
import { fitLinear } from './fit-linear.js';
import type { Monitor } from './monitor.js';
import type { TrainingPlan } from './plan.js';
import { drawn, type TrainingCorpora } from './read-corpora.js';
import { judge, type Judged } from './score.js';

/** One training of a plan: that of one seed. */
export interface SeedRun {
  readonly plan: TrainingPlan;
  readonly corpora: TrainingCorpora;
  readonly seed: number;
  /** Where its model goes. */
  readonly output: string;
  readonly force: boolean;
  /** Begins anew where an earlier run was cut off. */
  readonly fresh: boolean;
  /** How to go on after an interruption. */
  readonly resume: string;
  readonly monitor: Monitor;
}

/** A trained model, saved, and everything that there is to say of its training. */
export interface TrainedModel {
  readonly tagger: AnyTagger;
  readonly seed: number;
  readonly output: string;
  readonly sentences: { readonly target: number; readonly sources: Readonly<Record<string, number>> };
  readonly weights: number;
  /** Undefined: it was there already. */
  readonly seconds: number | undefined;
  /** Of a neural training. */
  readonly epochs?: readonly EpochRecord[];
  readonly keptEpoch?: number;
  readonly keptPhase?: string;
  readonly backend?: string;
  /** Of a linear one: the loss after each iteration. */
  readonly losses?: readonly number[];
  /** Of an ensemble: how the training of each member went. */
  readonly members?: readonly (MemberCourse & { readonly name: string })[];
  readonly dev: Judged | undefined;
  readonly test: Judged | undefined;
}

/** Where the state of a training is kept that is under way. */
export const checkpointFolder = (output: string): string => `${output.replace(/[/\\]+$/u, '')}.checkpoints`;

/** @throws Failure where a model may not go to its place */
export async function checkOutput(output: string, force: boolean): Promise<void> {
  // A run that was killed between its last two acts has left both: it may finish.
  if (existsSync(output) && !force && !existsSync(checkpointFolder(output)))
    throw new Failure(`${output} exists already: choose another output, or --force to replace it`);
  await checkFolderPlace(output);
  if (force) await checkModelPlace(output);
}

/**
 * Trains the model of one seed and saves it. Checkpoints go when the model is there, so that a run that is killed at any moment can be finished by
 * the same command.
 */
export async function trainOne(run: SeedRun): Promise<TrainedModel> {
  const { plan, corpora, seed, output, force } = run;
  const started = performance.now();
  const target = drawn(corpora.target.train, plan.target, seed);
  const sources = corpora.sources.map(({ language, train }, index) => ({
    language,
    sentences: drawn(train, plan.sources[index], seed),
  }));
  const checkpoints = checkpointFolder(output);
  if (run.fresh) await rm(checkpoints, { recursive: true, force: true });

  const fitted = await fit(run, target, sources);
  const { tagger } = fitted;
  if (existsSync(output) && !force) await expectSame(output, tagger);
  else await saveTagger(tagger, output);
  const seconds = (performance.now() - started) / 1000;
  return { ...fitted, ...scored(run, tagger), seconds };
}

/** A model that an earlier run of the same plan has finished. */
export async function loadFinished(run: SeedRun): Promise<TrainedModel> {
  const tagger = await loadTagger(run.output);
  return { tagger, weights: weightsOf(tagger), ...scored(run, tagger), seconds: undefined };
}

/** What is known of a model by its seed, data and tagger. */
function scored(
  { plan, corpora, seed, output }: SeedRun,
  tagger: AnyTagger,
): Pick<TrainedModel, 'seed' | 'output' | 'sentences' | 'dev' | 'test'> {
  const test = [...corpora.target.test, ...corpora.sources.flatMap((source) => source.test)];
  const { dev } = corpora.target;
  return {
    seed,
    output,
    sentences: {
      target: drawn(corpora.target.train, plan.target, seed).length,
      sources: Object.fromEntries(
        corpora.sources.map(({ language, train }, index) => [
          language,
          drawn(train, plan.sources[index], seed).length,
        ]),
      ),
    },
    dev: dev && judge(tagger, dev),
    test: test.length === 0 ? undefined : judge(tagger, test),
  };
}

function weightsOf(tagger: AnyTagger): number {
  if (tagger.type === 'ensemble') {
    return tagger.members.reduce((sum, member) => sum + weightsOf(member.tagger), 0);
  }
  if (tagger.type === 'neural') {
    return Array.from(tagger.parameters).reduce((sum, { values }) => sum + values.length, 0);
  }
  const { stateWeights, transitionWeights } = tagger.crf.statistics();
  return stateWeights + transitionWeights;
}

type Fitted = Pick<
  TrainedModel,
  'tagger' | 'weights' | 'epochs' | 'keptEpoch' | 'keptPhase' | 'backend' | 'losses' | 'members'
>;

async function fit(
  { plan, corpora, seed, output, resume, monitor }: SeedRun,
  target: readonly Sentence[],
  sources: readonly { readonly language: string; readonly sentences: readonly Sentence[] }[],
): Promise<Fitted> {
  const { recipe } = plan;
  const { language } = plan.target;
  const checkpoints = { ...plan.checkpoints, folder: checkpointFolder(output) };
  if (recipe.model === 'linear') {
    const sentences = [...target, ...sources.flatMap((source) => source.sentences)];
    const hasSources = sources.length > 0;
    const { tagger, losses } = await fitLinear({
      sentences,
      language,
      hasSources,
      recipe,
      checkpoints,
      resume,
      monitor,
    });
    return { tagger, losses, weights: weightsOf(tagger) };
  }
  const setting = {
    target: { language: language ?? '', sentences: target },
    sources,
    dev: corpora.target.dev,
    seed,
    threads: plan.threads,
    backend: plan.backend,
    checkpoints,
    resume,
    monitor,
  };
  // TensorFlow.js is loaded by those who need it only.
  if (recipe.model === 'ensemble') {
    const { fitEnsemble } = await import('./fit-ensemble.js');
    const members: (MemberCourse & { name: string })[] = [];
    const tagger = await fitEnsemble({
      ...setting,
      recipe,
      unlabelled: corpora.target.unlabelled,
      onCourse: (name, course) => members.push({ name, ...course }),
    });
    return { tagger, members, weights: weightsOf(tagger) };
  }
  const { fitNeural } = await import('./fit-neural.js');
  const { tagger, epochs, kept, backend } = await fitNeural({ ...setting, recipe });
  return {
    tagger,
    epochs,
    keptEpoch: kept.epoch,
    keptPhase: kept.phase,
    weights: weightsOf(tagger),
    backend: `${backend.backend}, ${backend.kernels}`,
  };
}

/** The model that is there has to be the one that an earlier run, which was killed right after that, has saved. */
async function expectSame(output: string, tagger: AnyTagger): Promise<void> {
  for (const [name, bytes] of Object.entries(tagger.toFiles())) {
    const stored = await readFile(join(output, name)).catch(() => undefined);
    if (stored && Buffer.compare(stored, bytes) === 0) continue;
    throw new Failure(
      `${output} exists already and is another model than the one that was being trained: --force replaces it`,
    );
  }
}
