import { coast } from './coast.js';
import { checkHyperparameter, rateAt, type LearningRate } from './learning-rate.js';
import { createOptimizer, type Optimizer } from './optimizer.js';
import { StepTable } from './steps.js';

export interface AdamOptions {
  /** 0.001 unless told. */
  readonly learningRate?: LearningRate;
  /** How much of the running mean of gradients is kept at a step; 0.9 unless told. */
  readonly beta1?: number;
  /** How much of the running mean of their squares is kept at a step; 0.999 unless told. */
  readonly beta2?: number;
  /** Added to the root of the running mean of squares, at least 1e-30; 1e-8 unless told. */
  readonly epsilon?: number;
}

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
  checkHyperparameter('epsilon', epsilon, 1e-30, Infinity);
  const rate = rateAt(learningRate);

  // Numerator and denominator of the published formula are multiplied by √(1 - beta2^t) here.
  const root = (step: number) => Math.sqrt(1 - beta2 ** step);
  const scales = new StepTable((step) => (rate(step) * root(step)) / (1 - beta1 ** step));
  const smalls = new StepTable((step) => epsilon * root(step));
  const steadyFrom =
    typeof learningRate === 'number' && epsilon >= 1e-12 ? firstSteadyStep(beta1, beta2, root) : Infinity;

  return createOptimizer('adam', {
    slots: ['mean', 'squares'],
    drifts: true,
    prepare(step) {
      scales.value(step);
    },
    update({ run }, { values, slots: [mean, squares], count }, gradient, step) {
      const [scale, small] = [scales.value(step), smalls.value(step)];
      run.adam(values, mean, squares, gradient, count, beta1, 1 - beta1, beta2, 1 - beta2, scale, small);
    },
    idle(kernels, { values, slots: [mean, squares], count }, first, last) {
      const { run } = kernels;
      const next = coast(kernels, [scales, smalls], first, last, ([at, atSmalls], from, steps) => {
        // At most what the kernel can count to.
        const steady = Math.max(0, Math.min(steadyFrom - from, steps));
        return run.adamCoast(values, mean, squares, count, beta1, beta2, at, atSmalls, steps, steady);
      });
      run.decay(mean, count, beta1, last - next + 1);
      run.decay(squares, count, beta2, last - next + 1);
    },
  });
}

/**
 * The step from which on each change without a gradient is smaller than the one before it, so that one that is too small to be seen
 * is the last to be looked at. The change is at most beta1 / √beta2, from m and v, times the growth of √(1 - beta2^t), times
 * the one before; 1 - beta1^t and epsilon can only make it smaller. (With a tiny epsilon it could jump when v is set to 0.)
 * 0.999 leaves room for rounding. The growth falls with the steps.
 */
function firstSteadyStep(beta1: number, beta2: number, root: (step: number) => number): number {
  for (let step = 1; step <= 1000; step++) {
    if ((beta1 / Math.sqrt(beta2)) * (root(step + 1) / root(step)) < 0.999) return step;
  }
  return Infinity;
}
