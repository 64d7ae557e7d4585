import type { Views } from '../file/model-views.js';
import { FILE_AT, instanceIn, isRoomy, makeRoom, memoryFor, type TaggingFunctions } from './layout.js';
import { compiledNow, taggingIsSupported } from './module.js';

/** Memories that `allocate` made, by their bytes, until a model takes them. */
const allocated = new WeakMap<ArrayBufferLike, WebAssembly.Memory>();

/** The memory of the module that tags, with a model file and room to work. */
export interface TaggingMemory {
  readonly functions: TaggingFunctions;
  readonly buffer: ArrayBuffer;
  readonly file: Uint8Array<ArrayBuffer>;
}

/** A model file in such a memory: there it is checked, and there it stays. */
export class FileMemory {
  readonly #functions: TaggingFunctions;
  readonly #memory: WebAssembly.Memory;
  readonly #length: number;

  private constructor(memory: WebAssembly.Memory, length: number) {
    this.#memory = memory;
    this.#length = length;
    this.#functions = instanceIn(memory, compiledNow());
  }

  /** Bytes for a file that is then read here without being copied, if it can be. All are 0. */
  static allocate(length: number): Uint8Array<ArrayBuffer> {
    if (taggingIsSupported()) {
      try {
        const memory = memoryFor(length);
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
    const isThere = file.byteOffset === FILE_AT && isRoomy(file.buffer, file.length);
    if (!isThere || !allocated.has(file.buffer)) {
      file = FileMemory.allocate(bytes.length);
      // Those that another model took are empty now, and refuse to be copied.
      if (allocated.has(file.buffer) && bytes.length > 0) file.set(bytes);
    }
    const memory = allocated.get(file.buffer);
    return memory && new FileMemory(memory, file.length);
  }

  /** The file. */
  get file(): Uint8Array<ArrayBuffer> {
    return new Uint8Array(this.#memory.buffer, FILE_AT, this.#length);
  }

  /** Whether the file passes all checks of model-check.ts. False: perhaps not. */
  isSound(): boolean {
    const functions = this.#functions;
    return (
      functions.hasHeader(this.#length) === 1 &&
      functions.areRecords() === 1 &&
      functions.areInBounds() === 1 &&
      functions.areFinite() === 1 &&
      functions.isIntact(this.#length) === 1
    );
  }

  /** The names of the tags in a file that is sound, which are not checked yet. */
  get tagNames(): Pick<Views, 'tagOffsets' | 'tagNames'> {
    const { numTags, tagOffsets, tagNames, tagBytes } = this.#functions;
    const { buffer } = this.#memory;
    return {
      tagOffsets: new Uint32Array(buffer, tagOffsets.value, numTags.value + 1),
      tagNames: new Uint8Array(buffer, tagNames.value, tagBytes.value),
    };
  }

  /** The checksum of the file's bytes from `from` on. */
  checksum(from: number): number {
    return this.#functions.checksum(from, this.#length) >>> 0;
  }

  /** Makes room to work next to a sound file, if the model is suited. Then arrays that were made of the memory before may be empty. */
  makeRoom(): TaggingMemory | undefined {
    // A model that others read from the same bytes would share this one's memory.
    allocated.delete(this.#memory.buffer);
    if (!makeRoom(this.#functions)) return undefined;
    return { functions: this.#functions, buffer: this.#memory.buffer, file: this.file };
  }
}
