import { breather, type Breathe } from './breathe.js';
import type { Checkpoints } from './checkpoint/checkpoints.js';
import { CorpusBuilder, type Corpus, type Sequence } from './corpus.js';
import { CrfInputError, show } from './errors.js';
import type { FeaturesEvent, IterationEvent } from './events.js';
import { generateFeatures, type FeatureSet } from './features.js';
import { startingWeights } from './initial-weights.js';
import { trainingKernel } from './kernel/choose.js';
import type { CreateKernel, TrainingKernel } from './kernel/kernel.js';
import type { CreateOnlineKernel, OnlineKernel } from './online/kernel.js';
import { lbfgsVectors, type StopReason } from './optimize/lbfgs.js';
import type { Algorithm, Settings } from './params.js';
import { checkSignal, readSource } from './read-source.js';
import { countActive, Reports } from './reports.js';
import { StringTable } from './string-table.js';
import { readOptions, type ReadOptions, type TrainOptions } from './train-options.js';
import { trainBatch } from './trainers/batch.js';
import type { OnlineAlgorithm, OnlineRun } from './trainers/online-run.js';
import { packWeights, type ModelWeights } from './weights.js';

/** What is left of the data once it has been read and numbered. */
interface Prepared {
  readonly features: FeatureSet;
  readonly attributes: StringTable;
  readonly tags: readonly string[];
  readonly holdout: Corpus | undefined;
  readonly numSequences: number;
  readonly sequenceWeights: Float64Array | undefined;
  /** Until the last kernel has taken from it what it needs. */
  corpus: Corpus | undefined;
}

interface Trained {
  /** [numFeatures] */
  readonly weights: Float64Array;
  readonly loss: number;
  readonly iterations: number;
  readonly reason: StopReason;
}

/** How the kernels are made that a training uses. */
export interface Kernels {
  readonly batch: CreateKernel;
  /** Undefined: what `onlineKernel` chooses. */
  readonly online?: CreateOnlineKernel;
}

/** The stochastic algorithms are loaded when one is asked for. */
const loadStochastic = () => import('./trainers/stochastic.js');
/** So are checkpoints. */
const loadCheckpoints = () => import('./checkpoint/checkpoints.js');

/** What goes through a training beside its data. */
interface Surroundings {
  readonly options: ReadOptions;
  readonly kernels: Kernels;
  readonly reports: Reports;
  readonly breathe: Breathe;
  readonly checkpoints: Checkpoints | undefined;
}

/** Reads the data, generates the features and minimises the loss of the algorithm; `LinearCrf.train` says the rest. */
export async function train<A extends Algorithm>(
  data: Iterable<Sequence> | AsyncIterable<Sequence>,
  given: TrainOptions<A>,
  initial?: ModelWeights,
  kernels: Kernels = { batch: trainingKernel },
): Promise<ModelWeights> {
  const options = readOptions(given);
  if (given.initial !== undefined && initial === undefined) {
    throw new CrfInputError(`initial: expected a LinearCrf, got ${show(given.initial)}`);
  }
  checkSignal(options.signal);
  const checkpoints =
    given.checkpoints && new (await loadCheckpoints()).Checkpoints(given.checkpoints, options.onEvent);
  const breathe = breather(options.signal);
  const prepared = await prepare(data, options, initial, breathe);
  const { features, attributes, tags } = prepared;
  const reports = new Reports(prepared, options, breathe);
  const start = startingWeights(features, initial);
  const resumed = await checkpoints?.resume(
    { ...prepared, corpus: takeCorpus(prepared, true), start, options },
    reports,
  );
  const around: Surroundings = { options: resumed ?? options, kernels, reports, breathe, checkpoints };
  const { settings, signal } = options;
  let trained: Trained;
  try {
    trained =
      settings.algorithm === 'lbfgs'
        ? await inBatches(prepared, start, settings, around)
        : await sequenceBySequence(prepared, start, settings, around);
    // One that came with the last iteration: nothing after it has looked.
    signal?.throwIfAborted();
  } catch (error) {
    if (signal?.aborted && error === signal.reason) await checkpoints?.aborted();
    throw error;
  }
  // Before the event of the end: weights that are not finite are an error.
  const model = packWeights(features, trained.weights, attributes, tags);
  reports.end(trained, trained.weights);
  return model;
}

async function prepare(
  data: Iterable<Sequence> | AsyncIterable<Sequence>,
  { settings, holdout, signal, onEvent }: ReadOptions,
  initial: ModelWeights | undefined,
  breathe: Breathe,
): Promise<Prepared> {
  const attributes = new StringTable();
  const tagTable = new StringTable();
  if (initial) {
    // First, so that the numbers of the model to start from hold here too.
    for (const tag of initial.tags) tagTable.intern(tag);
    for (let id = 0; id < initial.attributes.size; id++) attributes.intern(initial.attributes.at(id));
  }
  const builder = new CorpusBuilder(attributes, tagTable, false, 'data');
  await readSource('data', data, (sequence) => builder.add(sequence), breathe, signal);
  const corpus = builder.build();
  if (corpus.numSequences === 0) {
    const got = builder.skipped === 0 ? 'no sequence' : `${builder.skipped} sequences, all empty`;
    throw new CrfInputError(`data: expected at least one sequence with a token, got ${got}`);
  }
  const tags = Array.from({ length: tagTable.size }, (_, id) => tagTable.at(id));

  let heldOut: Corpus | undefined;
  let heldOutSkipped = 0;
  if (holdout !== undefined) {
    const heldOutBuilder = new CorpusBuilder(attributes, tagTable, true, 'holdout');
    await readSource('holdout', holdout, (sequence) => heldOutBuilder.add(sequence), breathe, signal);
    heldOut = heldOutBuilder.build();
    heldOutSkipped = heldOutBuilder.skipped;
  }
  onEvent?.({
    type: 'data',
    sequences: corpus.numSequences,
    tokens: corpus.numTokens,
    skipped: builder.skipped,
    attributes: attributes.size,
    occurrences: corpus.attributeIds.length,
    tags,
    ...(heldOut && {
      holdout: { sequences: heldOut.numSequences, tokens: heldOut.numTokens, skipped: heldOutSkipped },
    }),
  });
  await breathe();
  const rules = {
    minFrequency: settings.params['feature.minfreq'],
    possibleStates: settings.params['feature.possible_states'],
    possibleTransitions: settings.params['feature.possible_transitions'],
  };
  const features = generateFeatures(corpus, attributes.size, tags.length, rules, initial);
  await breathe();
  const { numSequences, weights: sequenceWeights } = corpus;
  return { features, attributes, tags, holdout: heldOut, numSequences, sequenceWeights, corpus };
}

/** L-BFGS, after stochastic epochs where a warm start is asked for. */
async function inBatches(
  prepared: Prepared,
  weights: Float64Array,
  settings: Settings<'lbfgs'>,
  around: Surroundings,
): Promise<Trained> {
  const { options, kernels, reports, breathe, checkpoints } = around;
  const { features } = prepared;
  const warmStart = checkpoints?.isPastWarmStart ? undefined : options.warmStart;
  const kernel = await kernels.batch(takeCorpus(prepared, warmStart !== undefined), features, {
    vectors: lbfgsVectors(settings.params.num_memories),
    threads: options.threads,
    kernel: options.kernel,
    signal: options.signal,
  });
  try {
    checkpoints?.begin(kernel);
    options.onEvent?.(featuresEvent(settings, kernel, features));
    if (warmStart) {
      const stochastic = await loadStochastic();
      const create = kernels.online ?? stochastic.onlineKernel;
      const online = await create(takeCorpus(prepared), features, options.kernel);
      const run = {
        checkpoints: checkpoints?.ofEpochs(true),
        onTrial: () => undefined,
        onEpoch: ({ iteration, loss }: { iteration: number; loss: number }) => {
          options.signal?.throwIfAborted();
          options.onEvent?.({ type: 'warmStart', epoch: iteration, loss });
          return Promise.resolve(false);
        },
      };
      const adagrad = { algorithm: 'adagrad', params: warmStart } as const;
      weights.set((await runOnline(stochastic, online, prepared, weights, adagrad, run, around)).weights);
    }
    const result = await trainBatch(
      kernel,
      weights,
      settings.params,
      async ({ iteration, x, value: loss, xNorm: featureNorm, gradientNorm, step, evaluations }) => ({
        stop: await reports.iteration(
          iteration,
          () => x,
          (holdout) => ({
            type: 'iteration',
            algorithm: 'lbfgs',
            iteration,
            loss,
            featureNorm,
            gradientNorm,
            activeFeatures: countActive(x),
            step,
            evaluations,
            ...holdout,
          }),
        ),
      }),
      breathe,
      checkpoints?.ofBatches(features.numFeatures, settings.params),
    );
    return { weights, loss: result.value, iterations: result.iterations, reason: result.reason };
  } finally {
    await kernel.close();
  }
}

/** What a stochastic trainer tells, and to whom. */
type OnEpochs = Pick<OnlineRun, 'onTrial' | 'onEpoch' | 'checkpoints'>;

/** The algorithms that change the weights after each sequence. */
async function sequenceBySequence(
  prepared: Prepared,
  start: Float64Array,
  settings: Settings<OnlineAlgorithm>,
  around: Surroundings,
): Promise<Trained> {
  const { options, kernels, reports, checkpoints } = around;
  const { features } = prepared;
  const stochastic = await loadStochastic();
  const { collectWeights } = stochastic;
  const create = kernels.online ?? stochastic.onlineKernel;
  const kernel = await create(takeCorpus(prepared), features, options.kernel);
  const run: OnEpochs = {
    checkpoints: checkpoints?.ofEpochs(false),
    onTrial: (event) => options.onEvent?.(event),
    onEpoch: (epoch, weights) =>
      reports.iteration(
        epoch.iteration,
        () => collectWeights(kernel, weights),
        (holdout) => {
          const { algorithm } = settings;
          const activeFeatures = countActive(weights);
          // An epoch has what the events of its algorithm have.
          return { type: 'iteration', algorithm, ...epoch, activeFeatures, ...holdout } as IterationEvent;
        },
      ),
  };
  const prelude = () => {
    const { name, notes } = kernel;
    checkpoints?.begin({ name, notes, threads: 1 });
    options.onEvent?.(featuresEvent(settings, { name, notes, threads: 1 }, features));
  };
  return runOnline(stochastic, kernel, prepared, start, settings, run, around, prelude);
}

/** Trains from `start` [numFeatures] on by a kernel, which is closed in the end. */
async function runOnline(
  { collectWeights, loadWeights, trainOnline }: Awaited<ReturnType<typeof loadStochastic>>,
  kernel: OnlineKernel,
  { numSequences, sequenceWeights }: Prepared,
  start: Float64Array,
  settings: Settings<OnlineAlgorithm>,
  listeners: OnEpochs,
  { options, breathe }: Surroundings,
  prelude?: () => void,
): Promise<Trained> {
  try {
    prelude?.();
    loadWeights(kernel, start);
    const run: OnlineRun = {
      kernel,
      numSequences,
      sequenceWeights,
      seed: options.seed,
      breathe,
      ...listeners,
    };
    const { weights, loss, iterations, reason } = await trainOnline(run, settings);
    return { weights: collectWeights(kernel, weights), loss, iterations, reason };
  } finally {
    kernel.close();
  }
}

function featuresEvent(
  settings: Settings,
  { name: kernel, threads, notes: kernelNotes }: Pick<TrainingKernel, 'name' | 'threads' | 'notes'>,
  features: FeatureSet,
): FeaturesEvent {
  const { numFeatures: total, numStateFeatures: state } = features;
  return {
    type: 'features',
    ...settings,
    kernel,
    threads,
    kernelNotes,
    state,
    transition: total - state,
    total,
  };
}

/** The corpus, of which nothing is kept here unless it is needed once more. */
function takeCorpus(prepared: Prepared, again = false): Corpus {
  const { corpus } = prepared;
  if (corpus === undefined) throw new Error('expected the corpus to be there still');
  if (!again) prepared.corpus = undefined;
  return corpus;
}
