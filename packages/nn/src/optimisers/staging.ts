import { currentKernels, type Kernels } from '../kernels/kernels.js';
import type { Place, Rule } from './rule.js';

/** Numbers that are worked on at once: with all arrays of an optimiser they fit the caches of a core. */
const ROOM = 16384;

/** What an optimiser keeps of one parameter, and the parameter's values. */
export interface Arrays {
  readonly values: Float32Array;
  readonly slots: readonly Float32Array[];
}

/** Some rows of a parameter and the steps that they have to make. */
export interface Rows {
  /** Unique. */
  readonly numbers: ArrayLike<number>;
  /** How many steps each has made. */
  readonly made: ArrayLike<number>;
  readonly columns: number;
}

/**
 * Brings runs of numbers into the heap of the kernels, has a rule work on them there, and takes them back: values and what is kept of them
 * stay in arrays of their own, where other threads, files and programs can use them.
 */
export class Staging {
  readonly #kernels: Kernels = currentKernels();
  readonly #rule: Rule;
  readonly #values: number;
  readonly #slots: readonly number[];
  readonly #gradient: number;

  constructor(rule: Rule) {
    const { heap } = this.#kernels;
    this.#rule = rule;
    this.#values = heap.allocate(ROOM);
    this.#slots = rule.slots.map(() => heap.allocate(ROOM));
    this.#gradient = heap.allocate(ROOM);
  }

  release(): void {
    for (const address of [this.#values, ...this.#slots, this.#gradient]) this.#kernels.heap.release(address);
  }

  /** The rows make the steps that they have not made, up to `last`, without gradients. */
  idle(arrays: Arrays, rows: Rows, last: number): void {
    this.#eachChunk(rows, (first, end, column, width) => {
      const moved = this.#rule.drifts ? arrays.values : undefined;
      this.#bring(arrays.slots, moved, rows, first, end, column, width);
      this.#catchUp(rows, first, end, width, last);
      this.#takeBack(arrays.slots, moved, rows, first, end, column, width);
    });
  }

  /** The same up to step `last - 1`, and then step `last` with gradients, `[rows, columns]`. */
  update(arrays: Arrays, rows: Rows, gradients: Float32Array, last: number): void {
    this.#eachChunk(rows, (first, end, column, width) => {
      this.#bring(arrays.slots, arrays.values, rows, first, end, column, width);
      this.#catchUp(rows, first, end, width, last - 1);
      const stride = padded(width);
      for (let k = first; k < end; k++) {
        const from = k * rows.columns + column;
        this.#put(this.#gradient, (k - first) * stride, gradients.subarray(from, from + width));
      }
      this.#rule.update(this.#kernels, this.#place(0, (end - first) * stride), this.#gradient, last);
      this.#takeBack(arrays.slots, arrays.values, rows, first, end, column, width);
    });
  }

  /** As many rows at once as there is room for, or parts of one that is longer. */
  #eachChunk(
    { numbers, columns }: Rows,
    use: (first: number, end: number, column: number, width: number) => void,
  ): void {
    if (columns === 0) return;
    const atOnce = Math.max(1, Math.floor(ROOM / padded(columns)));
    for (let first = 0; first < numbers.length; first += atOnce) {
      const end = Math.min(first + atOnce, numbers.length);
      for (let column = 0; column < columns; column += ROOM) {
        use(first, end, column, Math.min(ROOM, columns - column));
      }
    }
  }

  #catchUp({ made }: Rows, first: number, end: number, width: number, last: number): void {
    for (let k = first; k < end; k++) {
      if (made[k] >= last) continue;
      const place = this.#place((k - first) * padded(width), width);
      this.#rule.idle(this.#kernels, place, made[k] + 1, last);
    }
  }

  #place(offset: number, count: number): Place {
    const bytes = 4 * offset;
    return {
      values: this.#values + bytes,
      slots: this.#slots.map((address) => address + bytes),
      count,
    };
  }

  #bring(
    slots: readonly Float32Array[],
    values: Float32Array | undefined,
    { numbers, columns }: Rows,
    first: number,
    end: number,
    column: number,
    width: number,
  ): void {
    for (let k = first; k < end; k++) {
      const from = numbers[k] * columns + column;
      const to = (k - first) * padded(width);
      if (values) this.#put(this.#values, to, values.subarray(from, from + width));
      for (let i = 0; i < slots.length; i++) {
        this.#put(this.#slots[i], to, slots[i].subarray(from, from + width));
      }
    }
  }

  #takeBack(
    slots: readonly Float32Array[],
    values: Float32Array | undefined,
    { numbers, columns }: Rows,
    first: number,
    end: number,
    column: number,
    width: number,
  ): void {
    const { heap } = this.#kernels;
    for (let k = first; k < end; k++) {
      const to = numbers[k] * columns + column;
      const from = 4 * (k - first) * padded(width);
      values?.set(heap.floats(this.#values + from, width), to);
      for (let i = 0; i < slots.length; i++) slots[i].set(heap.floats(this.#slots[i] + from, width), to);
    }
  }

  /** Writes numbers, and zeros up to the next vector, which is worked on with them. */
  #put(address: number, offset: number, numbers: Float32Array): void {
    const { f32 } = this.#kernels.heap;
    const at = (address >>> 2) + offset;
    f32.set(numbers, at);
    const end = at + padded(numbers.length);
    for (let i = at + numbers.length; i < end; i++) f32[i] = 0;
  }
}

/** The next multiple of four. */
function padded(count: number): number {
  return (count + 3) & ~3;
}
