import { breather, type Breathe } from '../breathe.js';
import { CorpusBuilder, type Sequence } from '../corpus.js';
import { CrfInputError, show } from '../errors.js';
import type { EndEvent, HoldoutResult, IterationEvent } from '../events.js';
import type { FeatureSet } from '../features.js';
import { evaluateHoldout, holdoutResult } from '../holdout.js';
import { dot } from '../optimize/objective.js';
import { l1Norm } from '../optimize/orthant-wise.js';
import { checkSignal, readSource } from '../read-source.js';
import { countActive } from '../reports.js';
import { StringTable } from '../string-table.js';
import { diverged, Progress } from '../trainers/online-run.js';
import { packWeights, type ModelWeights } from '../weights.js';
import { StreamLearner } from './stream-learner.js';
import {
  readStreamOptions,
  type ReadStreamOptions,
  type SequenceSource,
  type StreamOptions,
} from './stream-options.js';

/** How often in an epoch of known length the penalties are applied to all weights. */
const SWEEPS = 4;
/** Sequences between two events. */
const PROGRESS_EVERY = 1000;

/** Trains on sequences that are read batch by batch and not kept; `LinearCrf.trainStream` says the rest. */
export async function trainStream(
  source: SequenceSource | (() => SequenceSource | Promise<SequenceSource>),
  options: StreamOptions,
  initial?: ModelWeights,
): Promise<ModelWeights> {
  const read = readStreamOptions(options);
  if (options.initial !== undefined && initial === undefined) {
    throw new CrfInputError(`initial: expected a LinearCrf, got ${show(options.initial)}`);
  }
  checkSignal(options.signal);
  const breathe = breather(options.signal);
  const stream = new Stream(read, options, initial, breathe);
  const again = typeof source === 'function';
  const { holdout } = options;
  const heldOut: Sequence[] = [];
  if (holdout !== undefined) {
    // It is numbered after each epoch, when more is known; what is wrong with it is said before the first.
    const check = new CorpusBuilder(new StringTable(), new StringTable(), true, 'holdout');
    const take = (item: Sequence): void => {
      check.add(item);
      heldOut.push(item);
    };
    await readSource('holdout', holdout, take, breathe, options.signal);
  }

  const epochs = again ? read.params.max_iterations : 1;
  const progress = new Progress(read.params.period, read.params.delta);
  let bestHoldout: EndEvent['bestHoldout'];
  for (let iteration = 1; ; iteration++) {
    const loss = await stream.epoch(again ? await source() : source, iteration);
    options.signal?.throwIfAborted();
    const improvement = progress.add(loss);
    const { features, weights } = stream.snapshot();
    const result = holdout && (await stream.evaluate(heldOut, features, weights));
    if (result && !(bestHoldout && bestHoldout.result.loss <= result.loss))
      bestHoldout = { iteration, result };
    const event: IterationEvent<'adagrad'> = {
      type: 'iteration',
      algorithm: 'adagrad',
      iteration,
      loss,
      featureNorm: Math.sqrt(dot(weights, weights)),
      activeFeatures: countActive(weights),
      ...(improvement !== undefined && { improvement }),
      ...(result && { holdout: result }),
    };
    options.onEvent?.(event);
    const stop = options.stopWhen?.(event) ?? false;
    options.signal?.throwIfAborted();
    const tooLittle = progress.isTooLittle(improvement);
    if (!stop && !tooLittle && iteration < epochs) continue;
    const reason = stop ? 'stopped' : tooLittle ? 'delta' : 'max_iterations';
    const { activeFeatures } = event;
    const model = packWeights(features, weights, stream.attributes, stream.tags);
    options.onEvent?.({
      type: 'end',
      reason,
      iterations: iteration,
      loss,
      activeFeatures,
      ...(bestHoldout && { bestHoldout }),
    });
    return model;
  }
}

/** What lasts over the epochs. */
class Stream {
  readonly attributes = new StringTable();
  readonly #tagTable = new StringTable();
  readonly #learner: StreamLearner;
  readonly #read: ReadStreamOptions;
  readonly #options: StreamOptions;
  readonly #breathe: Breathe;
  /** Sequences in an epoch, once known. */
  #known: number | undefined;

  constructor(
    read: ReadStreamOptions,
    options: StreamOptions,
    initial: ModelWeights | undefined,
    breathe: Breathe,
  ) {
    this.#read = read;
    this.#options = options;
    this.#breathe = breathe;
    this.#known = read.sequences;
    this.#learner = new StreamLearner(read.params.eta);
    if (initial === undefined) return;
    for (const tag of initial.tags) this.#tagTable.intern(tag);
    for (let id = 0; id < initial.attributes.size; id++) this.attributes.intern(initial.attributes.at(id));
    this.#learner.load(initial);
  }

  get tags(): string[] {
    return Array.from({ length: this.#tagTable.size }, (_, id) => this.#tagTable.at(id));
  }

  /** Reads a source to its end and learns from it; gives its loss with the penalties. */
  async epoch(source: SequenceSource, epoch: number): Promise<number> {
    const { batch, params } = this.#read;
    const { signal, onEvent } = this.#options;
    const sweepAfter = this.#known === undefined ? Infinity : Math.ceil(this.#known / SWEEPS);
    const done = { given: 0, sequences: 0, tokens: 0, skipped: 0, loss: 0 };
    let unswept = 0;
    let told = 0;
    const newBuilder = () => new CorpusBuilder(this.attributes, this.#tagTable, false, 'data', done.given);
    let builder = newBuilder();
    let waiting = 0;
    const shrink = (share: number): void => {
      if (params.c1 > 0 || params.c2 > 0) this.#learner.shrink(params.c1 * share, params.c2 * share);
    };
    const learn = (): void => {
      const corpus = builder.build();
      done.skipped += builder.skipped;
      builder = newBuilder();
      waiting = 0;
      if (corpus.numSequences === 0) return;
      done.loss += this.#learner.learn(corpus, this.#tagTable.size, this.attributes.size);
      if (!Number.isFinite(done.loss)) throw diverged(`in epoch ${epoch}`);
      done.sequences += corpus.numSequences;
      done.tokens += corpus.numTokens;
      unswept += corpus.numSequences;
      if (unswept >= sweepAfter && this.#known !== undefined) {
        shrink(unswept / this.#known);
        unswept = 0;
      }
      if (done.sequences - told < PROGRESS_EVERY) return;
      told = done.sequences;
      const { sequences, tokens, skipped, loss } = done;
      const [attributes, tags] = [this.attributes.size, this.#tagTable.size];
      onEvent?.({ type: 'progress', epoch, sequences, tokens, skipped, loss, attributes, tags });
    };
    await readSource(
      'data',
      source,
      (sequence) => {
        builder.add(sequence);
        done.given++;
        if (++waiting === batch) learn();
      },
      this.#breathe,
      signal,
    );
    learn();
    if (done.sequences === 0) {
      const got = done.given === 0 ? 'no sequence' : `${done.given} sequences, all empty`;
      // An iterator that was given once more is at its end.
      const where =
        epoch === 1 ? '' : ` in epoch ${epoch}: the function has to open the source anew each time`;
      throw new CrfInputError(`data: expected at least one sequence with a token, got ${got}${where}`);
    }
    if (unswept > 0) shrink(unswept / (this.#known ?? done.sequences));
    this.#known = done.sequences;
    const { weights } = this.snapshot();
    const penalty = params.c2 * dot(weights, weights) + (params.c1 > 0 ? params.c1 * l1Norm(weights) : 0);
    return done.loss + penalty;
  }

  /** The model as it is now, all transitions among its features. */
  snapshot(): { features: FeatureSet; weights: Float64Array } {
    const { rowOffsets, rowTags, stateWeights, transitions } = this.#learner.pack();
    const numFeatures = stateWeights.length + transitions.length;
    const weights = new Float64Array(numFeatures);
    weights.set(stateWeights);
    weights.set(transitions, stateWeights.length);
    const features: FeatureSet = {
      numTags: this.#tagTable.size,
      numAttributes: this.attributes.size,
      numStateFeatures: stateWeights.length,
      numFeatures,
      rowOffsets,
      rowTags,
      transitionCells: Int32Array.from(transitions.keys()),
      observed: new Float64Array(0),
    };
    return { features, weights };
  }

  async evaluate(
    heldOut: readonly Sequence[],
    features: FeatureSet,
    weights: Float64Array,
  ): Promise<HoldoutResult> {
    const builder = new CorpusBuilder(this.attributes, this.#tagTable, true, 'holdout');
    for (const sequence of heldOut) builder.add(sequence);
    const corpus = builder.build();
    const counts = await evaluateHoldout(corpus, features, weights, this.#breathe);
    return holdoutResult(corpus, this.tags, counts);
  }
}
