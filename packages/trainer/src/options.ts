import type { EvaluateOptions } from '@cognate/eval';
import type { CheckpointStore } from './checkpoint/store.js';
import type { OptimizerOption } from './optimizer.js';
import type { LearningRateDecay } from './schedule.js';
import type { ThreadTeam } from './team.js';

/**
 * Every sentence in every epoch: the target's with weight 1, a source's with its μ, so that the weighted losses of an epoch
 * are together the objective itself.
 */
export interface ExactObjective {
  readonly kind: 'exact';
  /** How often an epoch sees each sentence of the target; 1 unless told. */
  readonly targetRepeat?: number | undefined;
  /**
   * What a sentence of the target counts each time: `full`, its whole weight, so that the objective becomes
   * `targetRepeat · Σ_target log p + Σ_σ μ_σ Σ_σ log p`, the same as dividing every μ by it; or `shared`, 1 / `targetRepeat`, so that
   * the objective stays what it is and the target is only seen in smaller steps. `full` unless told.
   */
  readonly repeatWeight?: 'full' | 'shared' | undefined;
}

/**
 * A given share of every batch is from the target, however small its corpus; weights see to it that the mean of the gradient
 * is that of the objective. Sources are drawn in proportion to μ times their size. Within a corpus every sentence is drawn
 * equally often, or once more than others.
 */
export interface SampledObjective {
  readonly kind: 'sampled';
  /** The target's share of the sentences, above 0 and below 1. */
  readonly targetShare: number;
  /** Sentences of an epoch; as many as all corpora have unless told. */
  readonly sentencesPerEpoch?: number | undefined;
}

/** How sentences are put together for one step of the optimiser. */
export interface BatchOptions {
  /** Most sentences; 16 unless told. */
  readonly size?: number | undefined;
  /** Most tokens, to bound the memory; a longer sentence is a batch by itself. No bound unless told. */
  readonly tokens?: number | undefined;
  /**
   * Whether the sentences of a batch are all of one language, or of each language in its proportion. A model gets one language
   * at a time, so that mixed batches cost more time and make steadier steps. `separate` unless told for the exact objective,
   * `mixed` for the sampled one.
   */
  readonly languages?: 'separate' | 'mixed' | undefined;
  /**
   * Sentences are shuffled, and those of so many batches sorted by length and cut; then the batches are shuffled. 1 asks for
   * batches in wholly random order. 50 unless told.
   */
  readonly pool?: number | undefined;
}

/** How the model is judged on the development data. */
export interface DevOptions {
  /** Evaluates after every so many epochs, and after the last; 1 unless told. */
  readonly every?: number | undefined;
  /** Sentences that are decoded at a time; 32 unless told. */
  readonly batchSize?: number | undefined;
  /** Of the tags; found in them unless told. */
  readonly scheme?: EvaluateOptions['scheme'];
  /** What becomes of predicted tags that break the scheme; `conlleval` unless told. */
  readonly repair?: EvaluateOptions['repair'];
  /** Another score than the micro F1 of entities, the higher the better. */
  readonly score?:
    ((gold: readonly (readonly string[])[], predicted: readonly (readonly string[])[]) => number) | undefined;
}

/** Training on the target alone, from the weights that the joint training has kept. */
export interface FineTuneOptions {
  /** Most epochs. */
  readonly epochs: number;
  /** As for the joint training; no early stop unless told. */
  readonly patience?: number | undefined;
  /** A new one of the joint training's kind unless told. */
  readonly optimizer?: OptimizerOption | undefined;
  readonly learningRateDecay?: LearningRateDecay | undefined;
}

/** When to store the state of the run. An epoch's end is always a moment to look at these. */
export interface CheckpointOptions {
  readonly store: CheckpointStore;
  /** After so many steps of the optimiser. */
  readonly everySteps?: number | undefined;
  /** After the first step or epoch that ends so long after the last checkpoint. 60 unless any interval is told. */
  readonly everySeconds?: number | undefined;
  /** After so many epochs. */
  readonly everyEpochs?: number | undefined;
  /**
   * What to do with a checkpoint that the store has: `auto`, go on from the newest whole one, or begin if there is none at all;
   * `must`, go on, or reject if there is none; `never`, begin. `auto` unless told.
   */
  readonly resume?: 'auto' | 'must' | 'never' | undefined;
}

export interface TrainOptions {
  /** Any safe integer; 1 unless told. The same seed, build and `parts` give the same weights, bit for bit. */
  readonly seed?: number | undefined;
  /** Most epochs; 100 unless told. */
  readonly epochs?: number | undefined;
  /**
   * Stops when so many evaluations in a row have not brought a better score on the development data, which this needs. No early
   * stop unless told. The weights of the best epoch are kept either way.
   */
  readonly patience?: number | undefined;
  /** `{ kind: 'exact' }` unless told. */
  readonly objective?: ExactObjective | SampledObjective | undefined;
  readonly batches?: BatchOptions | undefined;
  /** `{ name: 'adadelta' }`, as it was published, with a learning rate of 1, unless told. */
  readonly optimizer?: OptimizerOption | undefined;
  /** What becomes of the learning rate; it stays unless told. */
  readonly learningRateDecay?: LearningRateDecay | undefined;
  /** Scales a step's gradient down to this norm if it is longer; not unless told. */
  readonly clipNorm?: number | undefined;
  /**
   * Averages the weights over the steps, `average ← d · average + (1 - d) · weights` after each, and uses the average on the
   * development data and in the end. d is `decay`, at most (1 + n) / (10 + n) after n steps, so that the first weights fade.
   */
  readonly average?: { readonly decay: number } | undefined;
  readonly fineTune?: FineTuneOptions | undefined;
  readonly dev?: DevOptions | undefined;
  readonly checkpoints?: CheckpointOptions | undefined;
  /**
   * Parts that each batch is cut in, whose gradients are computed by themselves and added up in order. As many as there are
   * threads unless told. The weights depend on this number, not on that of the threads.
   */
  readonly parts?: number | undefined;
  /** Threads to share the parts: `threadTeam` of `@cognate/trainer/node`. This thread alone unless told. */
  readonly team?: ThreadTeam | undefined;
  /**
   * Ends the training after the step that is being made, if it is aborted before `end` is told: a checkpoint is stored, if there is a
   * store, and the promise rejects with the signal's reason. The model has the weights of the last step then.
   *
   * Threads of a `team` that have not answered for five seconds then are terminated: no checkpoint is stored if they have the optimiser's
   * state, and the model may have the step in part.
   */
  readonly signal?: AbortSignal | undefined;
}
