import type { Difference } from '../online/difference.js';

/**
 * The mean of the weights over all steps, without adding them up at each: a change at step s counts for the steps from s on,
 * so beside the weights only the sum of s × change is kept.
 */
export class WeightAverage {
  readonly #weights: Float64Array;
  readonly #late: Float64Array; // [weights]: Σ step × change
  readonly #mean: Float64Array; // [weights]
  #step = 1;

  constructor(weights: Float64Array) {
    this.#weights = weights;
    this.#late = new Float64Array(weights.length);
    this.#mean = new Float64Array(weights.length);
  }

  /** weights += factor × difference */
  add(difference: Difference, factor: number): void {
    difference.addTo(this.#weights, factor);
    difference.addTo(this.#late, factor * this.#step);
  }

  next(): void {
    this.#step++;
  }

  /** [weights]; the same array each time. */
  mean(): Float64Array {
    const { length } = this.#mean;
    for (let k = 0; k < length; k++) this.#mean[k] = this.#weights[k] - this.#late[k] / this.#step;
    return this.#mean;
  }
}
