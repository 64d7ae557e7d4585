import type { Views } from '../file/model-views.js';
import { FILE_AT, instanceIn, makeRoom, memoryFor, valueOf, type TaggingFunctions } from './layout.js';
import { compiledNow, taggingIsSupported } from './module.js';

/** A memory for a file of at most so many bytes. */
interface Reserved {
  readonly memory: WebAssembly.Memory;
  readonly length: number;
}

/** What `allocate` made, by its bytes, until a model takes it. */
const allocated = new WeakMap<ArrayBufferLike, Reserved>();

/** Undefined where there is no room of this kind, or never so much. */
function reserve(length: number): Reserved | undefined {
  if (!taggingIsSupported()) return undefined;
  try {
    return { memory: memoryFor(length), length };
  } catch {
    return undefined;
  }
}

/** The memory of the module that tags, with a model file and room to work. */
export interface TaggingMemory {
  readonly functions: TaggingFunctions;
  readonly buffer: ArrayBuffer;
  readonly file: Uint8Array<ArrayBuffer>;
}

/** A model file in such a memory: there it is checked, and there it stays. */
export class FileMemory {
  readonly #functions: TaggingFunctions;
  readonly #reserved: Reserved;
  readonly #length: number;

  private constructor(reserved: Reserved, length: number) {
    this.#reserved = reserved;
    this.#length = length;
    this.#functions = instanceIn(reserved.memory, compiledNow());
  }

  /** Bytes for a file that is then read here without being copied, if it can be. All are 0. */
  static allocate(length: number): Uint8Array<ArrayBuffer> {
    const reserved = reserve(length);
    if (reserved === undefined) return new Uint8Array(length);
    const { buffer } = reserved.memory;
    allocated.set(buffer, reserved);
    return new Uint8Array(buffer, FILE_AT, length);
  }

  /** Takes over bytes that `allocate` gave, or their beginning, or copies others; undefined where the host has no such memory. */
  static holding(bytes: Uint8Array): FileMemory | undefined {
    const own = allocated.get(bytes.buffer);
    if (own && bytes.byteOffset === FILE_AT && bytes.length <= own.length)
      return new FileMemory(own, bytes.length);
    const reserved = reserve(bytes.length);
    if (reserved === undefined) return undefined;
    const memory = new FileMemory(reserved, bytes.length);
    // Those that another model took are empty now, and refuse to be copied.
    if (bytes.length > 0) memory.file.set(bytes);
    return memory;
  }

  /** The file. */
  get file(): Uint8Array<ArrayBuffer> {
    return new Uint8Array(this.#buffer, FILE_AT, this.#length);
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
    return {
      tagOffsets: new Uint32Array(this.#buffer, valueOf(tagOffsets), valueOf(numTags) + 1),
      tagNames: new Uint8Array(this.#buffer, valueOf(tagNames), valueOf(tagBytes)),
    };
  }

  /** The checksum of the file's bytes from `from` on. */
  checksum(from: number): number {
    return this.#functions.checksum(from, this.#length) >>> 0;
  }

  /** Makes room to work next to a sound file, if the model is suited. Then arrays that were made of the memory before are empty. */
  makeRoom(): TaggingMemory | undefined {
    // Else a second model that is read from the same bytes would work in this one's room.
    allocated.delete(this.#buffer);
    // That room has to be 0, also where somebody has put more than the file.
    new Uint8Array(this.#buffer, FILE_AT, this.#reserved.length).fill(0, this.#length);
    if (!makeRoom(this.#functions)) return undefined;
    return { functions: this.#functions, buffer: this.#buffer, file: this.file };
  }

  get #buffer(): ArrayBuffer {
    return this.#reserved.memory.buffer;
  }
}
