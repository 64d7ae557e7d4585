import { joined, type State, type StateReader } from '../checkpoint/state.js';

/**
 * The order in which a stochastic trainer goes through the sequences: that of CRFsuite on Linux, so that the two take the
 * same steps. CRFsuite exchanges each place with one that C's `rand() % n` names, and never seeds it, which is the same as
 * seed 1.
 */
export interface Shuffler {
  /** [count]: the numbers 0 to count - 1, as they stand now. */
  readonly order: Int32Array;
  /** Puts the order, as it stands, into another. */
  shuffle(): void;
  save(): State;
  restore(state: StateReader): void;
}

export function shuffler(count: number, seed: number): Shuffler {
  const random = cRandom(seed);
  const order = Int32Array.from({ length: count }, (_, i) => i);
  return {
    order,
    shuffle() {
      for (let i = 0; i < count; i++) {
        const j = random.next() % count;
        const other = order[j];
        order[j] = order[i];
        order[i] = other;
      }
    },
    save: () => joined({ numbers: {}, arrays: { order } }, random.save()),
    restore(state) {
      order.set(state.permutation('order', count));
      random.restore(state);
    },
  };
}

/** How far back in its own sequence the generator looks, and how many numbers it throws away at first. */
const LAG = 31;
const NEAR = 3;
const DISCARDED = 310;

export interface CRandom {
  next(): number;
  save(): State;
  restore(state: StateReader): void;
}

/**
 * `rand()` of the GNU C library after `srand(seed)`: whole numbers from 0 to 2^31 - 1. An additive feedback generator,
 * x[n] = x[n - 3] + x[n - 31] mod 2^32, of which the lowest bit is dropped; it starts from a linear congruence.
 */
export function cRandom(seed: number): CRandom {
  const state = new Uint32Array(LAG); // a ring: the last 31 numbers
  let word = seed === 0 ? 1 : seed | 0;
  state[0] = word;
  for (let i = 1; i < LAG; i++) {
    // 16807 · word mod 2^31 - 1, with the sign that C's % has, made positive.
    word = Number((16807n * BigInt(word)) % 2147483647n);
    if (word < 0) word += 2147483647;
    state[i] = word;
  }
  // The oldest number: the C library counts the first three as the newest.
  let at = NEAR;
  const next = (): number => {
    // x[n - 31] is what stands at this place of the ring, x[n - 3] three places before it.
    const sum = (state[at] + state[(at + LAG - NEAR) % LAG]) >>> 0;
    state[at] = sum;
    at = at + 1 === LAG ? 0 : at + 1;
    return sum >>> 1;
  };
  for (let i = 0; i < DISCARDED; i++) next();
  return {
    next,
    save: () => ({ numbers: { randomAt: at }, arrays: { random: Float64Array.from(state) } }),
    restore(saved) {
      at = saved.whole('randomAt', 0, LAG - 1);
      state.set(saved.floats('random', LAG));
    },
  };
}
