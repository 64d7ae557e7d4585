import { decay, decaySigned } from './decay.js';
import { checkHyperparameter, rateAt, type LearningRate } from './learning-rate.js';
import { createOptimizer, type Optimizer } from './optimizer.js';
import { SMALLEST } from './rule.js';

export interface AdamOptions {
  /** 0.001 unless told. */
  readonly learningRate?: LearningRate;
  /** How much of the running mean of gradients is kept at a step; 0.9 unless told. */
  readonly beta1?: number;
  /** How much of the running mean of their squares is kept at a step; 0.999 unless told. */
  readonly beta2?: number;
  /** Added to the root of the running mean of squares; 1e-8 unless told. */
  readonly epsilon?: number;
}

const { abs, fround, sqrt } = Math;

/**
 * Adam: Kingma and Ba, "Adam: a method for stochastic optimization", ICLR 2015, algorithm 1. With g the gradient at step t,
 * m ← beta1 m + (1 - beta1) g and v ← beta2 v + (1 - beta2) g²:
 *
 *     x ← x - learningRate (m / (1 - beta1^t)) / (√(v / (1 - beta2^t)) + epsilon)
 *
 * Rows of a table move on at steps that don't see them, as in the publication, where all is dense.
 */
export function adam(options: AdamOptions = {}): Optimizer {
  const { learningRate = 1e-3, beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8 } = options;
  checkHyperparameter('beta1', beta1, 0, 1);
  checkHyperparameter('beta2', beta2, 0, 1);
  checkHyperparameter('epsilon', epsilon, SMALLEST, Infinity);
  const rate = rateAt(learningRate);
  const keep1 = fround(beta1);
  const keep2 = fround(beta2);
  const take1 = fround(1 - beta1);
  const take2 = fround(1 - beta2);

  // √(1 - beta2^t), by which numerator and denominator of the published formula are multiplied here.
  const rootAt = (step: number) => sqrt(1 - beta2 ** step);
  const smallAt = (step: number) => fround(epsilon * rootAt(step));
  const scaleAt = (step: number) => fround((rate(step) * rootAt(step)) / (1 - beta1 ** step));

  // Without gradients a change is at most this times the one before it: beta1 / √beta2 from m and v, and the rest from
  // rootAt; 1 - beta1^t and epsilon can only make it smaller. It falls with the steps.
  const shrinkAt = (step: number) => ((beta1 / sqrt(beta2)) * rootAt(step + 1)) / rootAt(step);
  // (An epsilon that isn't tiny keeps the denominator from jumping when a v becomes 0.)
  const steady = typeof learningRate === 'number' && epsilon >= 1e-12;

  return createOptimizer('adam', {
    slots: ['mean', 'squares'],
    drifts: true,
    update(values, [mean, squares], start, end, gradient, at, step) {
      const scale = scaleAt(step);
      const small = smallAt(step);
      for (let i = start, k = at; i < end; i++, k++) {
        const g = gradient[k];
        let m = fround(fround(keep1 * mean[i]) + fround(take1 * g));
        if (abs(m) < SMALLEST) m = 0;
        let v = fround(fround(keep2 * squares[i]) + fround(take2 * fround(g * g)));
        if (v < SMALLEST) v = 0;
        mean[i] = m;
        squares[i] = v;
        values[i] -= fround(fround(scale * m) / fround(fround(sqrt(v)) + small));
      }
    },
    idle(values, [mean, squares], start, end, first, last) {
      let step = first;
      for (let moving = true; moving && step <= last; step++) {
        const scale = scaleAt(step);
        const small = smallAt(step);
        moving = false;
        for (let i = start; i < end; i++) {
          let m = fround(keep1 * mean[i]);
          if (abs(m) < SMALLEST) m = 0;
          let v = fround(keep2 * squares[i]);
          if (v < SMALLEST) v = 0;
          mean[i] = m;
          squares[i] = v;
          const before = values[i];
          values[i] = before - fround(fround(scale * m) / fround(fround(sqrt(v)) + small));
          moving ||= values[i] !== before;
        }
        // What is too small to change a number now stays so, if each change is smaller than the one before: far enough below
        // 1 that rounding doesn't matter.
        moving ||= !(steady && shrinkAt(step) < 0.999) && anyNonZero(mean, start, end);
      }
      decaySigned(mean, start, end, keep1, last - step + 1);
      decay(squares, start, end, keep2, last - step + 1);
    },
  });
}

function anyNonZero(values: Float32Array, start: number, end: number): boolean {
  for (let i = start; i < end; i++) if (values[i] !== 0) return true;
  return false;
}
