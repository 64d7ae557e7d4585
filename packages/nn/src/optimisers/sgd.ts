import { coast } from './coast.js';
import { checkHyperparameter, rateAt, type LearningRate } from './learning-rate.js';
import { createOptimizer, type Optimizer } from './optimizer.js';
import type { Rule } from './rule.js';
import { StepTable } from './steps.js';

export interface SgdOptions {
  readonly learningRate: LearningRate;
  /** The rate at step t, from 1, is `learningRate / (1 + decay (t - 1))`; 0 unless told. */
  readonly decay?: number;
  /** How much of the last step is taken again; 0 unless told. */
  readonly momentum?: number;
}

/**
 * Gradient descent: `x ← x - rate g`. With momentum (Polyak 1964, in the form of Sutskever and others, ICML 2013, with the
 * rate outside): `v ← momentum v + g`, `x ← x - rate v`; rows of a table then move on at steps that don't see them.
 */
export function sgd(options: SgdOptions): Optimizer {
  const { learningRate, decay = 0, momentum = 0 } = options;
  checkHyperparameter('decay', decay, 0, Infinity);
  checkHyperparameter('momentum', momentum, 0, 1);
  const rate = rateAt(learningRate);
  const rates = new StepTable((step) => rate(step) / (1 + decay * (step - 1)));
  // Rates that do not rise.
  const steady = typeof learningRate === 'number';
  return createOptimizer('sgd', momentum === 0 ? plain(rates) : withMomentum(rates, momentum, steady));
}

function plain(rates: StepTable): Rule {
  return {
    slots: [],
    drifts: false,
    prepare(step) {
      rates.value(step);
    },
    update({ run }, { values, count }, gradient, step) {
      run.descend(values, gradient, count, rates.value(step));
    },
    idle() {
      // Nothing is kept, and nothing moves.
    },
  };
}

function withMomentum(rates: StepTable, momentum: number, steady: boolean): Rule {
  return {
    slots: ['velocity'],
    drifts: true,
    prepare(step) {
      rates.value(step);
    },
    update({ run }, { values, slots: [velocity], count }, gradient, step) {
      run.descendWithMomentum(values, velocity, gradient, count, momentum, rates.value(step));
    },
    idle(kernels, { values, slots: [velocity], count }, first, last) {
      const { run } = kernels;
      const next = coast(kernels, [rates], first, last, ([at], _, steps) =>
        run.coast(values, velocity, count, momentum, at, steps, steady),
      );
      // Each change is smaller than the one before it: after one that is not seen none is.
      run.decay(velocity, count, momentum, last - next + 1);
    },
  };
}
