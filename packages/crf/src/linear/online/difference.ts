/** The features of a sequence's own tags less those of other tags: where in the weights of a kernel, and by how much. */
export class Difference {
  #places = new Int32Array(1024);
  #values = new Float64Array(1024);
  #sums: Float64Array | undefined; // [weights], 0 between calls
  #seen: Uint8Array | undefined; // [weights], 0 between calls
  readonly #size: number;
  count = 0;

  /** For so many weights. */
  constructor(size: number) {
    this.#size = size;
  }

  /** [count] */
  get places(): Int32Array {
    return this.#places;
  }

  /** [count] */
  get values(): Float64Array {
    return this.#values;
  }

  push(place: number, value: number): void {
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

  /** Adds up what came more than once, so that each place comes once. */
  merge(): void {
    const sums = (this.#sums ??= new Float64Array(this.#size));
    const seen = (this.#seen ??= new Uint8Array(this.#size));
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
}
