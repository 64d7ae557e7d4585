import type { CompleteParams } from '../params.js';
import { decodingEpochs } from './mistake-driven.js';
import type { OnlineResult, OnlineRun } from './online-run.js';
import { WeightAverage } from './weight-average.js';

/** Passive-aggressive training (K. Crammer et al., Online passive-aggressive algorithms, JMLR 7, 2006). */
export function passiveAggressive(run: OnlineRun<'pa'>, params: CompleteParams<'pa'>): Promise<OnlineResult> {
  const { kernel } = run;
  const { weights } = kernel;
  const average = new WeightAverage(kernel);
  const { type, c, error_sensitive: errorSensitive, averaging } = params;
  return decodingEpochs(run, params.max_iterations, {
    onMistake({ sequence, weight, wrong, score, difference }) {
      const cost = score - kernel.scoreOfTags(sequence) + (errorSensitive ? Math.sqrt(wrong) : 1);
      difference.merge();
      const length = difference.squaredLength();
      // Where no feature tells the two taggings apart, no step would help.
      if (length > 0) {
        const step =
          type === 0 ? cost / length : type === 1 ? Math.min(c, cost / length) : cost / (length + 0.5 / c);
        average.add(difference, step * weight);
      }
      return cost * weight;
    },
    onNext: () => {
      average.next();
    },
    save: () => average.save(),
    restore: (state) => {
      average.restore(state);
    },
    isEnough: (meanLoss) => meanLoss < params.epsilon,
    model: () => (averaging ? average.mean() : weights),
    measured: () => weights,
  });
}
