import { collectWeights, placeWeights } from '../online/kernel.js';
import type { CompleteParams } from '../params.js';
import { decodingEpochs } from './mistake-driven.js';
import type { OnlineResult, OnlineRun } from './online-run.js';

/** Adaptive regularisation of weights (K. Crammer, A. Kulesza, M. Dredze, NIPS 2009) with a diagonal covariance. */
export function arow(run: OnlineRun<'arow'>, params: CompleteParams<'arow'>): Promise<OnlineResult> {
  const { kernel } = run;
  const { weights } = kernel;
  const variances = new Float64Array(weights.length).fill(params.variance);
  const { gamma } = params;
  return decodingEpochs(run, params.max_iterations, {
    onMistake({ sequence, weight, wrong, score, difference }) {
      const cost = score - kernel.scoreOfTags(sequence) + wrong;
      difference.merge();
      const { places, values, count } = difference;
      let variance = gamma;
      for (let i = 0; i < count; i++) {
        const value = weight * values[i];
        variance += value * value * variances[places[i]];
      }
      const alpha = cost / variance;
      for (let i = 0; i < count; i++) {
        const place = places[i];
        const value = weight * values[i];
        weights[place] += alpha * variances[place] * value;
        variances[place] = 1 / (1 / variances[place] + (value * value) / gamma);
      }
      return cost * weight;
    },
    onNext: () => undefined,
    save: () => ({ numbers: {}, arrays: { variances: collectWeights(kernel, variances) } }),
    restore(state) {
      placeWeights(kernel, variances, state.floats('variances', kernel.places.length));
    },
    isEnough: (meanLoss) => meanLoss <= params.epsilon,
    model: () => weights,
    measured: (model) => model,
  });
}
