import { decay } from './decay.js';
import { checkHyperparameter, rateAt, type LearningRate } from './learning-rate.js';
import { createOptimizer, type Optimizer } from './optimizer.js';
import { SMALLEST } from './rule.js';

export interface AdadeltaOptions {
  /** 1 unless told, as in the publication, which has none. */
  readonly learningRate?: LearningRate;
  /** How much of the running means of squares is kept at a step; 0.95 unless told. */
  readonly rho?: number;
  /** Added to the running means; 1e-6 unless told. */
  readonly epsilon?: number;
}

const { fround, sqrt } = Math;

/**
 * ADADELTA: Zeiler, "ADADELTA: an adaptive learning rate method", arXiv 1212.5701, algorithm 1. With g the gradient and E[·] a
 * running mean, E[a] ← rho E[a] + (1 - rho) a:
 *
 *     E[g²] first, then  d = g √(E[d²] + epsilon) / √(E[g²] + epsilon), then E[d²], and x ← x - learningRate d
 *
 * (`tf.train.adadelta` divides by the E[g²] of the step before.)
 */
export function adadelta(options: AdadeltaOptions = {}): Optimizer {
  const { learningRate = 1, rho = 0.95, epsilon = 1e-6 } = options;
  checkHyperparameter('rho', rho, 0, 1);
  checkHyperparameter('epsilon', epsilon, SMALLEST, Infinity);
  const rate = rateAt(learningRate);
  const keep = fround(rho);
  const take = fround(1 - rho);
  const small = fround(epsilon);

  return createOptimizer('adadelta', {
    slots: ['gradients', 'steps'],
    drifts: false,
    update(values, [gradients, steps], start, end, gradient, at, step) {
      const scale = fround(rate(step));
      for (let i = start, k = at; i < end; i++, k++) {
        const g = gradient[k];
        let meanG = fround(fround(keep * gradients[i]) + fround(take * fround(g * g)));
        if (meanG < SMALLEST) meanG = 0;
        const ratio = fround(fround(steps[i] + small) / fround(meanG + small));
        const d = fround(g * fround(sqrt(ratio)));
        const meanD = fround(fround(keep * steps[i]) + fround(take * fround(d * d)));
        gradients[i] = meanG;
        steps[i] = meanD < SMALLEST ? 0 : meanD;
        values[i] -= fround(scale * d);
      }
    },
    idle(_values, [gradients, steps], start, end, first, last) {
      decay(gradients, start, end, keep, last - first + 1);
      decay(steps, start, end, keep, last - first + 1);
    },
  });
}
