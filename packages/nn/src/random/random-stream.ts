import { threefry } from './threefry.js';

/** Where a {@link RandomStream} stands: plain data, fit for JSON. */
export interface RandomState {
  readonly key: readonly [number, number];
  /** How many 32-bit words have been drawn. */
  readonly position: number;
}

const WORD = 2 ** 32;

/**
 * A seeded stream of random numbers, the same on every host: Threefry-2x32-20 in counter mode.
 *
 * Streams are told apart by name: `stream.fork('dropout')` is a stream of its own that depends on the seed and on the
 * names on the way to it, and on nothing else; neither on what was drawn from `stream` before nor on other forks. So a
 * program that gives each part its fork draws the same numbers for it when another part is added, and one that forks by
 * epoch and batch resumes anywhere without having stored a state.
 */
export class RandomStream {
  #key0: number;
  #key1: number;
  #position = 0;
  /** The block of two words that holds the word before `#position`. */
  readonly #block = new Uint32Array(2);

  /** @param seed any safe integer; another seed is another stream. */
  constructor(seed: number) {
    if (!Number.isSafeInteger(seed)) {
      throw new RangeError(`seed: expected a whole number of at most 2^53, got ${String(seed)}`);
    }
    this.#key0 = seed >>> 0;
    this.#key1 = Math.floor(seed / WORD) >>> 0;
  }

  /** The next 32 bits, as a whole number from 0 to 2^32 - 1. */
  word(): number {
    const position = this.#position++;
    const odd = position % 2;
    if (odd === 0) this.#draw(position / 2);
    return this.#block[odd];
  }

  /** The next number, uniform in [0, 1), a multiple of 2^-32. */
  next(): number {
    return this.word() / WORD;
  }

  /** A whole number from 0 to `below` - 1; `below` is at most 2^32. Each is as likely as the others. */
  integer(below: number): number {
    if (!Number.isInteger(below) || below < 1 || below > WORD) {
      throw new RangeError(`below: expected a whole number from 1 to 2^32, got ${String(below)}`);
    }
    // Words from the last, incomplete run of `below` would favour the small results.
    const end = WORD - (WORD % below);
    let word: number;
    do word = this.word();
    while (word >= end);
    return word % below;
  }

  /** A number from the standard normal distribution, by Box and Muller's transformation of two words. */
  normal(): number {
    // In (0, 1], so that its logarithm is finite.
    const radius = Math.sqrt(-2 * Math.log((this.word() + 1) / WORD));
    return radius * Math.cos(2 * Math.PI * this.next());
  }

  /** The stream of that name under this one; at its start, however often it is asked for. */
  fork(name: string): RandomStream {
    // Numbers have no length: the forks of all of them would be one stream.
    const given: unknown = name;
    if (typeof given !== 'string') {
      throw new RangeError(`name: expected a string, got ${String(given)}`);
    }
    // The name is hashed two 32-bit words at a time: the key so far enciphers them, and the cipher text masked by the plain
    // text is the next key. The length at the end keeps a name from being the start of another.
    const fork = new RandomStream(0);
    const block = new Uint32Array(2);
    let key0 = this.#key0;
    let key1 = this.#key1;
    const absorb = (word0: number, word1: number) => {
      threefry(block, key0, key1, word0, word1);
      key0 = (block[0] ^ word0) >>> 0;
      key1 = (block[1] ^ word1) >>> 0;
    };
    const unit = (i: number) => (i < name.length ? name.charCodeAt(i) : 0);
    for (let i = 0; i < name.length; i += 4) {
      absorb(unit(i) | (unit(i + 1) << 16), unit(i + 2) | (unit(i + 3) << 16));
    }
    // Never what a stream draws for itself: its counters stay below 2^53, so their upper word below 2^21.
    absorb(name.length, 0xffffffff);
    fork.#key0 = key0;
    fork.#key1 = key1;
    return fork;
  }

  /** Where the stream stands now. */
  state(): RandomState {
    return { key: [this.#key0, this.#key1], position: this.#position };
  }

  /** Goes to where a stream stood when it gave that state, and is that stream from here on. */
  restore(state: RandomState): void {
    const { key, position } = state;
    const words = [key[0], key[1]];
    if (words.some((word) => !Number.isInteger(word) || word < 0 || word >= WORD)) {
      throw new RangeError(`state.key: expected two words of 32 bits, got ${JSON.stringify(key)}`);
    }
    if (!Number.isSafeInteger(position) || position < 0) {
      throw new RangeError(`state.position: expected a whole number of at least 0, got ${String(position)}`);
    }
    [this.#key0, this.#key1] = words;
    this.#position = position;
    if (position % 2 === 1) this.#draw((position - 1) / 2);
  }

  #draw(block: number): void {
    threefry(this.#block, this.#key0, this.#key1, block >>> 0, Math.floor(block / WORD));
  }
}
