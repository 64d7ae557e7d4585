import { decaySigned } from './decay.js';
import { checkHyperparameter, rateAt, type LearningRate } from './learning-rate.js';
import { createOptimizer, type Optimizer } from './optimizer.js';
import { SMALLEST, type Rule } from './rule.js';

export interface SgdOptions {
  readonly learningRate: LearningRate;
  /** The rate at step t, from 1, is `learningRate / (1 + decay (t - 1))`; 0 unless told. */
  readonly decay?: number;
  /** How much of the last step is taken again; 0 unless told. */
  readonly momentum?: number;
}

const { abs, fround } = Math;

/**
 * Gradient descent: `x ← x - rate g`. With momentum (Polyak 1964, in the form of Sutskever and others, ICML 2013, with the
 * rate outside): `v ← momentum v + g`, `x ← x - rate v`; rows of a table then move on at steps that don't see them.
 */
export function sgd(options: SgdOptions): Optimizer {
  const { learningRate, decay = 0, momentum = 0 } = options;
  checkHyperparameter('decay', decay, 0, Infinity);
  checkHyperparameter('momentum', momentum, 0, 1);
  const base = rateAt(learningRate);
  const rate = (step: number) => fround(base(step) / (1 + decay * (step - 1)));
  // A rate that doesn't rise.
  const steady = typeof learningRate === 'number';
  return createOptimizer('sgd', momentum === 0 ? plain(rate) : withMomentum(rate, fround(momentum), steady));
}

function plain(rate: (step: number) => number): Rule {
  return {
    slots: [],
    drifts: false,
    update(values, _slots, start, end, gradient, at, step) {
      const scale = rate(step);
      for (let i = start, k = at; i < end; i++, k++) values[i] -= fround(scale * gradient[k]);
    },
    idle() {
      // Nothing is kept, and nothing moves.
    },
  };
}

function withMomentum(rate: (step: number) => number, momentum: number, steady: boolean): Rule {
  return {
    slots: ['velocity'],
    drifts: true,
    update(values, [velocity], start, end, gradient, at, step) {
      const scale = rate(step);
      for (let i = start, k = at; i < end; i++, k++) {
        let v = fround(fround(momentum * velocity[i]) + gradient[k]);
        if (abs(v) < SMALLEST) v = 0;
        velocity[i] = v;
        values[i] -= fround(scale * v);
      }
    },
    idle(values, [velocity], start, end, first, last) {
      let step = first;
      for (let moving = true; moving && step <= last; step++) {
        const scale = rate(step);
        moving = false;
        for (let i = start; i < end; i++) {
          let v = fround(momentum * velocity[i]);
          if (abs(v) < SMALLEST) v = 0;
          velocity[i] = v;
          const before = values[i];
          values[i] = before - fround(scale * v);
          moving ||= steady ? values[i] !== before : v !== 0;
        }
      }
      // Each change is smaller than the one before it, so that none will be seen after one that wasn't.
      decaySigned(velocity, start, end, momentum, last - step + 1);
    },
  };
}
