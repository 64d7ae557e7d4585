import type { CheckpointOptions } from './checkpoint/store.js';
import type { Sequence } from './corpus.js';
import { CrfInputError, show } from './errors.js';
import type { IterationEvent, TrainEvent } from './events.js';
import type { KernelName } from './kernel/kernel.js';
import type { LinearCrf } from './linear-crf.js';
import {
  readSettings,
  type AdagradParams,
  type Algorithm,
  type AlgorithmParams,
  type CompleteParams,
  type Settings,
} from './params.js';

/** The stochastic phase before `lbfgs`: epochs of `adagrad` with the c1 and c2 of `lbfgs`. */
export type WarmStartParams = Pick<AdagradParams, 'eta' | 'max_iterations' | 'period' | 'delta'>;

export interface TrainOptions<A extends Algorithm = Algorithm> {
  /** Default `lbfgs`. */
  readonly algorithm?: A | undefined;
  /** Parameters under CRFsuite's names; see `LbfgsParams` and so on. */
  readonly params?: NoInfer<AlgorithmParams[A]> | undefined;
  /**
   * Before `lbfgs` go epochs of `adagrad`, which come near the minimum in a fraction of the time. True, or parameters of
   * theirs: at most 20 epochs unless told, as long as each lowers the loss by 3%. Default false.
   */
  readonly warmStart?: boolean | WarmStartParams | undefined;
  /** A model whose weights are those to start from. Its tags and features become part of the new model. */
  readonly initial?: LinearCrf | undefined;
  /**
   * In which orders the stochastic algorithms go through the sequences, a whole number from 0 to 2^32 - 1. Seed 1, the default,
   * has the orders of CRFsuite on Linux.
   */
  readonly seed?: number | undefined;
  /**
   * On how many threads `lbfgs` computes, 1 to 256; more than 1 leave this thread free meanwhile. Default: one a processor, fewer
   * where the data are too small for that to pay; as many as before where a training goes on from a checkpoint. The same number gives
   * the same model to the bit. Where threads cannot be had, one is used, and the event `features` says why.
   */
  readonly threads?: number | undefined;
  /** The kernel that computes; `plain` is slower and the reference for the other. Default: `simd` where the host runs it. */
  readonly kernel?: KernelName | undefined;
  /**
   * Data that is not trained on: the model is evaluated on it after each iteration. By itself that stops nothing, as in
   * CRFsuite; `stopWhen` can. Weights of sequences count for nothing here.
   */
  readonly holdout?: Iterable<Sequence> | AsyncIterable<Sequence> | undefined;
  /**
   * Keeps the state of the training from time to time, and goes on from the last one that is there: the model is then the same to the
   * bit as if the training had never stopped.
   */
  readonly checkpoints?: CheckpointOptions | undefined;
  /**
   * Ends the training if it is aborted before `end` is told, by a listener of the last iteration, too: the promise rejects with the
   * signal's reason, after a checkpoint if there are to be any.
   */
  readonly signal?: AbortSignal | undefined;
  /** Told of what happens; what it throws ends the training. */
  readonly onEvent?: ((event: TrainEvent<NoInfer<A>>) => void) | undefined;
  /** Asked after each iteration or epoch: true ends the training, and the model is what it is then. */
  readonly stopWhen?: ((iteration: IterationEvent<NoInfer<A>>) => boolean) | undefined;
}

/** Options that have been checked, with defaults filled in. */
export interface ReadOptions {
  readonly settings: Settings;
  readonly warmStart: CompleteParams<'adagrad'> | undefined;
  readonly seed: number;
  readonly threads: number | undefined;
  readonly kernel: KernelName | undefined;
  readonly holdout: Iterable<Sequence> | AsyncIterable<Sequence> | undefined;
  readonly signal: AbortSignal | undefined;
  readonly onEvent: ((event: TrainEvent) => void) | undefined;
  readonly stopWhen: ((iteration: IterationEvent) => boolean) | undefined;
}

const NAMES = [
  'algorithm',
  'params',
  'warmStart',
  'initial',
  'seed',
  'threads',
  'kernel',
  'holdout',
  'checkpoints',
  'signal',
  'onEvent',
  'stopWhen',
];
const MAX_SEED = 2 ** 32 - 1;
const MAX_THREADS = 256;

export function readOptions<A extends Algorithm>(options: TrainOptions<A>): ReadOptions {
  for (const name of Object.keys(options)) {
    if (!NAMES.includes(name)) {
      throw new CrfInputError(`options: expected ${NAMES.join(', ')}, got ${show(name)}`);
    }
  }
  const { holdout, signal } = options;
  const settings = readSettings(options.algorithm, options.params);
  const seed: unknown = options.seed ?? 1;
  if (typeof seed !== 'number' || !Number.isInteger(seed) || seed < 0 || seed > MAX_SEED) {
    throw new CrfInputError(`seed: expected a whole number from 0 to ${MAX_SEED}, got ${show(seed)}`);
  }
  return {
    settings,
    warmStart: readWarmStart(options.warmStart, settings),
    seed,
    threads: readThreads(options.threads),
    kernel: readKernel(options.kernel),
    holdout,
    signal,
    // Which events come is settled by the algorithm, whose type the caller gave.
    onEvent: options.onEvent as ReadOptions['onEvent'],
    stopWhen: options.stopWhen as ReadOptions['stopWhen'],
  };
}

function readThreads(threads: unknown): number | undefined {
  if (threads === undefined) return undefined;
  if (typeof threads !== 'number' || !Number.isInteger(threads) || threads < 1 || threads > MAX_THREADS) {
    throw new CrfInputError(
      `threads: expected a whole number from 1 to ${MAX_THREADS}, got ${show(threads)}`,
    );
  }
  return threads;
}

function readKernel(kernel: unknown): KernelName | undefined {
  if (kernel === undefined || kernel === 'plain' || kernel === 'simd') return kernel;
  throw new CrfInputError(`kernel: expected 'simd' or 'plain', got ${show(kernel)}`);
}

/** An epoch that lowers the loss by less takes longer than iterations of L-BFGS that do as much. */
const WARM_START = { max_iterations: 20, delta: 0.03 };
const WARM_START_NAMES = ['eta', 'max_iterations', 'period', 'delta'];

function readWarmStart(given: unknown, settings: Settings): CompleteParams<'adagrad'> | undefined {
  if (given === undefined || given === false) return undefined;
  const { algorithm, params } = settings;
  if (algorithm !== 'lbfgs') {
    throw new CrfInputError(`warmStart: expected algorithm 'lbfgs' with it, got ${show(algorithm)}`);
  }
  if (given !== true && (typeof given !== 'object' || given === null || Array.isArray(given))) {
    throw new CrfInputError(`warmStart: expected true, false or an object of parameters, got ${show(given)}`);
  }
  // What is undefined is not given: it must not stand above the defaults.
  const own = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
  for (const name of Object.keys(own)) {
    if (!WARM_START_NAMES.includes(name)) {
      throw new CrfInputError(`warmStart: expected ${WARM_START_NAMES.join(', ')}, got ${show(name)}`);
    }
  }
  const { c1, c2 } = params;
  return readSettings('adagrad', { c1, c2, ...WARM_START, ...own }).params as CompleteParams<'adagrad'>;
}
