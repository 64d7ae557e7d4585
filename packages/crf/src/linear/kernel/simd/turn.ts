import type { SimdFunctions } from './exports.js';

/** A step that is remembered: addresses of x - previous x and gradient - previous gradient, and their product. */
export interface RememberedStep {
  readonly step: number;
  readonly change: number;
  readonly curvature: number;
}

/** Addresses of what a `Turn` names, and of what the history remembers. */
export interface TurnAddresses {
  readonly x: number;
  readonly previousX: number;
  readonly gradient: number;
  readonly previousGradient: number;
  readonly slope: number;
  readonly direction: number;
  /** Where the new step goes. */
  readonly step: number;
  readonly change: number;
  /** Those before it whose curvature is above 0, the newest first. */
  readonly older: readonly RememberedStep[];
}

/** Adds up each thread's part of a sum, in the order of threads; every thread gets the whole. */
export type Meet = (part: number) => number;

/**
 * One thread's part, elements `from` to `to`, of a turn of L-BFGS (J. Nocedal and S. Wright, Numerical Optimization, algorithm 7.4):
 * remembers the step and sets the direction. Each pass over the vectors also makes the product that the next one needs. Gives the
 * curvature of the step.
 */
export function turn(
  functions: SimdFunctions,
  at: TurnAddresses,
  from: number,
  to: number,
  meet: Meet,
): number {
  const { direction } = at;
  functions.step(at.step, at.x, -1, at.previousX, from, to);
  functions.step(at.change, at.gradient, -1, at.previousGradient, from, to);
  const curvature = meet(functions.dot(at.step, at.change, from, to));
  const changeSquared = meet(functions.dot(at.change, at.change, from, to));
  functions.negate(direction, at.slope, from, to);

  const { step, change } = at;
  const steps = curvature > 0 ? [{ step, change, curvature }, ...at.older] : at.older;
  if (steps.length === 0) return curvature;
  const last = steps.length - 1;
  const factors = new Float64Array(steps.length);
  let product = meet(functions.dot(steps[0].step, direction, from, to));
  for (let k = 0; k <= last; k++) {
    factors[k] = product / steps[k].curvature;
    const scale = k === last && curvature > 0 ? curvature / changeSquared : 1;
    const next = k < last ? steps[k + 1].step : steps[last].change;
    product = meet(functions.combine(direction, -factors[k], steps[k].change, scale, next, from, to));
  }
  for (let k = last; k >= 0; k--) {
    const back = product / steps[k].curvature;
    const next = k > 0 ? steps[k - 1].change : direction;
    product = meet(functions.combine(direction, factors[k] - back, steps[k].step, 1, next, from, to));
  }
  return curvature;
}
