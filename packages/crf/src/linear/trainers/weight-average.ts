import type { State, StateReader } from '../checkpoint/state.js';
import type { Difference } from '../online/difference.js';
import { collectWeights, placeWeights, type OnlineKernel } from '../online/kernel.js';

/** Steps are counted exactly up to here. */
const MOST_STEPS = Number.MAX_SAFE_INTEGER;

/**
 * The mean of a kernel's weights over all steps, without adding them up at each: a change at step s counts for the steps from s on,
 * so beside the weights only the sum of s × change is kept.
 */
export class WeightAverage {
  readonly #kernel: OnlineKernel;
  readonly #weights: Float64Array;
  readonly #late: Float64Array; // [weights]: Σ step × change
  readonly #mean: Float64Array; // [weights]
  #step = 1;

  constructor(kernel: OnlineKernel) {
    const { weights } = kernel;
    this.#kernel = kernel;
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

  save(): State {
    return { numbers: { steps: this.#step }, arrays: { late: collectWeights(this.#kernel, this.#late) } };
  }

  restore(state: StateReader): void {
    this.#step = state.whole('steps', 1, MOST_STEPS);
    placeWeights(this.#kernel, this.#late, state.floats('late', this.#kernel.places.length));
  }
}
