/** Views of all of a heap's memory; they change when it grows. */
export interface HeapViews {
  readonly f32: Float32Array;
  readonly i32: Int32Array;
}

/** Memory that can grow: a WebAssembly.Memory, or what stands in for it. */
export interface GrowableMemory {
  readonly buffer: ArrayBufferLike;
  grow(pages: number): unknown;
}

const PAGE = 65536;
/** Blocks begin and end on lines of the cache. */
const LINE = 64;

interface Block {
  readonly start: number;
  readonly end: number;
}

/**
 * Blocks of one growing memory. A released block is used again, so that the memory is as large as what was ever held at once, whatever the number
 * of steps. Addresses are in bytes; 0 is no block's.
 */
export class Heap implements HeapViews {
  readonly #memory: GrowableMemory;
  #f32: Float32Array;
  #i32: Int32Array;
  /** In use, by their addresses. */
  readonly #held = new Map<number, Block>();
  /** Free, in the order of their addresses, no two of them adjacent. */
  #free: Block[];

  /** @param reserved bytes at the start of the memory that are not to be used */
  constructor(memory: GrowableMemory, reserved = 0) {
    this.#memory = memory;
    this.#f32 = new Float32Array(memory.buffer);
    this.#i32 = new Int32Array(memory.buffer);
    this.#free = [{ start: Math.ceil((reserved + 1) / LINE) * LINE, end: memory.buffer.byteLength }];
  }

  get f32(): Float32Array {
    return this.#f32;
  }

  get i32(): Int32Array {
    return this.#i32;
  }

  /** Size of the memory in bytes. */
  get size(): number {
    return this.#memory.buffer.byteLength;
  }

  /** How many blocks are held. */
  get blocks(): number {
    return this.#held.size;
  }

  /** A block for a number of 4-byte cells, with what was left in it; never of the same address as another that is held. */
  allocate(cells: number): number {
    const bytes = Math.max(LINE, Math.ceil((cells * 4) / LINE) * LINE);
    let at = this.#free.findIndex(({ start, end }) => end - start >= bytes);
    if (at < 0) {
      this.#grow(bytes);
      at = this.#free.length - 1;
    }
    const { start, end } = this.#free[at];
    if (end - start > bytes) this.#free[at] = { start: start + bytes, end };
    else this.#free.splice(at, 1);
    this.#held.set(start, { start, end: start + bytes });
    return start;
  }

  /** A block that holds the values. */
  place(values: Float32Array | Int32Array): number {
    const address = this.allocate(values.length);
    (values instanceof Float32Array ? this.#f32 : this.#i32).set(values, address >>> 2);
    return address;
  }

  /** The floats at an address, as a view that lasts until the heap grows. */
  floats(address: number, count: number): Float32Array {
    return this.#f32.subarray(address >>> 2, (address >>> 2) + count);
  }

  /** A block of zeros. */
  allocateZeros(cells: number): number {
    const address = this.allocate(cells);
    this.#f32.fill(0, address >>> 2, (address >>> 2) + cells);
    return address;
  }

  release(address: number): void {
    const block = this.#held.get(address);
    if (block === undefined) throw new Error(`no block of the kernels' heap is held at ${address}`);
    this.#held.delete(address);
    const next = this.#free.findIndex(({ start }) => start > address);
    const at = next < 0 ? this.#free.length : next;
    let { start, end } = block;
    let from = at;
    let count = 0;
    if (at > 0 && this.#free[at - 1].end === start) {
      start = this.#free[at - 1].start;
      from--;
      count++;
    }
    if (at < this.#free.length && this.#free[at].start === end) {
      end = this.#free[at].end;
      count++;
    }
    this.#free.splice(from, count, { start, end });
  }

  /** Whether the memory could be made so many pages larger. */
  #growsBy(pages: number): boolean {
    try {
      this.#memory.grow(pages);
      return true;
    } catch {
      return false;
    }
  }

  /** Makes the last free block one of at least so many bytes. */
  #grow(bytes: number): void {
    const { byteLength } = this.#memory.buffer;
    const last = this.#free.length > 0 ? this.#free[this.#free.length - 1] : { start: byteLength, end: 0 };
    const atEnd = last.end === byteLength ? byteLength - last.start : 0;
    const needed = Math.ceil((bytes - atEnd) / PAGE);
    // A quarter more than there was at least: growing moves no data, but makes all views anew.
    const pages = Math.max(needed, Math.ceil(byteLength / 4 / PAGE));
    if (!this.#growsBy(pages) && !this.#growsBy(needed)) {
      throw new Error(
        `the kernels' heap of ${byteLength} bytes cannot grow by ${needed * PAGE}: use smaller batches or shorter sequences`,
      );
    }
    this.#f32 = new Float32Array(this.#memory.buffer);
    this.#i32 = new Int32Array(this.#memory.buffer);
    const end = this.#memory.buffer.byteLength;
    if (atEnd > 0) this.#free[this.#free.length - 1] = { start: last.start, end };
    else this.#free.push({ start: byteLength, end });
  }
}
