import type { Corpus } from '../corpus.js';
import type { FeatureSet } from '../features.js';
import type { KernelName } from '../kernel/kernel.js';
import type { Difference } from './difference.js';

/**
 * What the trainers need that change the weights after each sequence. The weights are there for all to see, and to change between
 * the calls.
 *
 * The same kernel on the same data gives the same numbers to the bit; different kernels may differ by rounding.
 */
export interface OnlineKernel {
  /** What it is, for reports. */
  readonly name: KernelName;
  /** Why it is not faster: what this host lacks. */
  readonly notes: readonly string[];
  /** The weights in the kernel's own order. Places that are no features are 0 and stay it, if they are only multiplied. */
  readonly weights: Float64Array;
  /** [numFeatures]: where the weight of each feature is. */
  readonly places: ArrayLike<number>;

  /** Tokens of a sequence. */
  lengthOf(sequence: number): number;

  /**
   * One step of gradient descent on -weight · log p of a sequence. The weights in force are `scale` times those in the
   * array, so that shrinking all of them costs nothing; `gain` times the gradient is taken off those in the array.
   * Gives the sequence's loss before the step: NaN or infinite at weights too large for finite scores.
   */
  descend(sequence: number, scale: number, gain: number, weight: number): number;

  /** Before the first adaptive step: each row of weights gets the square 1. */
  startAdaptive(): void;
  /** The squares, in an order of the kernel's own: to be saved, and to be set after `startAdaptive`. */
  readonly squares: readonly Float64Array[];
  /**
   * The same by AdaGrad: each row of weights, those of an attribute, has its own rate, eta / √square, and its square grows by half
   * the squared length of the gradient at each of its tokens; a transition is a row of its own, and its square grows by sequences.
   */
  descendAdaptively(sequence: number, eta: number, weight: number): number;
  /** The proximal step of c1 · Σ|w| + c2 · Σw² for all weights, each at its rate. */
  shrink(eta: number, c1: number, c2: number): void;

  /**
   * Writes the best tags of a sequence at the weights to `path`, [length] long, and gives their score. Of paths with the same
   * score that with the lowest tag at the last position where they differ.
   */
  decode(sequence: number): number;
  /** [maxLength] */
  readonly path: Int32Array;
  /** The score of the sequence's own tags, at the state scores of the last `decode`, which was of this sequence. */
  scoreOfTags(sequence: number): number;
  /**
   * The features of a sequence's own tags less those of `path`; gives how many tags differ. Where the tags agree nothing is taken
   * up, elsewhere a place may come more than once.
   */
  compare(sequence: number, into: Difference): number;

  /** Frees what it holds outside the heap; to be called once. */
  close(): void;
}

/** Builds a kernel for a training set. The kernel reads the corpus only here, so that it can be let go. */
export type CreateOnlineKernel = (
  corpus: Corpus,
  features: FeatureSet,
  kernel?: KernelName,
) => OnlineKernel | Promise<OnlineKernel>;

/** weights of a kernel := weights [numFeatures]. */
export function loadWeights(kernel: OnlineKernel, source: Float64Array): void {
  placeWeights(kernel, kernel.weights, source);
}

/**
 * target, laid out as a kernel's `weights`, := weights [numFeatures]. -0, which a model may hold, becomes 0: a kernel may mark what is no
 * feature by it.
 */
export function placeWeights({ places }: OnlineKernel, target: Float64Array, source: Float64Array): void {
  for (let k = 0; k < places.length; k++) target[places[k]] = source[k] + 0;
}

/** [numFeatures]: the features' weights, out of an array that is laid out as a kernel's `weights`. */
export function collectWeights({ places }: OnlineKernel, weights: Float64Array): Float64Array {
  const collected = new Float64Array(places.length);
  for (let k = 0; k < places.length; k++) collected[k] = weights[places[k]];
  return collected;
}

/** Takes the proximal step of a run of weights that have one rate. */
export function shrinkRun(
  weights: Float64Array,
  from: number,
  to: number,
  rate: number,
  c1: number,
  c2: number,
): void {
  const factor = 1 / (1 + 2 * c2 * rate);
  const threshold = c1 * rate;
  for (let k = from; k < to; k++) {
    if (threshold === 0) {
      weights[k] *= factor;
    } else if (weights[k] !== 0) {
      const size = (Math.abs(weights[k]) - threshold) * factor;
      weights[k] = size > 0 ? Math.sign(weights[k]) * size : 0;
    }
  }
}
