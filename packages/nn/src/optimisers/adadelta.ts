import { checkHyperparameter, rateAt, type LearningRate } from './learning-rate.js';
import { createOptimizer, type Optimizer } from './optimizer.js';
import { StepTable } from './steps.js';

export interface AdadeltaOptions {
  /** 1 unless told, as in the publication, which has none. */
  readonly learningRate?: LearningRate;
  /** How much of the running means of squares is kept at a step; 0.95 unless told. */
  readonly rho?: number;
  /** Added to the running means, at least 1e-30; 1e-6 unless told. */
  readonly epsilon?: number;
}

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
  checkHyperparameter('epsilon', epsilon, 1e-30, Infinity);
  const rates = new StepTable(rateAt(learningRate));

  return createOptimizer('adadelta', {
    slots: ['gradients', 'steps'],
    drifts: false,
    prepare(step) {
      rates.value(step);
    },
    update({ run }, { values, slots: [gradients, steps], count }, gradient, step) {
      run.adadelta(values, gradients, steps, gradient, count, rho, 1 - rho, epsilon, rates.value(step));
    },
    idle({ run }, { slots: [gradients, steps], count }, first, last) {
      run.decay(gradients, count, rho, last - first + 1);
      run.decay(steps, count, rho, last - first + 1);
    },
  });
}
