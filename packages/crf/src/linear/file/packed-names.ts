import { StringTable, type AttributeNames, type NameArrays } from '../string-table.js';
import { BYTES_PER_UNIT, decode, encodeInto } from '../wtf8.js';
import { BLOCK, LONG, u32At, type AttributeBlocks } from './attribute-blocks.js';
import { hashName } from './hash-name.js';

/** The sections of a model file that hold the names of its attributes. */
export interface PackedNameArrays {
  readonly slots: Uint32Array;
  readonly blocks: AttributeBlocks;
  readonly prefixOffsets: Uint32Array;
  readonly prefixNames: Uint8Array;
  readonly names: Uint8Array;
}

/**
 * Where the search for a name begins: the high bits of its hash choose the slot, whatever the number of slots. The search goes on slot
 * by slot to a free one. A slot holds the number of an attribute + 1 in the low bits, in the others the low bits of the hash.
 */
export const firstSlot = (hash: number, slots: number): number =>
  // Products of 16 bits by 32, which doubles hold.
  Math.floor(((hash >>> 16) * slots + Math.floor(((hash & 0xffff) * slots) / 65536)) / 65536);

/** The bits of a slot that hold the number of one of so many attributes + 1. */
export const numberBits = (numAttributes: number): number => 32 - Math.clz32(numAttributes);

/** The slots for so many attributes: a quarter of them stay free. */
export const slotsFor = (numAttributes: number): number => Math.ceil((numAttributes * 4) / 3) + 1;

const none = new Uint8Array(0);

/** The names of a model's attributes as its file holds them. */
export class PackedNames implements AttributeNames {
  readonly size: number;
  readonly #arrays: PackedNameArrays;
  // The name that is being looked up, as bytes.
  #scratch: Uint8Array = none;
  #unpacked: NameArrays | undefined;

  constructor(arrays: PackedNameArrays) {
    this.#arrays = arrays;
    this.size = arrays.blocks.size;
  }

  find(text: string): number {
    if (text.length * BYTES_PER_UNIT > this.#scratch.length) {
      this.#scratch = new Uint8Array(text.length * BYTES_PER_UNIT * 2);
    }
    const { slots } = this.#arrays;
    const length = encodeInto(text, this.#scratch);
    const hash = hashName(this.#scratch, 0, length);
    const bits = numberBits(this.size);
    const mask = 2 ** bits - 1;
    const high = (hash << bits) >>> 0;
    let slot = firstSlot(hash, slots.length);
    for (;;) {
      const entry = slots[slot];
      if (entry === 0) return -1;
      if ((entry & ~mask) >>> 0 === high) {
        const id = (entry & mask) - 1;
        if (this.#hasName(id, length)) return id;
      }
      if (++slot === slots.length) slot = 0;
    }
  }

  at(id: number): string {
    const { blocks, prefixOffsets, prefixNames, names } = this.#arrays;
    const prefix = blocks.prefix(id);
    const { start, end } = this.#span(id);
    return decode(prefixNames, prefixOffsets[prefix], prefixOffsets[prefix + 1]) + decode(names, start, end);
  }

  arrays(): NameArrays {
    if (this.#unpacked) return this.#unpacked;
    const { blocks, prefixOffsets, prefixNames, names } = this.#arrays;
    const offsets = new Uint32Array(this.size + 1);
    for (let id = 0, span = { start: 0, end: 0 }; id < this.size; id++) {
      span = this.#next(id, span.end);
      const prefix = blocks.prefix(id);
      const prefixLength = prefixOffsets[prefix + 1] - prefixOffsets[prefix];
      offsets[id + 1] = offsets[id] + prefixLength + span.end - span.start;
    }
    const bytes = new Uint8Array(offsets[this.size]);
    for (let id = 0, span = { start: 0, end: 0 }; id < this.size; id++) {
      span = this.#next(id, span.end);
      const prefix = blocks.prefix(id);
      let at = offsets[id];
      for (let i = prefixOffsets[prefix]; i < prefixOffsets[prefix + 1]; i++) bytes[at++] = prefixNames[i];
      for (let i = span.start; i < span.end; i++) bytes[at++] = names[i];
    }
    this.#unpacked = { bytes, offsets };
    return this.#unpacked;
  }

  select(keep: Uint8Array): AttributeNames {
    return StringTable.from(this.arrays(), keep);
  }

  #hasName(id: number, length: number): boolean {
    const { blocks, prefixOffsets, prefixNames, names } = this.#arrays;
    const prefix = blocks.prefix(id);
    const prefixStart = prefixOffsets[prefix];
    const prefixLength = prefixOffsets[prefix + 1] - prefixStart;
    const { start, end } = this.#span(id);
    if (prefixLength + end - start !== length) return false;
    const scratch = this.#scratch;
    for (let i = 0; i < prefixLength; i++) if (prefixNames[prefixStart + i] !== scratch[i]) return false;
    for (let i = start, k = prefixLength; i < end; i++, k++) if (names[i] !== scratch[k]) return false;
    return true;
  }

  /** Where the name of an attribute lies in `names`, without its prefix. */
  #span(id: number): { start: number; end: number } {
    const block = Math.floor(id / BLOCK);
    let span = { start: 0, end: this.#arrays.blocks.namesStart(block) };
    for (let a = block * BLOCK; a <= id; a++) span = this.#next(a, span.end);
    return span;
  }

  #next(id: number, at: number): { start: number; end: number } {
    const { blocks, names } = this.#arrays;
    const size = blocks.nameSize(id);
    if (size < LONG) return { start: at, end: at + size };
    return { start: at + 4, end: at + 4 + u32At(names, at) };
  }
}
