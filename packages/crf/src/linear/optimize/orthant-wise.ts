import { DECREASE, MAX_STEP, MIN_STEP } from './line-search.js';
import type { Objective } from './objective.js';

/*
 * The parts of OWL-QN (G. Andrew and J. Gao, Scalable training of L1-regularized log-linear models, ICML 2007): L-BFGS for
 * f(x) + c1 · |x|₁, which has no gradient where a variable is 0. Each step stays in one orthant.
 */

export function l1Norm(x: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < x.length; i++) sum += Math.abs(x[i]);
  return sum;
}

/** Of the slopes that f + c1 · |x|₁ has at x the one nearest to 0: variables at 0 stay there while |gradient| <= c1. */
export function pseudoGradient(
  x: Float64Array,
  gradient: Float64Array,
  c1: number,
  pseudo: Float64Array,
): void {
  for (let i = 0; i < x.length; i++) {
    const slope = gradient[i];
    if (x[i] < 0) pseudo[i] = slope - c1;
    else if (x[i] > 0) pseudo[i] = slope + c1;
    else if (slope < -c1) pseudo[i] = slope + c1;
    else if (slope > c1) pseudo[i] = slope - c1;
    else pseudo[i] = 0;
  }
}

/** Sets the parts of a search direction to 0 that do not go down. */
export function alignDirection(direction: Float64Array, pseudo: Float64Array): void {
  for (let i = 0; i < direction.length; i++) if (direction[i] * pseudo[i] >= 0) direction[i] = 0;
}

/** State of a search: where it starts and which way it goes; `x` and `gradient` are overwritten. */
export interface OrthantRay {
  readonly objective: Objective;
  readonly c1: number;
  readonly start: Float64Array;
  readonly pseudo: Float64Array;
  readonly direction: Float64Array;
  readonly x: Float64Array;
  readonly gradient: Float64Array;
  /** f + c1 · |x|₁ at the start. */
  readonly value: number;
}

/** Halves the step until the point, put back into the orthant of the start, is low enough. */
export async function orthantSearch(
  { objective, c1, start, pseudo, direction, x, gradient, value: startValue }: OrthantRay,
  firstStep: number,
  maxEvaluations: number,
): Promise<{ step: number; value: number; evaluations: number } | undefined> {
  let step = firstStep;
  for (let evaluations = 1; evaluations <= maxEvaluations; evaluations++) {
    let decrease = 0;
    for (let i = 0; i < x.length; i++) {
      // At 0 the orthant is the one that the slope points down to.
      const orthant = start[i] === 0 ? -pseudo[i] : start[i];
      const moved = start[i] + step * direction[i];
      x[i] = moved * orthant > 0 ? moved : 0;
      decrease += (x[i] - start[i]) * pseudo[i];
    }
    const value = (await objective.evaluate(x, gradient)) + c1 * l1Norm(x);
    if (value <= startValue + DECREASE * decrease) return { step, value, evaluations };
    step *= 0.5;
    if (step < MIN_STEP || step > MAX_STEP) return undefined;
  }
  return undefined;
}
