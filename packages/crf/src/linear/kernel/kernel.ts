import type { Corpus } from '../corpus.js';
import type { FeatureSet } from '../features.js';
import type { Breathe } from '../breathe.js';

/**
 * What the batch trainers need of the training set: its negative log-likelihood and the gradient of that. Regularisation
 * is not the kernel's business.
 *
 * The same kernel on the same data gives the same numbers to the bit; different kernels may differ by rounding.
 */
export interface TrainingKernel {
  /** What it is, for reports: `plain`. */
  readonly name: string;

  /**
   * Gives -Σ weight · log p(tags | attributes) over all sequences at `weights` [numFeatures] and overwrites `gradient`
   * [numFeatures] with its gradient, expected minus observed frequencies. At weights too large for finite scores the loss
   * is NaN or infinite and the gradient means nothing. Rejects when `breathe` does.
   */
  lossAndGradient(weights: Float64Array, gradient: Float64Array, breathe: Breathe): Promise<number>;

  /** Frees what it holds outside the heap; to be called once, whether training ended well or not. */
  close(): void;
}

/** Builds a kernel for a training set. The kernel reads the corpus only here, so that it can be let go. */
export type CreateKernel = (corpus: Corpus, features: FeatureSet) => TrainingKernel | Promise<TrainingKernel>;
