import type { VectorMath } from './vectors.js';

/** A smooth function to be made small, and its gradient. */
export interface Objective {
  /** Number of variables. */
  readonly size: number;
  /**
   * The value at `x` [size]; writes the gradient to `gradient` [size]. Where the value is not finite the gradient means
   * nothing, and a line search takes the step as too long.
   */
  evaluate(x: Float64Array, gradient: Float64Array): Promise<number>;
  /** Arithmetic that suits the vectors; plain by default. */
  readonly vectors?: VectorMath | undefined;
}

export function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}

/** target += factor × source */
export function addScaled(target: Float64Array, factor: number, source: Float64Array): void {
  for (let i = 0; i < target.length; i++) target[i] += factor * source[i];
}
