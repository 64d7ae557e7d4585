import type { ModelWeights } from '../weights.js';

/**
 * Rows of weights, one an attribute, that grow: an attribute gets a weight for a tag when the two first come together. A row has room for
 * 1, 2, 4 ... weights; one that is full moves to where there is room for twice as many, and leaves its place to another.
 */
export class GrowingRows {
  #weights = new Float64Array(1024);
  #tags = new Uint16Array(1024);
  #end = 0;
  #starts = new Int32Array(256); // [attributes]
  #sizes = new Uint16Array(256); // [attributes]
  #rooms = new Uint16Array(256); // [attributes]: 0 or a power of two, or the most that there are tags
  #squares = new Float64Array(256).fill(1); // [attributes], of AdaGrad
  /** By the logarithm of their room: where rows stood that have moved. */
  readonly #free: number[][] = [];
  count = 0;

  get weights(): Float64Array {
    return this.#weights;
  }

  /** The tag of each weight. */
  get tags(): Uint16Array {
    return this.#tags;
  }

  get squares(): Float64Array {
    return this.#squares;
  }

  start(attribute: number): number {
    return this.#starts[attribute];
  }

  end(attribute: number): number {
    return this.#starts[attribute] + this.#sizes[attribute];
  }

  /** Makes room for the attributes up to `count`, which have no weights yet. */
  addAttributes(count: number): void {
    if (count > this.#starts.length) {
      const size = Math.max(count, this.#starts.length * 2);
      this.#starts = extended(this.#starts, new Int32Array(size));
      this.#sizes = extended(this.#sizes, new Uint16Array(size));
      this.#rooms = extended(this.#rooms, new Uint16Array(size));
      this.#squares = extended(this.#squares, new Float64Array(size).fill(1));
    }
    this.count = Math.max(this.count, count);
  }

  /** The place of the weight of an attribute for a tag, which is made, with weight 0, if there is none. */
  place(attribute: number, tag: number): number {
    const end = this.end(attribute);
    for (let r = this.#starts[attribute]; r < end; r++) if (this.#tags[r] === tag) return r;
    if (this.#sizes[attribute] === this.#rooms[attribute]) this.#move(attribute);
    const place = this.end(attribute);
    this.#tags[place] = tag;
    this.#weights[place] = 0;
    this.#sizes[attribute]++;
    return place;
  }

  /** All rows, the tags of each rising. */
  pack(): Pick<ModelWeights, 'rowOffsets' | 'rowTags' | 'stateWeights'> {
    const rowOffsets = new Int32Array(this.count + 1);
    for (let a = 0; a < this.count; a++) rowOffsets[a + 1] = rowOffsets[a] + this.#sizes[a];
    const rowTags = new Uint16Array(rowOffsets[this.count]);
    const stateWeights = new Float64Array(rowOffsets[this.count]);
    for (let a = 0; a < this.count; a++) {
      const places = Array.from({ length: this.#sizes[a] }, (_, i) => this.#starts[a] + i);
      places.sort((x, y) => this.#tags[x] - this.#tags[y]);
      for (const [i, place] of places.entries()) {
        rowTags[rowOffsets[a] + i] = this.#tags[place];
        stateWeights[rowOffsets[a] + i] = this.#weights[place];
      }
    }
    return { rowOffsets, rowTags, stateWeights };
  }

  #move(attribute: number): void {
    const size = this.#sizes[attribute];
    const from = this.#starts[attribute];
    const room = Math.max(1, size * 2);
    const to = this.#free[Math.log2(room)]?.pop() ?? this.#append(room);
    this.#weights.copyWithin(to, from, from + size);
    this.#tags.copyWithin(to, from, from + size);
    if (size > 0) (this.#free[Math.log2(size)] ??= []).push(from);
    this.#starts[attribute] = to;
    this.#rooms[attribute] = room;
  }

  #append(room: number): number {
    const start = this.#end;
    this.#end += room;
    if (this.#end > this.#weights.length) {
      const size = Math.max(this.#end, this.#weights.length * 2);
      this.#weights = extended(this.#weights, new Float64Array(size));
      this.#tags = extended(this.#tags, new Uint16Array(size));
    }
    return start;
  }
}

/** The longer of two arrays, which begins as the shorter one now. */
function extended<T extends Int32Array | Uint16Array | Float64Array>(shorter: T, longer: T): T {
  longer.set(shorter);
  return longer;
}
