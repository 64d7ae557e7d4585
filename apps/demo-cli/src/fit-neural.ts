import { rm } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { trainNeural, type NeuralTrainingResult } from '@cognate/experiments/neural';
import { neuralThreads } from '@cognate/experiments/node';
import type { LanguageData, NeuralRecipe } from '@cognate/experiments';
import type { Sentence } from '@cognate/corpora';
import { selectBackend, type BackendChoice, type BackendName } from '@cognate/nn';
import type { TrainEvent } from '@cognate/trainer';
import { folderStore } from '@cognate/trainer/node';
import { interruptible } from './interruptible.js';
import { progress } from './terminal/progress.js';

export interface NeuralFit {
  readonly target: LanguageData;
  readonly sources: readonly LanguageData[];
  readonly dev?: readonly Sentence[] | undefined;
  readonly recipe: NeuralRecipe;
  readonly seed: number;
  /** As many as there are cores, two at most, unless told: more of them share a batch of sixteen badly. */
  readonly threads?: number | undefined;
  readonly backend?: BackendName | undefined;
  /** A folder for checkpoints, from which a run that was cut off goes on; it is gone when the training is over. */
  readonly checkpoints?: string | undefined;
  /** Before the progress bar. */
  readonly title?: string;
}

/** Trains a neural tagger with progress at the terminal, until it is done or interrupted. */
export async function fitNeural(
  fit: NeuralFit,
): Promise<NeuralTrainingResult & { readonly backend: BackendChoice }> {
  const backend = await selectBackend({ ...(fit.backend && { prefer: fit.backend }) });
  // tfjs-node has threads of its own.
  const own = backend.backend === 'tensorflow' ? 1 : Math.min(2, availableParallelism());
  const threads = fit.threads ?? own;
  const bar = progress(fit.title ?? 'training');
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
          ...(fit.checkpoints !== undefined && { checkpoints: { store: folderStore(fit.checkpoints) } }),
          signal,
          events: report(fit.recipe, bar),
        }),
      fit.checkpoints === undefined
        ? undefined
        : 'interrupted; the same command goes on from where it stopped (--fresh begins anew)',
    );
    if (fit.checkpoints !== undefined) await rm(fit.checkpoints, { recursive: true, force: true });
    return { ...result, backend };
  } finally {
    bar.stop();
  }
}

function report(recipe: NeuralRecipe, bar: ReturnType<typeof progress>): (event: TrainEvent) => void {
  const { epochs } = recipe.training;
  let best = '';
  return (event) => {
    if (event.type === 'step') {
      const done = event.phase === 'joint' ? (event.epoch - 1) * event.of + event.step : event.step;
      const loss = (event.loss / event.sentences).toFixed(2);
      const all = event.phase === 'joint' ? epochs * event.of : event.of;
      bar.update(
        done,
        all,
        `${event.phase === 'joint' ? '' : 'fine-tuning, '}epoch ${event.epoch}, loss ${loss}${best}`,
      );
    } else if (event.type === 'epoch' && event.best === true && event.dev !== undefined) {
      best = `, dev F1 ${(100 * event.dev).toFixed(1)}`;
    }
  };
}
