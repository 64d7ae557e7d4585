import type { Sentence } from '@cognate/corpora';
import type { LinearRecipe } from '@cognate/experiments';
import { LinearTagger } from '@cognate/tagger';
import { Interrupted } from '../failure.js';
import { interruptible } from '../interruptible.js';
import type { Monitor } from './monitor.js';

export interface LinearFit {
  readonly sentences: readonly Sentence[];
  readonly language: string | undefined;
  /** Whether some of the sentences are of other languages. */
  readonly hasSources: boolean;
  readonly recipe: LinearRecipe;
  readonly monitor: Monitor;
}

/** A tagger, and the loss after each iteration. */
export interface LinearResult {
  readonly tagger: LinearTagger;
  readonly losses: readonly number[];
}

/** Elsewhere than at a terminal every so many iterations have a line. */
const linesEvery = 10;

/** Trains a linear tagger and tells the monitor, until it is done or interrupted. */
export async function fitLinear({
  sentences,
  language,
  hasSources,
  recipe,
  monitor,
}: LinearFit): Promise<LinearResult> {
  const { templates, scheme, params, targetRepeat, augment } = recipe;
  const losses: number[] = [];
  try {
    const tagger = await interruptible(
      (signal) =>
        LinearTagger.train(sentences, {
          language,
          templates,
          scheme,
          augment: augment && hasSources,
          targetRepeat,
          params,
          signal,
          onEvent: (event) => {
            monitor.log({ ...event });
            if (event.type !== 'iteration') return;
            const { iteration, loss } = event;
            losses.push(loss);
            monitor.status({
              done: iteration,
              total: params.max_iterations,
              words: `iteration ${iteration} of at most ${params.max_iterations}, loss ${loss.toFixed(1)}`,
              milestone: iteration % linesEvery === 0,
            });
          },
        }),
      (signal) => {
        monitor.stop();
        monitor.say(`${signal}: stopping after this iteration; once more stops at once`);
      },
    );
    return { tagger, losses };
  } catch (error) {
    if (!(error instanceof Interrupted)) throw error;
    throw new Interrupted(
      `interrupted after ${losses.length} iterations; nothing was written. A linear model has no checkpoints: the same command begins anew`,
      error.signal,
    );
  } finally {
    monitor.stop();
  }
}
