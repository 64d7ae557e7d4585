import type { Algorithm, CompleteParams } from './params.js';
import type { KernelName } from './kernel/kernel.js';
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
export interface FeaturesEvent<A extends Algorithm = Algorithm> {
  readonly type: 'features';
  readonly algorithm: A;
  /** All parameters, defaults filled in. */
  readonly params: CompleteParams<A>;
  /** The kernel that computes loss and gradient, or decodes: in plain TypeScript, or in WebAssembly with SIMD. */
  readonly kernel: KernelName;
  /** The threads that it works on; 1 = the one that called. */
  readonly threads: number;
  /** Why it is not faster: what this host lacks. */
  readonly kernelNotes: readonly string[];
  readonly state: number;
  readonly transition: number;
  readonly total: number;
}

/** One try of `l2sgd` to find a good learning rate. */
export interface CalibrationEvent {
  readonly type: 'calibration';
  /** From 1. */
  readonly trial: number;
  readonly learningRate: number;
  /** Of the sample, after one epoch over it. */
  readonly loss: number;
  /** Whether that is less than before the epoch. */
  readonly better: boolean;
}

/** One epoch of the stochastic phase before the first iteration of `lbfgs`. */
export interface WarmStartEvent {
  readonly type: 'warmStart';
  /** From 1. */
  readonly epoch: number;
  /** As in an iteration of `adagrad`. */
  readonly loss: number;
}

/** The training goes on from a checkpoint. */
export interface ResumeEvent {
  readonly type: 'resume';
  /** Its name in the store. */
  readonly checkpoint: string;
  /** Iterations or epochs that are made. */
  readonly iterations: number;
  /** [iterations]: the loss of each. */
  readonly losses: readonly number[];
  /** Newer checkpoints that are passed over, and why. */
  readonly damaged: readonly { readonly checkpoint: string; readonly problem: string }[];
}

/** A checkpoint was stored. */
export interface CheckpointEvent {
  readonly type: 'checkpoint';
  /** Iterations or epochs that are finished in it. */
  readonly iterations: number;
  readonly bytes: number;
}

interface CommonIteration {
  readonly type: 'iteration';
  /** From 1. */
  readonly iteration: number;
  /**
   * `lbfgs`: -Σ log p + c1 · Σ|w| + c2 · Σw². `l2sgd` and `adagrad`: the same, but each sequence's part as it was before the step
   * that it led to. `ap`: the sum over sequences of the share of wrong tags. `pa` and `arow`: the sum of the costs.
   */
  readonly loss: number;
  /** √Σw² of the weights that the model would have (`pa`: before averaging). */
  readonly featureNorm: number;
  /** Features whose weight is not 0. */
  readonly activeFeatures: number;
  /** How the model does on the held-out data now. */
  readonly holdout?: HoldoutResult;
}

interface LbfgsIteration extends CommonIteration {
  readonly algorithm: 'lbfgs';
  /** Length of the loss's gradient, with c1 of its pseudo-gradient. */
  readonly gradientNorm: number;
  /** Length of the step along the search direction. */
  readonly step: number;
  /** Evaluations of loss and gradient in this iteration. */
  readonly evaluations: number;
}

interface GradientDescentEpoch extends CommonIteration {
  readonly algorithm: 'l2sgd';
  /** At the end of the epoch. */
  readonly learningRate: number;
  /** By which fraction of itself the loss fell in the last `period` epochs; not known in the first. */
  readonly improvement?: number;
}

interface AdaptiveEpoch extends CommonIteration {
  readonly algorithm: 'adagrad';
  /** By which fraction of itself the loss fell in the last `period` epochs; not known in the first. */
  readonly improvement?: number;
}

interface DecodingEpoch extends CommonIteration {
  /** Sequences that were tagged wrong, each of which changed the weights. */
  readonly wrongSequences: number;
}

interface ApEpoch extends DecodingEpoch {
  readonly algorithm: 'ap';
}

interface PaEpoch extends DecodingEpoch {
  readonly algorithm: 'pa';
}

interface ArowEpoch extends DecodingEpoch {
  readonly algorithm: 'arow';
}

interface IterationEvents {
  readonly lbfgs: LbfgsIteration;
  readonly l2sgd: GradientDescentEpoch;
  readonly adagrad: AdaptiveEpoch;
  readonly ap: ApEpoch;
  readonly pa: PaEpoch;
  readonly arow: ArowEpoch;
}

/** One iteration of the optimiser, or epoch of a stochastic trainer. */
export type IterationEvent<A extends Algorithm = Algorithm> = IterationEvents[A];

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
   * Why it ended: the gradient is short enough or the errors few enough (`epsilon`), the loss hardly fell (`delta`),
   * `max_iterations` is reached, `stopWhen` said so (`stopped`), or no better point was found (`linesearch`; the weights are
   * those of the last iteration).
   */
  readonly reason: StopReason;
  readonly iterations: number;
  /** Of the model; `l2sgd`: of its best epoch. */
  readonly loss: number;
  /** Features whose weight is not 0: those that the model keeps. */
  readonly activeFeatures: number;
  /** The iteration with the lowest loss on the held-out data. The model is that of the last iteration all the same. */
  readonly bestHoldout?: { readonly iteration: number; readonly result: HoldoutResult };
}

/**
 * What `LinearCrf.train` tells its `onEvent`, in this order: data, features, any number of calibrations (`l2sgd`) or epochs of
 * a warm start (`lbfgs`), any number of iterations, end. A training that goes on from a checkpoint tells `resume` before `features`, and
 * then what comes after that checkpoint; `checkpoint` comes after each that is stored.
 */
export type TrainEvent<A extends Algorithm = Algorithm> =
  | DataEvent
  | ResumeEvent
  | FeaturesEvent<A>
  | CalibrationEvent
  | WarmStartEvent
  | IterationEvent<A>
  | CheckpointEvent
  | EndEvent;
