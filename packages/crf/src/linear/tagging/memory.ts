import type { Counts, Sections } from '../file/model-format.js';
import { instantiateNow, taggingIsSupported } from './module.js';

/** What the module in assembly/tagging exports to tag with; see there. Addresses are in bytes. */
export interface TaggingFunctions {
  prepareEdges(): void;
  clearScores(from: number, to: number): void;
  addNames(from: number, to: number, total: number, units: number, bytes: number): number;
  addName(token: number, length: number, value: number): void;
  addAttribute(token: number, attribute: number, value: number): void;
  decode(length: number): number;
}

/** Where the file begins; 0 is no address. */
const FILE_AT = 64;
/** How many names may go over at once, of how many bytes; and of how many tokens. */
export const MAX_NAMES = 1024;
export const INPUT_BYTES = 1 << 16;
export const MAX_TOKENS = 1024;
/** State scores that there is room for, and the tokens that there is room for at least. Garbage collectors count room as memory. */
const SCORES = 1 << 15;
const LEAST_TOKENS = 512;
/** With more tags the matrices of transitions become too large to be held twice more. */
const MAX_TAGS = 1024;
/** See assembly/tagging/cache.ts. */
const CACHE_BYTES = 4096 * 64;
const PAGE = 65536;

/** A model file in the memory of the module that tags, and room for its work. */
export class TaggingMemory {
  readonly functions: TaggingFunctions;
  /** The file. */
  readonly file: Uint8Array<ArrayBuffer>;
  /** Addresses of the room for work. */
  readonly scratch: ScratchAddresses;
  readonly numTags: number;
  /** Numbers in a row of scores. */
  readonly stride: number;
  /** Tokens that can be worked on at once. */
  readonly maxTokens: number;
  readonly #buffer: ArrayBuffer;

  private constructor(bytes: Uint8Array, counts: Counts, at: Sections) {
    const { scratch, end } = scratchAt(bytes.length, counts.tags);
    const memory = new WebAssembly.Memory({ initial: Math.ceil(end / PAGE), maximum: 65536 });
    const exports = instantiateNow(memory);
    this.#buffer = memory.buffer;
    this.functions = exports as unknown as TaggingFunctions;
    this.file = this.bytes(FILE_AT, bytes.length);
    this.file.set(bytes);
    this.scratch = scratch;
    this.numTags = counts.tags;
    this.stride = counts.tags + (counts.tags & 1);
    this.maxTokens = tokensFor(this.stride);
    const plan = {
      numTags: counts.tags,
      numAttributes: counts.attributes,
      numSlots: counts.slots,
      transitions: FILE_AT + at.transitions.at,
      stateWeights: FILE_AT + at.stateWeights.at,
      slots: FILE_AT + at.slots.at,
      blocks: FILE_AT + at.blocks.at,
      tagBytes: at.narrow ? 1 : 2,
      rowTags: FILE_AT + at.rowTags.at,
      prefixOffsets: FILE_AT + at.prefixOffsets.at,
      prefixNames: FILE_AT + at.prefixNames.at,
      names: FILE_AT + at.names.at,
      stride: this.stride,
      ...scratch,
    };
    for (const [name, value] of Object.entries(plan)) {
      (exports[name] as WebAssembly.Global<'i32'>).value = value;
    }
  }

  /** Copies a file that has been checked; undefined where the host or the model is not suited. */
  static of(file: Uint8Array, counts: Counts, at: Sections): TaggingMemory | undefined {
    if (!taggingIsSupported() || counts.tags > MAX_TAGS) return undefined;
    try {
      return new TaggingMemory(file, counts, at);
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

const tokensFor = (stride: number): number => Math.max(LEAST_TOKENS, Math.floor(SCORES / stride));

/** Where the room for work is, after a file of so many bytes. */
function scratchAt(fileBytes: number, numTags: number) {
  let end = FILE_AT + fileBytes;
  const region = (bytes: number): number => {
    // What is read past the end of the last one is that of this one.
    const at = Math.ceil((end + 16) / 64) * 64;
    end = at + bytes;
    return at;
  };
  const stride = numTags + (numTags & 1);
  const tokens = tokensFor(stride);
  const scratch = {
    input: region(INPUT_BYTES),
    lengths: region(4 * MAX_NAMES),
    counts: region(4 * MAX_TOKENS),
    cache: region(CACHE_BYTES),
    found: region(32 * MAX_NAMES),
    missing: region(4 * (MAX_NAMES + 1)),
    edges: region(8 * numTags * stride),
    edgesByTo: region(8 * numTags * stride),
    path: region(2 * tokens),
    scores: region(8 * tokens * stride),
    best: region(8 * tokens * stride),
  };
  return { scratch, end: end + 64 };
}
type ScratchAddresses = ReturnType<typeof scratchAt>['scratch'];
