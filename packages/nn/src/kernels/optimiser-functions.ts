/**
 * The arithmetic of the optimisers; assembly/optimisers.ts says what each function computes. Addresses are those of 16-byte vectors, counts
 * are in floats, and what follows a run up to the next vector may be overwritten.
 */
export interface OptimiserFunctions {
  descend(x: number, g: number, count: number, rate: number): void;
  descendWithMomentum(x: number, v: number, g: number, count: number, momentum: number, rate: number): void;
  adadelta(
    x: number,
    gradients: number,
    steps: number,
    g: number,
    count: number,
    keep: number,
    take: number,
    small: number,
    rate: number,
  ): void;
  adam(
    x: number,
    mean: number,
    squares: number,
    g: number,
    count: number,
    keep1: number,
    take1: number,
    keep2: number,
    take2: number,
    scale: number,
    small: number,
  ): void;
  decay(x: number, count: number, factor: number, steps: number): void;
  coast(
    x: number,
    v: number,
    count: number,
    momentum: number,
    rates: number,
    steps: number,
    steady: boolean,
  ): number;
  adamCoast(
    x: number,
    mean: number,
    squares: number,
    count: number,
    keep1: number,
    keep2: number,
    scales: number,
    smalls: number,
    steps: number,
    steadyFrom: number,
  ): number;
}
