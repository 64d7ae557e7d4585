import type { Corpus } from '../corpus.js';
import type { FeatureSet } from '../features.js';
import type { KernelName } from '../kernel/kernel.js';
import type { Arrangement } from './arrange.js';

/**
 * What the trainers need that change the weights after each sequence. The weights are those of the arrangement, for all to
 * see and to change between the calls.
 *
 * The same kernel on the same data gives the same numbers to the bit; different kernels may differ by rounding.
 */
export interface OnlineKernel {
  /** What it is, for reports: `plain`. */
  readonly name: KernelName;
  readonly arrangement: Arrangement;

  /**
   * One step of gradient descent on -weight · log p of a sequence. The weights in force are `scale` times those in the
   * array, so that shrinking all of them costs nothing; `gain` times the gradient is taken off those in the array.
   * Gives the sequence's loss before the step: NaN or infinite at weights too large for finite scores.
   */
  descend(sequence: number, scale: number, gain: number, weight: number): number;

  /**
   * The same by AdaGrad: each row of weights has its own rate, eta / √(squares), and its `squares` grow by half the
   * squared length of each gradient of the row; a transition is a row of its own.
   *
   * `squares` is [denseRows + compressedRows + numTags * stride]: dense rows, compressed rows, transitions.
   */
  descendAdaptively(sequence: number, eta: number, squares: Float64Array, weight: number): number;

  /** Room for `squares`, in the memory of the kernel; filled with `value`. */
  makeSquares(value: number): Float64Array;

  /**
   * Writes the best tags of a sequence at the weights to `path`, [length] long, and gives their score. Of paths with the same
   * score that with the lowest tag at the last position where they differ.
   */
  decode(sequence: number): number;
  /** [maxLength] */
  readonly path: Int32Array;
  /** The score of the sequence's own tags, at the state scores of the last `decode`, which was of this sequence. */
  scoreOfTags(sequence: number): number;

  /** Frees what it holds outside the heap; to be called once. */
  close(): void;
}

/** Builds a kernel for a training set. The kernel reads the corpus only here, so that it can be let go. */
export type CreateOnlineKernel = (
  corpus: Corpus,
  features: FeatureSet,
) => OnlineKernel | Promise<OnlineKernel>;

/** weights of an arrangement := weights [numFeatures]. */
export function loadWeights({ weights, places }: Arrangement, source: Float64Array): void {
  for (let k = 0; k < places.length; k++) weights[places[k]] = source[k];
}

/** [numFeatures]: the features' weights, out of an array that is laid out as an arrangement's `weights`. */
export function collectWeights({ places }: Arrangement, weights: Float64Array): Float64Array {
  return Float64Array.from(places, (place) => weights[place]);
}
