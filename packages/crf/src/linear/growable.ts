/** Places in arrays are kept as 32-bit numbers, so no array is longer than these can count. */
const MAX_LENGTH = 2 ** 31 - 1;

/** How much room a full array gets: doubling keeps appending at constant cost on average. */
function nextCapacity(needed: number, capacity: number): number {
  if (needed > MAX_LENGTH) {
    throw new RangeError(`expected at most ${MAX_LENGTH} attributes of all tokens together, got more`);
  }
  return Math.min(MAX_LENGTH, Math.max(needed, capacity * 2, 64));
}

/** An Int32Array that grows by appending. */
export class GrowableInt32 {
  #items: Int32Array<ArrayBuffer> = new Int32Array(64);
  length = 0;

  push(value: number): void {
    if (this.length === this.#items.length) {
      const grown = new Int32Array(nextCapacity(this.length + 1, this.#items.length));
      grown.set(this.#items);
      this.#items = grown;
    }
    this.#items[this.length++] = value;
  }

  /** What has been appended: a view, not a copy; appending later may detach it from the array. */
  view(): Int32Array {
    return this.#items.subarray(0, this.length);
  }
}

/** A Float64Array that grows by appending. */
export class GrowableFloat64 {
  #items: Float64Array<ArrayBuffer> = new Float64Array(64);
  length = 0;

  push(value: number): void {
    if (this.length === this.#items.length) this.#grow(this.length + 1);
    this.#items[this.length++] = value;
  }

  /** Appends `count` times the same value. */
  pushMany(value: number, count: number): void {
    if (this.length + count > this.#items.length) this.#grow(this.length + count);
    this.#items.fill(value, this.length, this.length + count);
    this.length += count;
  }

  view(): Float64Array {
    return this.#items.subarray(0, this.length);
  }

  #grow(needed: number): void {
    const grown = new Float64Array(nextCapacity(needed, this.#items.length));
    grown.set(this.#items);
    this.#items = grown;
  }
}
