import { availableParallelism } from 'node:os';
import { trainNeural, type NeuralTrainingResult } from '@cognate/experiments/neural';
import { neuralThreads } from '@cognate/experiments/node';
import type { LanguageData, NeuralRecipe } from '@cognate/experiments';
import type { Sentence } from '@cognate/corpora';
import type { BackendChoice, BackendName } from '@cognate/nn';
import { folderStore } from '@cognate/trainer/folder';
import { Interrupted } from '../failure.js';
import { followNeural, type NeuralCourse } from './follow-neural.js';
import { interruptible } from '../interruptible.js';
import { inWordsOfTheProgram, wayOn } from './checkpoint-words.js';
import type { Monitor } from './monitor.js';
import type { CheckpointPlace } from './plan.js';
import { wantedBackend } from './wanted-backend.js';

export interface NeuralFit {
  readonly target: LanguageData;
  readonly sources: readonly LanguageData[];
  readonly dev?: readonly Sentence[] | undefined;
  readonly recipe: NeuralRecipe;
  readonly seed: number;
  /** As many as there are cores, two at most, unless told: more of them share a batch of sixteen badly. */
  readonly threads?: number | undefined;
  readonly backend?: BackendName | undefined;
  /** A folder for checkpoints, from which a run that was cut off goes on. It is not taken away. */
  readonly checkpoints?: CheckpointPlace | undefined;
  /** How to go on, for the one who interrupts it. */
  readonly resume?: string | undefined;
  readonly monitor: Monitor;
}

/**
 * Trains a neural tagger and tells the monitor, until it is done or interrupted.
 *
 * @throws Interrupted that says where the training stands and how to go on; Failure where a checkpoint is of another training
 */
export async function fitNeural(
  fit: NeuralFit,
): Promise<NeuralTrainingResult & { readonly backend: BackendChoice }> {
  const backend = await wantedBackend(fit.backend);
  // tfjs-node has threads of its own.
  const own = backend.backend === 'tensorflow' ? 1 : Math.min(2, availableParallelism());
  const threads = fit.threads ?? own;
  const course: NeuralCourse = { stored: false };
  const { checkpoints, monitor } = fit;
  try {
    const result = await interruptible(
      (signal) =>
        trainNeural({
          target: fit.target,
          sources: fit.sources,
          dev: fit.dev,
          recipe: fit.recipe,
          seed: fit.seed,
          ...(threads > 1 && { threads: neuralThreads({ threads, backend }) }),
          ...(checkpoints && {
            checkpoints: {
              store: folderStore(checkpoints.folder),
              everySeconds: checkpoints.everySeconds,
              everySteps: checkpoints.everySteps,
            },
          }),
          signal,
          events: followNeural(fit.recipe, monitor, course),
        }),
      (signal) => {
        monitor.stop();
        monitor.say(
          `${signal}: ${checkpoints ? 'storing a checkpoint' : 'stopping'} after this step; once more stops at once`,
        );
      },
    );
    return { ...result, backend };
  } catch (error) {
    if (error instanceof Interrupted) throw new Interrupted(describe(fit, course), error.signal);
    throw inWordsOfTheProgram(error);
  } finally {
    monitor.stop();
  }
}

function describe({ checkpoints, resume }: NeuralFit, { aborted, stored }: NeuralCourse): string {
  const where = aborted
    ? `interrupted in ${aborted.phase === 'joint' ? '' : 'the fine-tuning, '}epoch ${aborted.epoch}, after ${aborted.step}${aborted.of > 0 ? ` of ${aborted.of}` : ''} steps`
    : 'interrupted before the first step';
  return wayOn(where, stored ? checkpoints : undefined, resume);
}
