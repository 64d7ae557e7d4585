import type { Corpus } from '../corpus.js';
import type { FeatureSet } from '../features.js';
import type { Breathe } from '../breathe.js';
import type { VectorMath } from '../optimize/vectors.js';

/**
 * What the batch trainers need of the training set: its negative log-likelihood and the gradient of that. Regularisation
 * is not the kernel's business.
 *
 * The same kernel on the same data gives the same numbers to the bit; different kernels may differ by rounding.
 */
export interface TrainingKernel {
  /** What it is, for reports: in plain TypeScript, or in WebAssembly with SIMD. */
  readonly name: KernelName;
  /** How many threads it works on. */
  readonly threads: number;
  /** Why it is not faster: what this host lacks. */
  readonly notes: readonly string[];
  /** Arithmetic on vectors [numFeatures]. The kernel works best on vectors that this has made. */
  readonly vectors: VectorMath;

  /**
   * Gives -Σ weight · log p(tags | attributes) over all sequences at `weights` [numFeatures] and overwrites `gradient`
   * [numFeatures] with its gradient, expected minus observed frequencies. At weights too large for finite scores the loss
   * is NaN or infinite and the gradient means nothing. Rejects when `breathe` does.
   */
  lossAndGradient(weights: Float64Array, gradient: Float64Array, breathe: Breathe): Promise<number>;

  /** Frees what it holds outside the heap; to be called once, whether training ended well or not. */
  close(): Promise<void> | void;
}

export type KernelName = 'plain' | 'simd';

/** What a kernel may and should be. */
export interface KernelOptions {
  /** How many vectors [numFeatures] it should have room for. */
  readonly vectors: number;
  /** Threads to work on; undefined = as many as pay. */
  readonly threads?: number | undefined;
  /** Which kernel; undefined = the fastest that this host runs. */
  readonly kernel?: KernelName | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Builds a kernel for a training set. The kernel reads the corpus only here, so that it can be let go. */
export type CreateKernel = (
  corpus: Corpus,
  features: FeatureSet,
  options: KernelOptions,
) => TrainingKernel | Promise<TrainingKernel>;
