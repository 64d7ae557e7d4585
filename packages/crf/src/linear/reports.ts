import type { Breathe } from './breathe.js';
import type { Corpus } from './corpus.js';
import type { EndEvent, HoldoutResult, IterationEvent, TrainEvent } from './events.js';
import type { FeatureSet } from './features.js';
import { evaluateHoldout, holdoutResult, type HoldoutCounts } from './holdout.js';

/** What a training tells of its iterations and its end, whatever the algorithm. */
export class Reports {
  readonly #features: FeatureSet;
  readonly #tags: readonly string[];
  readonly #holdout: Corpus | undefined;
  readonly #options: {
    readonly onEvent: ((event: TrainEvent) => void) | undefined;
    readonly stopWhen: ((iteration: IterationEvent) => boolean) | undefined;
    readonly signal: AbortSignal | undefined;
  };
  readonly #breathe: Breathe;
  /** The loss of each iteration so far. */
  readonly losses: number[] = [];
  /** The iteration with the lowest loss on the held-out data so far. */
  best: { readonly iteration: number; readonly counts: HoldoutCounts } | undefined;

  constructor(
    data: {
      readonly features: FeatureSet;
      readonly tags: readonly string[];
      readonly holdout: Corpus | undefined;
    },
    options: {
      readonly onEvent: ((event: TrainEvent) => void) | undefined;
      readonly stopWhen: ((iteration: IterationEvent) => boolean) | undefined;
      readonly signal: AbortSignal | undefined;
    },
    breathe: Breathe,
  ) {
    this.#features = data.features;
    this.#tags = data.tags;
    this.#holdout = data.holdout;
    this.#options = options;
    this.#breathe = breathe;
  }

  /**
   * Evaluates the held-out data with `weights()` [numFeatures], if there is any, and reports the event that `make` makes. True:
   * the caller wants the training to end.
   */
  async iteration(
    iteration: number,
    weights: () => Float64Array,
    make: (holdout: { readonly holdout?: HoldoutResult }) => IterationEvent,
  ): Promise<boolean> {
    // Small data may take less than a pause's time for all iterations: an abort is seen here at the latest.
    this.#options.signal?.throwIfAborted();
    const holdout = this.#holdout;
    const counts = holdout && (await evaluateHoldout(holdout, this.#features, weights(), this.#breathe));
    if (counts && !(this.best && this.best.counts.loss <= counts.loss)) {
      this.best = { iteration, counts };
    }
    const event = make(counts ? { holdout: holdoutResult(holdout, this.#tags, counts) } : {});
    this.#options.onEvent?.(event);
    const stop = this.#options.stopWhen?.(event) ?? false;
    // Last: where a listener throws, checkpoints do not count this iteration.
    this.losses.push(event.loss);
    return stop;
  }

  end(
    { reason, iterations, loss }: Pick<EndEvent, 'reason' | 'iterations' | 'loss'>,
    weights: Float64Array, // [numFeatures]
  ): void {
    const best = this.best;
    const holdout = this.#holdout;
    this.#options.onEvent?.({
      type: 'end',
      reason,
      iterations,
      loss,
      activeFeatures: countActive(weights),
      ...(best &&
        holdout && {
          bestHoldout: {
            iteration: best.iteration,
            result: holdoutResult(holdout, this.#tags, best.counts),
          },
        }),
    });
  }
}

/** Weights that are not 0. */
export function countActive(weights: Float64Array): number {
  let active = 0;
  for (let k = 0; k < weights.length; k++) if (weights[k] !== 0) active++;
  return active;
}
