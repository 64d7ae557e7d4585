/** A factor on the steps of an optimiser: one number, or one by the number of the step, which counts from 1. */
export type LearningRate = number | ((step: number) => number);

/**
 * The rate at each step. Throws a RangeError if it isn't a finite number of at least 0, with the step where a function gives it, or if
 * it is neither a number nor a function.
 */
export function rateAt(learningRate: LearningRate): (step: number) => number {
  if (typeof learningRate !== 'function') {
    checkRate(learningRate, '');
    return () => learningRate;
  }
  return (step) => {
    const rate = learningRate(step);
    checkRate(rate, ` at step ${step}`);
    return rate;
  };
}

function checkRate(rate: number, where: string): void {
  if (!Number.isFinite(rate) || rate < 0) {
    throw new RangeError(`learningRate: expected a finite number of at least 0${where}, got ${String(rate)}`);
  }
}

/** Throws unless `from <= value < below`. */
export function checkHyperparameter(name: string, value: number, from: number, below: number): void {
  if (!(value >= from && value < below)) {
    throw new RangeError(
      `${name}: expected a number of at least ${from} and below ${below}, got ${String(value)}`,
    );
  }
}
