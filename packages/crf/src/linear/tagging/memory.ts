import type { Counts, Sections } from '../file/model-format.js';
import { FILE_AT, layOutTagging, setUpTagging, type TaggingFunctions, type TaggingLayout } from './layout.js';
import { compiledNow, taggingIsSupported } from './module.js';

/** A model file in the memory of the module that tags, and room for its work. */
export class TaggingMemory {
  readonly functions: TaggingFunctions;
  readonly layout: TaggingLayout;
  /** The file. */
  readonly file: Uint8Array<ArrayBuffer>;
  readonly #buffer: ArrayBuffer;

  private constructor(bytes: Uint8Array, layout: TaggingLayout) {
    const { functions, buffer } = setUpTagging(compiledNow(), layout, bytes);
    this.#buffer = buffer;
    this.functions = functions;
    this.layout = layout;
    this.file = this.bytes(FILE_AT, bytes.length);
  }

  /** Copies a file that has been checked; undefined where the host or the model is not suited. */
  static of(file: Uint8Array, counts: Counts, at: Sections): TaggingMemory | undefined {
    if (!taggingIsSupported()) return undefined;
    const layout = layOutTagging(file.length, counts, at);
    if (layout === undefined) return undefined;
    try {
      return new TaggingMemory(file, layout);
    } catch {
      // No room, or no leave to compile: plain TypeScript does the same.
      return undefined;
    }
  }

  bytes(address: number, length: number): Uint8Array<ArrayBuffer> {
    return new Uint8Array(this.#buffer, address, length);
  }

  u32(address: number, length: number): Uint32Array {
    return new Uint32Array(this.#buffer, address, length);
  }

  u16(address: number, length: number): Uint16Array {
    return new Uint16Array(this.#buffer, address, length);
  }

  f64(address: number, length: number): Float64Array {
    return new Float64Array(this.#buffer, address, length);
  }
}
