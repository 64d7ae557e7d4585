/** Numbers pairs of numbers in the order in which they come: an open hash table, half of it free, without an object for each pair. */
export class NumberPairs {
  size = 0;
  /** [slot]: the number of a pair + 1; 0 where free. */
  #slots = new Int32Array(1024);
  /** [2 * pair] */
  #pairs = new Int32Array(1024);

  get bytes(): number {
    return this.#slots.byteLength + this.#pairs.byteLength;
  }

  /** The number of a pair; a new one's is the `size` before. */
  of(first: number, second: number): number {
    const pairs = this.#pairs;
    const slots = this.#slots;
    const mask = slots.length - 1;
    let slot = mixed(first, second) & mask;
    for (let found = slots[slot]; found !== 0; found = slots[slot]) {
      if (pairs[2 * found - 2] === first && pairs[2 * found - 1] === second) return found - 1;
      slot = (slot + 1) & mask;
    }
    return this.#append(first, second, slot);
  }

  #append(first: number, second: number, slot: number): number {
    const number = this.size++;
    if (2 * this.size > this.#pairs.length) {
      const pairs = this.#pairs;
      this.#pairs = new Int32Array(2 * pairs.length);
      this.#pairs.set(pairs);
    }
    this.#pairs[2 * number] = first;
    this.#pairs[2 * number + 1] = second;
    if (2 * this.size > this.#slots.length) this.#rehash(2 * this.#slots.length);
    else this.#slots[slot] = number + 1;
    return number;
  }

  #rehash(length: number): void {
    this.#slots = new Int32Array(length);
    const mask = length - 1;
    for (let number = 0; number < this.size; number++) {
      let slot = mixed(this.#pairs[2 * number], this.#pairs[2 * number + 1]) & mask;
      while (this.#slots[slot] !== 0) slot = (slot + 1) & mask;
      this.#slots[slot] = number + 1;
    }
  }
}

/** The finisher of MurmurHash3 over both. */
function mixed(first: number, second: number): number {
  let h = Math.imul(first, 0x9e3779b1) ^ second;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}
