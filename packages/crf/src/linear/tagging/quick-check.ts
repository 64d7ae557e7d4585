import type { Counts, Sections } from '../file/model-format.js';
import { BLOCK, u32At } from '../file/attribute-blocks.js';
import { numberBits } from '../file/packed-names.js';
import { instantiateNow, taggingIsSupported } from './module.js';

/** What the module in assembly/tagging/check.ts exports. */
interface CheckFunctions {
  hashParts(at: number, apart: number, bytes: number, state: number): void;
  areFinite(at: number, count: number): number;
  usedSlots(at: number, count: number, mask: number, numAttributes: number): number;
  areRecords(
    at: number,
    count: number,
    tags: number,
    tagsLeft: number,
    starts: number,
    numTags: number,
    numPrefixes: number,
  ): number;
  readonly nextRow: WebAssembly.Global<'i32'>;
  readonly nextName: WebAssembly.Global<'i32'>;
}

// A window of memory through which a file goes: state, records of attributes, where their rows start, and whatever is looked at. It is
// small, so that it stays in the nearest caches.
const STATE_AT = 64;
const RECORDS_AT = 1024;
const RECORD_BYTES = 64;
const RECORDS = 512;
const STARTS_AT = RECORDS_AT + RECORDS * RECORD_BYTES;
const WINDOW_BYTES = 131072;
const WINDOW_AT = STARTS_AT + WINDOW_BYTES + 64;
const PAGES = Math.ceil((WINDOW_AT + WINDOW_BYTES + 64) / 65536);

/**
 * The checks of a model file in WebAssembly, a piece at a time: several times as fast as in TypeScript that has only just begun to run,
 * as it has when a program loads its model.
 */
export class QuickCheck {
  static #instance: QuickCheck | undefined;
  readonly #functions: CheckFunctions;
  readonly #buffer: ArrayBuffer;
  readonly #window: Uint8Array;

  private constructor() {
    const memory = new WebAssembly.Memory({ initial: PAGES, maximum: PAGES });
    this.#functions = instantiateNow(memory) as unknown as CheckFunctions;
    this.#buffer = memory.buffer;
    this.#window = new Uint8Array(this.#buffer, WINDOW_AT, WINDOW_BYTES);
  }

  /** Undefined where WebAssembly cannot be used. */
  static get(): QuickCheck | undefined {
    if (QuickCheck.#instance === undefined && taggingIsSupported()) QuickCheck.#instance = new QuickCheck();
    return QuickCheck.#instance;
  }

  /** [4 * 4]: the numbers that the hashes of four parts, `part` bytes each from `start` on, keep after them. */
  hashParts(bytes: Uint8Array, start: number, part: number, lanes: Int32Array): Int32Array {
    const state = new Int32Array(this.#buffer, STATE_AT, 16);
    for (let k = 0; k < 4; k++) state.set(lanes, 4 * k);
    const most = WINDOW_BYTES / 4;
    for (let at = 0; at < part; at += most) {
      const size = Math.min(most, part - at);
      for (let k = 0; k < 4; k++) {
        const from = start + k * part + at;
        this.#window.set(bytes.subarray(from, from + size), k * most);
      }
      this.#functions.hashParts(WINDOW_AT, most, size, STATE_AT);
    }
    return state.slice();
  }

  /** True: every number that is used as an index fits, and every weight is finite. False: perhaps not. */
  isSound(file: Uint8Array, counts: Counts, at: Sections): boolean {
    return (
      at.narrow &&
      this.#areFinite(file, at.transitions.at, at.transitions.count) &&
      this.#areFinite(file, at.stateWeights.at, at.stateWeights.count) &&
      this.#areSlots(file, counts, at) &&
      this.#areRecords(file, counts, at)
    );
  }

  #areFinite(file: Uint8Array, at: number, count: number): boolean {
    const most = WINDOW_BYTES / 8;
    for (let i = 0; i < count; i += most) {
      const size = Math.min(most, count - i);
      this.#window.set(file.subarray(at + 8 * i, at + 8 * (i + size)));
      if (this.#functions.areFinite(WINDOW_AT, size) === 0) return false;
    }
    return true;
  }

  #areSlots(file: Uint8Array, { slots, attributes }: Counts, at: Sections): boolean {
    const mask = 2 ** numberBits(attributes) - 1;
    const most = WINDOW_BYTES / 4;
    let used = 0;
    for (let i = 0; i < slots; i += most) {
      const size = Math.min(most, slots - i);
      this.#window.set(file.subarray(at.slots.at + 4 * i, at.slots.at + 4 * (i + size)));
      // Up to three more, which count as free.
      this.#window.fill(0, 4 * size, Math.min(4 * size + 12, WINDOW_BYTES));
      const found = this.#functions.usedSlots(WINDOW_AT, Math.ceil(size / 4) * 4, mask, attributes);
      if (found < 0) return false;
      used += found;
    }
    return used === attributes;
  }

  #areRecords(file: Uint8Array, counts: Counts, at: Sections): boolean {
    const records = new Uint8Array(this.#buffer, RECORDS_AT, RECORDS * RECORD_BYTES);
    const count = at.blocks.count / RECORD_BYTES;
    // As many as are sure to have no more tags than fit.
    const most = Math.min(RECORDS, Math.floor(WINDOW_BYTES / (BLOCK * counts.tags)));
    const { nextRow, nextName } = this.#functions;
    nextRow.value = 0;
    nextName.value = 0;
    for (let i = 0; i < count; i += most) {
      const size = Math.min(most, count - i);
      records.set(file.subarray(at.blocks.at + RECORD_BYTES * i, at.blocks.at + RECORD_BYTES * (i + size)));
      const row = nextRow.value >>> 0;
      const next =
        BLOCK * (i + size) < counts.attributes
          ? u32At(file, at.blocks.at + RECORD_BYTES * (i + size))
          : counts.weights;
      const tags = Math.max(0, Math.min(next, counts.weights, row + WINDOW_BYTES) - row);
      this.#window.set(file.subarray(at.rowTags.at + row, at.rowTags.at + row + tags));
      const sound = this.#functions.areRecords(
        RECORDS_AT,
        size,
        WINDOW_AT,
        tags,
        STARTS_AT,
        counts.tags,
        counts.prefixes,
      );
      if (sound === 0 || nextName.value >>> 0 > counts.nameBytes) return false;
    }
    return nextRow.value >>> 0 === counts.weights && nextName.value >>> 0 === counts.nameBytes;
  }
}
