import type { Counts, Sections } from '../file/model-format.js';
import {
  FILE_AT,
  layOutTagging,
  MAX_PAGES,
  PAGE,
  planOf,
  setPlan,
  type TaggingFunctions,
  type TaggingLayout,
} from './layout.js';
import { compiledNow, taggingIsSupported } from './module.js';

/** Memories that `allocate` made, by their bytes, until a model takes them. */
const allocated = new WeakMap<ArrayBufferLike, WebAssembly.Memory>();

/** What is read past the end of a file at most. */
const MARGIN = 64;
const pagesFor = (length: number): number => Math.ceil((FILE_AT + length + MARGIN) / PAGE);

/** The memory of the module that tags, with a model file and room to work. */
export interface TaggingMemory {
  readonly functions: TaggingFunctions;
  readonly buffer: ArrayBuffer;
  readonly file: Uint8Array<ArrayBuffer>;
  readonly layout: TaggingLayout;
}

/** A model file in such a memory: there it is checked, and there it stays. */
export class FileMemory {
  readonly functions: TaggingFunctions;
  readonly #memory: WebAssembly.Memory;
  readonly #length: number;

  private constructor(memory: WebAssembly.Memory, length: number) {
    this.#memory = memory;
    this.#length = length;
    const { exports } = new WebAssembly.Instance(compiledNow(), { env: { memory } });
    this.functions = exports as unknown as TaggingFunctions;
  }

  /** Bytes for a file that is then read here without being copied, if it can be. All are 0. */
  static allocate(length: number): Uint8Array<ArrayBuffer> {
    if (taggingIsSupported()) {
      try {
        const memory = new WebAssembly.Memory({ initial: pagesFor(length), maximum: MAX_PAGES });
        allocated.set(memory.buffer, memory);
        return new Uint8Array(memory.buffer, FILE_AT, length);
      } catch {
        // No room of this kind, or never so much.
      }
    }
    return new Uint8Array(length);
  }

  /** Takes over bytes that `allocate` gave, or copies others; undefined where the host has no such memory. */
  static holding(bytes: Uint8Array): FileMemory | undefined {
    let file = bytes;
    const isThere = file.byteOffset === FILE_AT && pagesFor(file.length) * PAGE <= file.buffer.byteLength;
    if (!isThere || !allocated.has(file.buffer)) {
      file = FileMemory.allocate(bytes.length);
      if (allocated.has(file.buffer)) file.set(bytes);
    }
    const memory = allocated.get(file.buffer);
    return memory && new FileMemory(memory, file.length);
  }

  get buffer(): ArrayBuffer {
    return this.#memory.buffer;
  }

  /** The file. */
  get file(): Uint8Array<ArrayBuffer> {
    return new Uint8Array(this.buffer, FILE_AT, this.#length);
  }

  /** [4 * 4]: the numbers that the hashes of four parts, `bytes` each from byte `start` of the file on, keep after them. */
  hashParts(start: number, bytes: number, lanes: Int32Array): Int32Array {
    // Before the file there is room for just these.
    const state = new Int32Array(this.buffer, 0, 16);
    for (let k = 0; k < 4; k++) state.set(lanes, 4 * k);
    this.functions.hashParts(FILE_AT + start, bytes, 0);
    return state;
  }

  /** Whether every number of the file that is used as an index fits, and every weight is finite. False: perhaps not. */
  isSound(counts: Counts, at: Sections): boolean {
    setPlan(this.functions, this.buffer, planOf(counts, at));
    return at.maskBytes > 0 && this.functions.isSound() === 1;
  }

  /** Makes room to work, if the model is suited. Then arrays that were made of the memory before are empty. */
  makeRoom(counts: Counts, at: Sections): TaggingMemory | undefined {
    const { functions, buffer } = this;
    // A model that others read from the same bytes would take this one's memory away.
    allocated.delete(buffer);
    const layout = layOutTagging(this.#length, counts, at);
    if (layout === undefined) return undefined;
    try {
      this.#memory.grow(Math.max(0, layout.pages - buffer.byteLength / PAGE));
    } catch {
      return undefined;
    }
    setPlan(functions, this.buffer, layout.plan);
    return { functions, buffer: this.buffer, file: this.file, layout };
  }
}
