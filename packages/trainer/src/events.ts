/** A run trains on everything first, and then, if it was told to, on the target alone. */
export type Phase = 'joint' | 'fine-tune';

/** Where a run stands: so many steps of this epoch of this phase are done. */
export interface Place {
  readonly phase: Phase;
  /** From 1, within the phase. */
  readonly epoch: number;
  /** Steps of the optimiser that this epoch has made. */
  readonly step: number;
  /** Steps of the optimiser since the beginning, both phases together. */
  readonly totalSteps: number;
}

/** What an epoch's steps saw of one language. */
export interface LanguageLoss {
  /** Sum of -log p at the time of each step, with dropout, not weighted. */
  readonly loss: number;
  /** As often as they were seen. */
  readonly sentences: number;
  readonly tokens: number;
}

/** A finished epoch. */
export interface EpochRecord {
  readonly phase: Phase;
  readonly epoch: number;
  /** Steps in this epoch. */
  readonly steps: number;
  /** Sum of weight times loss: what the epoch's steps made smaller. */
  readonly loss: number;
  /** By name of the corpus; those that the epoch used. */
  readonly languages: Readonly<Record<string, LanguageLoss>>;
  /** Score on the development data after the epoch, if it was evaluated: span F1 unless another was chosen. */
  readonly dev?: number;
  /** Its score is the best so far: its weights are those that are kept. */
  readonly best?: boolean;
}

/** Training begins, or goes on from a checkpoint. */
export interface RunEvent {
  readonly type: 'run';
  /** The target first. */
  readonly corpora: readonly {
    readonly name: string;
    readonly sentences: number;
    readonly tokens: number;
    readonly mu: number;
  }[];
  /** Sentences of the development data. */
  readonly devSentences: number;
  /** Single numbers that are trained. */
  readonly parameters: number;
  readonly optimizer: string;
  readonly seed: number;
  /** Parts that each batch is cut in. */
  readonly parts: number;
  readonly threads: number;
  /** The checkpoint with which it goes on; not there if it begins. */
  readonly resumed?: Place & {
    readonly checkpoint: string;
    /** Newer checkpoints that could not be used, and why. */
    readonly damaged: readonly { readonly checkpoint: string; readonly problem: string }[];
  };
}

/** The optimiser has made a step. */
export interface StepEvent extends Place {
  readonly type: 'step';
  /** Steps that this epoch is going to make. */
  readonly of: number;
  /** Sum of weight times loss over the batch. */
  readonly loss: number;
  readonly sentences: number;
  readonly tokens: number;
  /** Of an optimiser of the caller's own, which alone knows its rate, the factor that it was given. */
  readonly learningRate: number;
  /** Norm of the gradient before clipping; only with `clipNorm`. */
  readonly gradientNorm?: number;
}

/** An epoch is over and, if it was its turn, evaluated. */
export interface EpochEvent extends EpochRecord {
  readonly type: 'epoch';
  /** Time that it took in this process, evaluation and checkpoints included. */
  readonly seconds: number;
}

/** A checkpoint is safe. */
export interface CheckpointEvent extends Place {
  readonly type: 'checkpoint';
  readonly bytes: number;
}

/** Why a phase ended: its epochs are made; the development score has not risen for `patience` evaluations; the signal was aborted. */
export type StopReason = 'epochs' | 'patience' | 'aborted';

/** A phase is over. */
export interface StopEvent extends Place {
  readonly type: 'stop';
  readonly reason: StopReason;
}

/** What a run gives back; the model has been changed in place. */
export interface TrainResult {
  /** Why the last phase ended. */
  readonly reason: Exclude<StopReason, 'aborted'>;
  /** The epoch whose weights the model has now; without development data the last one. */
  readonly kept: { readonly phase: Phase; readonly epoch: number; readonly dev?: number };
  readonly totalSteps: number;
  readonly epochs: readonly EpochRecord[];
}

/** Training is over, and the model has the weights that were kept. */
export interface EndEvent extends TrainResult {
  readonly type: 'end';
}

/**
 * What `train` tells, in this order: `run`; for each epoch its `step`s and itself; `stop` for each phase; `end`, unless it was
 * aborted before, which a last `stop` says. A `checkpoint` may come after any step or epoch.
 */
export type TrainEvent = RunEvent | StepEvent | EpochEvent | CheckpointEvent | StopEvent | EndEvent;
