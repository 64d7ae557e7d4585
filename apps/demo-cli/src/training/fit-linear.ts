import type { Sentence } from '@cognate/corpora';
import type { LinearRecipe } from '@cognate/experiments';
import { LinearTagger, type LinearTrainOptions } from '@cognate/tagger';
import { folderStore } from '@cognate/trainer/folder';
import { Interrupted } from '../failure.js';
import { interruptible } from '../interruptible.js';
import { inWordsOfTheProgram, wayOn } from './checkpoint-words.js';
import type { Monitor } from './monitor.js';
import type { CheckpointPlace } from './plan.js';

export interface LinearFit {
  readonly sentences: readonly Sentence[];
  readonly language: string | undefined;
  /** Whether some of the sentences are of other languages. */
  readonly hasSources: boolean;
  readonly recipe: LinearRecipe;
  /** A folder for checkpoints, from which a run that was cut off goes on. It is not taken away. */
  readonly checkpoints?: CheckpointPlace | undefined;
  /** How to go on, for the one who interrupts it. */
  readonly resume?: string | undefined;
  readonly monitor: Monitor;
}

/** A tagger, and the loss after each iteration. */
export interface LinearResult {
  readonly tagger: LinearTagger;
  readonly losses: readonly number[];
}

/** Elsewhere than at a terminal every so many iterations have a line. */
const linesEvery = 10;

/**
 * Trains a linear tagger and tells the monitor, until it is done or interrupted.
 *
 * @throws Interrupted that says where the training stands and how to go on; Failure where a checkpoint is of another training
 */
export async function fitLinear(fit: LinearFit): Promise<LinearResult> {
  const { sentences, language, hasSources, recipe, checkpoints, monitor } = fit;
  const { templates, scheme, params, targetRepeat, augment } = recipe;
  const losses: number[] = [];
  const course = { stored: false };
  const follow: LinearTrainOptions['onEvent'] = (event) => {
    monitor.log({ ...event });
    switch (event.type) {
      case 'resume':
        course.stored = true;
        losses.push(...event.losses);
        for (const other of event.damaged)
          monitor.say(`${other.checkpoint} is passed over: ${other.problem}`);
        monitor.say(`going on from ${event.checkpoint}: ${event.iterations} iterations made`);
        break;
      case 'iteration': {
        const { iteration, loss } = event;
        losses.push(loss);
        monitor.status({
          done: iteration,
          total: params.max_iterations,
          words: `iteration ${iteration} of at most ${params.max_iterations}, loss ${loss.toFixed(1)}`,
          milestone: iteration % linesEvery === 0,
        });
        break;
      }
      case 'checkpoint':
        course.stored = true;
        break;
      default:
    }
  };
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
          ...(checkpoints && {
            checkpoints: {
              store: folderStore(checkpoints.folder),
              everySeconds: checkpoints.everySeconds,
              everyIterations: checkpoints.everySteps,
            },
          }),
          onEvent: follow,
        }),
      (signal) => {
        monitor.stop();
        monitor.say(
          `${signal}: ${checkpoints ? 'storing a checkpoint' : 'stopping'} after this iteration; once more stops at once`,
        );
      },
    );
    return { tagger, losses };
  } catch (error) {
    if (!(error instanceof Interrupted)) throw inWordsOfTheProgram(error);
    const where = `interrupted after ${losses.length} iterations`;
    throw new Interrupted(wayOn(where, course.stored ? checkpoints : undefined, fit.resume), error.signal);
  } finally {
    monitor.stop();
  }
}
