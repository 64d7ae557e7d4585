import type { Algorithm, CompleteLbfgsParams } from './params.js';
import type { StopReason } from './optimize/lbfgs.js';

/** What was read, before anything is made of it. */
export interface DataEvent {
  readonly type: 'data';
  readonly sequences: number;
  readonly tokens: number;
  /** Sequences without a token, which were left out. */
  readonly skipped: number;
  /** Different attributes. */
  readonly attributes: number;
  /** Attributes of all tokens together. */
  readonly occurrences: number;
  /** In order of first appearance. */
  readonly tags: readonly string[];
  readonly holdout?: { readonly sequences: number; readonly tokens: number; readonly skipped: number };
}

/** The features that were generated. */
export interface FeaturesEvent {
  readonly type: 'features';
  readonly algorithm: Algorithm;
  /** All parameters, defaults filled in. */
  readonly params: CompleteLbfgsParams;
  /** The kernel that computes loss and gradient. */
  readonly kernel: string;
  readonly state: number;
  readonly transition: number;
  readonly total: number;
}

/** One iteration of the optimiser. */
export interface IterationEvent {
  readonly type: 'iteration';
  /** From 1. */
  readonly iteration: number;
  /** -Σ log p + c1 · Σ|w| + c2 · Σw² */
  readonly loss: number;
  /** √Σw² */
  readonly featureNorm: number;
  /** Length of the loss's gradient, with c1 of its pseudo-gradient. */
  readonly gradientNorm: number;
  /** Features whose weight is not 0. */
  readonly activeFeatures: number;
  /** Length of the step along the search direction. */
  readonly step: number;
  /** Evaluations of loss and gradient in this iteration. */
  readonly evaluations: number;
  /** How the model does on the held-out data now. */
  readonly holdout?: HoldoutResult;
}

/** Results on held-out data. */
export interface HoldoutResult {
  /** -Σ log p over the sequences whose tags the model knows. */
  readonly loss: number;
  /** Sequences left out of `loss` because they hold a tag that the training data has not. */
  readonly unknownTagSequences: number;
  readonly tokens: number;
  readonly correctTokens: number;
  readonly tokenAccuracy: number;
  readonly sequences: number;
  /** Sequences all of whose tags are right. */
  readonly correctSequences: number;
  readonly sequenceAccuracy: number;
  /** By tag of the model, in the model's order. */
  readonly perTag: readonly TagResult[];
  /** Means over the tags of the model, a quotient 0/0 counted as 0. */
  readonly macro: { readonly precision: number; readonly recall: number; readonly f1: number };
}

/** Results for the tokens of one tag. */
export interface TagResult {
  readonly tag: string;
  readonly gold: number;
  readonly predicted: number;
  readonly correct: number;
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
}

/** The end of training. */
export interface EndEvent {
  readonly type: 'end';
  /**
   * Why it ended: the gradient is short enough (`epsilon`), the loss hardly fell (`delta`), `max_iterations` is reached, or no
   * better point was found (`linesearch`; the weights are those of the last iteration).
   */
  readonly reason: StopReason;
  readonly iterations: number;
  readonly loss: number;
  /** Features whose weight is not 0: those that the model keeps. */
  readonly activeFeatures: number;
  /** The iteration with the lowest loss on the held-out data. The model is that of the last iteration all the same. */
  readonly bestHoldout?: { readonly iteration: number; readonly result: HoldoutResult };
}

/** What `LinearCrf.train` tells its `onEvent`, in this order: data, features, any number of iterations, end. */
export type TrainEvent = DataEvent | FeaturesEvent | IterationEvent | EndEvent;
