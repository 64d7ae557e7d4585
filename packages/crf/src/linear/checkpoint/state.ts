import { CheckpointError, show } from '../errors.js';

/** The arrays of a state. */
export type StateArray = Float64Array | Int32Array;

/**
 * Where a training stands: all that its further steps depend on, beside data and options. The arrays may be those that the training works
 * with: whoever takes a state copies them before the training goes on.
 */
export interface State {
  readonly numbers: Readonly<Record<string, number>>;
  readonly arrays: Readonly<Record<string, StateArray>>;
}

/** Two parts of a state, which have no name in common. */
export const joined = (a: State, b: State): State => ({
  numbers: { ...a.numbers, ...b.numbers },
  arrays: { ...a.arrays, ...b.arrays },
});

/** Reads a state that may be any: what is not as it must be is a `CheckpointError`. */
export class StateReader {
  readonly #name: string;
  readonly #state: State;

  /** `name` is that of the checkpoint, for messages. */
  constructor(name: string, state: State) {
    this.#name = name;
    this.#state = state;
  }

  has(name: string): boolean {
    return Object.hasOwn(this.#state.numbers, name) || Object.hasOwn(this.#state.arrays, name);
  }

  number(name: string): number {
    if (Object.hasOwn(this.#state.numbers, name)) return this.#state.numbers[name];
    throw this.#unfit(`the number ${show(name)}`, 'none');
  }

  /** A whole number, from `least` to `most`. */
  whole(name: string, least: number, most: number): number {
    const value = this.number(name);
    if (Number.isInteger(value) && value >= least && value <= most) return value;
    throw this.#unfit(`${name} to be a whole number from ${least} to ${most}`, `${value}`);
  }

  /** [length] */
  floats(name: string, length?: number): Float64Array {
    const array = this.#array(name, length);
    if (array instanceof Float64Array) return array;
    throw this.#unfit(`${name} to be 64-bit floats`, 'integers');
  }

  /** [length]: whole numbers from 0 to `most`. */
  integers(name: string, length: number, most: number): Int32Array {
    const array = this.#array(name, length);
    if (!(array instanceof Int32Array)) throw this.#unfit(`${name} to be 32-bit integers`, 'floats');
    const wrong = array.find((value) => value < 0 || value > most);
    if (wrong === undefined) return array;
    throw this.#unfit(`numbers from 0 to ${most} in ${name}`, `${wrong}`);
  }

  /** An order of the numbers 0 to length - 1. */
  permutation(name: string, length: number): Int32Array {
    const order = this.integers(name, length, length - 1);
    const seen = new Uint8Array(length);
    for (const value of order) {
      if (seen[value] === 1) throw this.#unfit(`each number once in ${name}`, `${value} twice`);
      seen[value] = 1;
    }
    return order;
  }

  #array(name: string, length: number | undefined): StateArray {
    const array = Object.hasOwn(this.#state.arrays, name) ? this.#state.arrays[name] : undefined;
    if (array === undefined) throw this.#unfit(`the array ${show(name)}`, 'none');
    if (length === undefined || array.length === length) return array;
    throw this.#unfit(`${length} numbers in ${name}`, `${array.length}`);
  }

  #unfit(expected: string, got: string): CheckpointError {
    return new CheckpointError(`${this.#name}: expected ${expected}, got ${got}`);
  }
}
