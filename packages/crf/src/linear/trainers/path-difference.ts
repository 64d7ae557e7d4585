import type { Arrangement, Items } from '../online/arrange.js';

/** The features of a sequence's own tags less those of other tags: where in the weights, and by how much. */
export class PathDifference {
  readonly #arrangement: Arrangement;
  readonly #isCell: Uint8Array; // [numTags * stride]: whether a transition is a feature
  #places = new Int32Array(1024);
  #values = new Float64Array(1024);
  #sums: Float64Array | undefined; // [weights], 0 between calls
  #seen: Uint8Array | undefined; // [weights], 0 between calls
  count = 0;

  constructor(arrangement: Arrangement) {
    this.#arrangement = arrangement;
    this.#isCell = new Uint8Array(arrangement.numTags * arrangement.stride);
    for (const cell of arrangement.transitionCells) this.#isCell[cell] = 1;
  }

  /** [count] */
  get places(): Int32Array {
    return this.#places;
  }

  /** [count] */
  get values(): Float64Array {
    return this.#values;
  }

  /**
   * Takes up the difference to `path` [length]; gives how many tags differ. Where the tags agree nothing is taken up, elsewhere
   * a place may come more than once.
   */
  collect(sequence: number, path: Int32Array): number {
    const { sequenceOffsets, tags, stride, transitionStart, dense, compressed } = this.#arrangement;
    const from = sequenceOffsets[sequence];
    const length = sequenceOffsets[sequence + 1] - from;
    this.count = 0;
    let different = 0;
    for (let t = 0; t < length; t++) {
      const gold = tags[from + t];
      const other = path[t];
      if (gold !== other) {
        different++;
        this.#addDense(dense, from + t, gold, other);
        this.#addCompressed(compressed, from + t, gold, other);
      }
      if (t === 0) continue;
      const goldCell = tags[from + t - 1] * stride + gold;
      const otherCell = path[t - 1] * stride + other;
      if (goldCell === otherCell) continue;
      if (this.#isCell[goldCell] === 1) this.#push(transitionStart + goldCell, 1);
      if (this.#isCell[otherCell] === 1) this.#push(transitionStart + otherCell, -1);
    }
    return different;
  }

  /** Adds up what came more than once, so that each place comes once. */
  merge(): void {
    const size = this.#arrangement.weights.length;
    const sums = (this.#sums ??= new Float64Array(size));
    const seen = (this.#seen ??= new Uint8Array(size));
    let kept = 0;
    for (let i = 0; i < this.count; i++) {
      const place = this.#places[i];
      sums[place] += this.#values[i];
      if (seen[place] === 1) continue;
      seen[place] = 1;
      this.#places[kept++] = place;
    }
    for (let i = 0; i < kept; i++) {
      const place = this.#places[i];
      this.#values[i] = sums[place];
      sums[place] = 0;
      seen[place] = 0;
    }
    this.count = kept;
  }

  /** Σ value²; each place must come once. */
  squaredLength(): number {
    let sum = 0;
    for (let i = 0; i < this.count; i++) sum += this.#values[i] * this.#values[i];
    return sum;
  }

  /** target += factor × difference */
  addTo(target: Float64Array, factor: number): void {
    const places = this.#places;
    const values = this.#values;
    for (let i = 0; i < this.count; i++) target[places[i]] += factor * values[i];
  }

  #addDense({ offsets, rows, values }: Items, token: number, gold: number, other: number): void {
    const { stride } = this.#arrangement;
    for (let i = offsets[token]; i < offsets[token + 1]; i++) {
      const value = values === undefined ? 1 : values[i];
      this.#push(rows[i] * stride + gold, value);
      this.#push(rows[i] * stride + other, -value);
    }
  }

  #addCompressed({ offsets, rows, values }: Items, token: number, gold: number, other: number): void {
    const { rowStarts, rowTags } = this.#arrangement;
    const shift = rowStarts[0];
    for (let i = offsets[token]; i < offsets[token + 1]; i++) {
      const value = values === undefined ? 1 : values[i];
      for (let q = rowStarts[rows[i]], end = rowStarts[rows[i] + 1]; q < end; q++) {
        const tag = rowTags[q - shift];
        if (tag === gold) this.#push(q, value);
        else if (tag === other) this.#push(q, -value);
      }
    }
  }

  #push(place: number, value: number): void {
    if (this.count === this.#places.length) {
      const places = new Int32Array(this.count * 2);
      const values = new Float64Array(this.count * 2);
      places.set(this.#places);
      values.set(this.#values);
      this.#places = places;
      this.#values = values;
    }
    this.#places[this.count] = place;
    this.#values[this.count++] = value;
  }
}
