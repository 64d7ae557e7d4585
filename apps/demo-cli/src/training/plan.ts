import type { ReadOptions } from '@cognate/corpora';
import type { Recipe } from '@cognate/experiments';
import type { BackendName } from '@cognate/nn';

/** Files of one language, and how to read them. */
export interface CorpusPlan {
  /** Undefined: not told, which a linear model without sources allows. */
  readonly language: string | undefined;
  readonly train: readonly string[];
  readonly test: readonly string[];
  /** Draws so many; undefined: all. */
  readonly sentences: number | undefined;
  readonly read: ReadOptions;
}

/** A folder for the checkpoints of one training, and how often they are stored: by seconds, by steps or iterations. */
export type CheckpointPlace = TrainingPlan['checkpoints'] & { readonly folder: string };

/** All that a training is to do. */
export interface TrainingPlan {
  readonly target: CorpusPlan & {
    readonly dev: readonly string[];
    /** Text, or corpora whose tags are not looked at. */
    readonly unlabelled: readonly string[];
  };
  readonly sources: readonly (CorpusPlan & { readonly language: string })[];
  readonly recipe: Recipe;
  /** Folder of the model; with several seeds of a folder of models. */
  readonly output: string;
  readonly seeds: readonly number[];
  readonly threads: number | undefined;
  readonly backend: BackendName | undefined;
  readonly checkpoints: {
    readonly everySeconds?: number | undefined;
    readonly everySteps?: number | undefined;
  };
  /** Folder of the report; undefined: beside the model; false: none. */
  readonly report: string | false | undefined;
}
