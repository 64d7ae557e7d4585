import type { Sequence } from '../corpus.js';
import { CrfInputError, show } from '../errors.js';
import type { EndEvent, IterationEvent } from '../events.js';
import type { LinearCrf } from '../linear-crf.js';
import { readSettings, type AdagradParams, type CompleteParams, type FeatureParams } from '../params.js';

/** Parameters of training on a stream: those of `adagrad` but for the choice of features, which takes all data at once. */
export interface StreamParams extends Omit<AdagradParams, keyof FeatureParams> {
  /** Sequences that are judged by the same weights before these are changed. Default 1, which learns most from the data. */
  readonly batch?: number | undefined;
}

/** A source of sequences, and a function that gives it anew for each epoch. */
export type SequenceSource = Iterable<Sequence> | AsyncIterable<Sequence>;

export interface StreamOptions {
  readonly params?: StreamParams | undefined;
  /**
   * Sequences in an epoch, about, if that is known: the penalties are then spread over the epoch, and not applied at its end.
   */
  readonly sequences?: number | undefined;
  /** A model to go on from. */
  readonly initial?: LinearCrf | undefined;
  /** Data that is not trained on: the model is evaluated on it after each epoch. It is kept in memory. */
  readonly holdout?: SequenceSource | undefined;
  /** Ends the training if it is aborted before `end` is told: the promise rejects with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
  /** Told of what happens; what it throws ends the training. */
  readonly onEvent?: ((event: StreamEvent) => void) | undefined;
  /** Asked after each epoch: true ends the training, and the model is what it is then. */
  readonly stopWhen?: ((epoch: IterationEvent<'adagrad'>) => boolean) | undefined;
}

/** How far an epoch has come; after each thousand sequences or so. */
export interface StreamProgressEvent {
  readonly type: 'progress';
  /** From 1. */
  readonly epoch: number;
  readonly sequences: number;
  readonly tokens: number;
  /** Sequences without a token, which were left out. */
  readonly skipped: number;
  /** -Σ log p of the epoch's sequences so far, each as it was before it was learnt from. */
  readonly loss: number;
  /** Different attributes and tags so far. */
  readonly attributes: number;
  readonly tags: number;
}

export type StreamEvent = StreamProgressEvent | IterationEvent<'adagrad'> | EndEvent;

export interface ReadStreamOptions {
  readonly params: CompleteParams<'adagrad'>;
  readonly batch: number;
  readonly sequences: number | undefined;
}

const NAMES = ['params', 'sequences', 'initial', 'holdout', 'signal', 'onEvent', 'stopWhen'];
const PARAMS = ['c1', 'c2', 'eta', 'max_iterations', 'period', 'delta', 'batch'];
const MOST = 1_000_000;

export function readStreamOptions(options: StreamOptions): ReadStreamOptions {
  for (const name of Object.keys(options)) {
    if (!NAMES.includes(name)) {
      throw new CrfInputError(`options: expected ${NAMES.join(', ')}, got ${show(name)}`);
    }
  }
  const given: unknown = options.params ?? {};
  if (typeof given !== 'object' || given === null || Array.isArray(given)) {
    throw new CrfInputError(`params: expected an object of parameters, got ${show(given)}`);
  }
  for (const name of Object.keys(given)) {
    if (!PARAMS.includes(name)) {
      throw new CrfInputError(`params: expected ${PARAMS.join(', ')}, got ${show(name)}`);
    }
  }
  const { batch = 1, ...params } = given as { batch?: unknown };
  if (!isCount(batch) || batch > MOST) {
    throw new CrfInputError(
      `params: expected batch to be a whole number from 1 to ${MOST}, got ${show(batch)}`,
    );
  }
  const { sequences } = options as { sequences?: unknown };
  if (sequences !== undefined && !isCount(sequences)) {
    throw new CrfInputError(`sequences: expected a whole number of at least 1, got ${show(sequences)}`);
  }
  return {
    params: readSettings('adagrad', params).params as CompleteParams<'adagrad'>,
    batch,
    sequences,
  };
}

const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 1;
