import { breather, type Breathe } from './breathe.js';
import { CorpusBuilder, type Corpus, type Sequence } from './corpus.js';
import { CrfInputError, show } from './errors.js';
import type { EndEvent, IterationEvent, TrainEvent } from './events.js';
import { generateFeatures, type FeatureSet } from './features.js';
import { evaluateHoldout } from './holdout.js';
import type { CreateKernel, TrainingKernel } from './kernel/kernel.js';
import { plainKernel } from './kernel/plain.js';
import { lbfgs } from './optimize/lbfgs.js';
import { dot, type Objective } from './optimize/objective.js';
import { readParams, type Algorithm, type CompleteLbfgsParams, type LbfgsParams } from './params.js';
import { readSource } from './read-source.js';
import { StringTable } from './string-table.js';
import { packWeights, type ModelWeights } from './weights.js';

export interface TrainOptions {
  /** Default `lbfgs`. */
  readonly algorithm?: Algorithm | undefined;
  /** Parameters under CRFsuite's names; see `LbfgsParams`. */
  readonly params?: LbfgsParams | undefined;
  /**
   * Data that is not trained on: the model is evaluated on it after each iteration. By itself that stops nothing, as in
   * CRFsuite; `stopWhen` can.
   */
  readonly holdout?: Iterable<Sequence> | AsyncIterable<Sequence> | undefined;
  /** Ends the training: the promise rejects with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
  /** Told of what happens; what it throws ends the training. */
  readonly onEvent?: ((event: TrainEvent) => void) | undefined;
  /** Asked after each iteration: true ends the training, and the model is what it is then. */
  readonly stopWhen?: ((iteration: IterationEvent) => boolean) | undefined;
}

/** What is left of the data once it has been read, numbered and handed to the kernel. */
interface Prepared {
  readonly kernel: TrainingKernel;
  readonly features: FeatureSet;
  readonly attributes: StringTable;
  readonly tags: readonly string[];
  readonly holdout: Corpus | undefined;
}

const OPTION_NAMES = ['algorithm', 'params', 'holdout', 'signal', 'onEvent', 'stopWhen'];

/** Reads the data, generates the features and minimises the penalised loss; `LinearCrf.train` says the rest. */
export async function train(
  data: Iterable<Sequence> | AsyncIterable<Sequence>,
  options: TrainOptions,
  createKernel: CreateKernel = plainKernel,
): Promise<ModelWeights> {
  for (const name of Object.keys(options)) {
    if (!OPTION_NAMES.includes(name)) {
      throw new CrfInputError(`options: expected ${OPTION_NAMES.join(', ')}, got ${show(name)}`);
    }
  }
  const { onEvent } = options;
  const algorithm = options.algorithm ?? 'lbfgs';
  const params = readParams(algorithm, options.params);
  options.signal?.throwIfAborted();
  const breathe = breather(options.signal);

  const { kernel, features, attributes, tags, holdout } = await prepare(
    data,
    options,
    params,
    createKernel,
    breathe,
  );
  try {
    onEvent?.({
      type: 'features',
      algorithm,
      params,
      kernel: kernel.name,
      state: features.numStateFeatures,
      transition: features.numFeatures - features.numStateFeatures,
      total: features.numFeatures,
    });
    const weights = await minimise(kernel, features, holdout, tags, params, options, breathe);
    return packWeights(features, weights, attributes, tags);
  } finally {
    kernel.close();
  }
}

// A function of its own, so that the corpus is let go when the kernel has taken from it what it needs.
async function prepare(
  data: Iterable<Sequence> | AsyncIterable<Sequence>,
  { holdout, signal, onEvent }: TrainOptions,
  params: CompleteLbfgsParams,
  createKernel: CreateKernel,
  breathe: Breathe,
): Promise<Prepared> {
  const attributes = new StringTable();
  const tagTable = new StringTable();
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
  const features = generateFeatures(corpus, attributes.size, tags.length, {
    minFrequency: params['feature.minfreq'],
    possibleStates: params['feature.possible_states'],
    possibleTransitions: params['feature.possible_transitions'],
  });
  await breathe();
  const kernel = await createKernel(corpus, features);
  return { kernel, features, attributes, tags, holdout: heldOut };
}

/** Trains by L-BFGS from weights 0; gives the weights. */
async function minimise(
  kernel: TrainingKernel,
  features: FeatureSet,
  holdout: Corpus | undefined,
  tags: readonly string[],
  params: CompleteLbfgsParams,
  { onEvent, stopWhen, signal }: TrainOptions,
  breathe: Breathe,
): Promise<Float64Array> {
  const weights = new Float64Array(features.numFeatures);
  const objective = penalised(kernel, features.numFeatures, params.c2, breathe);
  let bestHoldout: EndEvent['bestHoldout'];
  const result = await lbfgs(
    objective,
    weights,
    {
      memories: params.num_memories,
      epsilon: params.epsilon,
      period: params.period,
      delta: params.delta,
      maxIterations: params.max_iterations,
      lineSearch: params.linesearch,
      maxLineSearch: params.max_linesearch,
      c1: params.c1,
    },
    async ({ iteration, x, value, xNorm, gradientNorm, step, evaluations }) => {
      // Small data may take less than a pause's time for all iterations: an abort is seen here at the latest.
      signal?.throwIfAborted();
      const result = holdout && (await evaluateHoldout(holdout, features, tags, x, breathe));
      if (result && !(bestHoldout && bestHoldout.result.loss <= result.loss))
        bestHoldout = { iteration, result };
      const event: IterationEvent = {
        type: 'iteration',
        iteration,
        loss: value,
        featureNorm: xNorm,
        gradientNorm,
        activeFeatures: countActive(x),
        step,
        evaluations,
        ...(result && { holdout: result }),
      };
      onEvent?.(event);
      return { stop: stopWhen?.(event) ?? false };
    },
  );
  const { reason, iterations, value: loss } = result;
  const activeFeatures = countActive(weights);
  onEvent?.({ type: 'end', reason, iterations, loss, activeFeatures, ...(bestHoldout && { bestHoldout }) });
  return weights;
}

/** The kernel's loss + c2 · Σw². */
function penalised(kernel: TrainingKernel, size: number, c2: number, breathe: Breathe): Objective {
  return {
    size,
    async evaluate(weights, gradient) {
      const loss = await kernel.lossAndGradient(weights, gradient, breathe);
      if (c2 === 0) return loss;
      for (let k = 0; k < size; k++) gradient[k] += 2 * c2 * weights[k];
      return loss + c2 * dot(weights, weights);
    },
  };
}

function countActive(weights: Float64Array): number {
  let active = 0;
  for (let k = 0; k < weights.length; k++) if (weights[k] !== 0) active++;
  return active;
}
