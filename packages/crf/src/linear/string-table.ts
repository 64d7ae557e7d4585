import { show } from './errors.js';
import { BYTES_PER_UNIT, decode, encodeInto } from './wtf8.js';

/** Names as bytes. */
export interface NameArrays {
  /** All names one after the other, as UTF-8 (see wtf8.ts). */
  readonly bytes: Uint8Array;
  /** [size + 1]: name `id` is bytes[offsets[id] .. offsets[id + 1]]. */
  readonly offsets: Uint32Array;
}

/** The names of a model's attributes, numbered. */
export interface AttributeNames {
  readonly size: number;
  /** The number of a name, or -1. Allocates nothing. */
  find(name: string): number;
  /** The name of a number. */
  at(id: number): string;
  /** The names whose `keep` is 1, renumbered in their order. */
  select(keep: Uint8Array): AttributeNames;
  /** To be read, not to be changed. */
  arrays(): NameArrays;
}

/** At most this many strings: twice as many slots are numbered by 31 bits. */
const MAX_STRINGS = 2 ** 30;
export const MAX_BYTES = 2 ** 32 - 1;

/** The least number of slots that a table of `size` strings is given: half of them stay free. */
const slotsFor = (size: number): number => {
  let slots = 16;
  while (slots < size * 2) slots *= 2;
  return slots;
};

// FNV-1a over the bytes, then the finisher of MurmurHash3, since the low bits choose the slot and the high ones the tag.
const HASH_START = 0x811c9dc5 | 0;
const HASH_PRIME = 0x01000193;
function finish(hash: number): number {
  let mixed = hash;
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}

/**
 * Strings numbered in order of arrival, held as bytes and found through an open hash table. A slot is 0 = free, or the high bits of a
 * hash over the number + 1 in its low k bits, 2^k being the number of slots; the low bits of the hash say where the search begins. No
 * string is special.
 */
export class StringTable implements AttributeNames {
  #bytes: Uint8Array = new Uint8Array(256);
  #offsets: Uint32Array = new Uint32Array(16);
  #slots: Uint32Array = new Uint32Array(slotsFor(0));
  #size = 0;
  // The string that is being looked up, as bytes.
  #scratch = new Uint8Array(256);

  /** A table of the names whose `keep` is 1, renumbered in their order. @throws RangeError where two of them are equal */
  static from({ bytes, offsets }: NameArrays, keep: Uint8Array): StringTable {
    let size = 0;
    let length = 0;
    for (let id = 0; id + 1 < offsets.length; id++) {
      if (keep[id] === 0) continue;
      size++;
      length += offsets[id + 1] - offsets[id];
    }
    const table = new StringTable();
    table.#bytes = new Uint8Array(length);
    table.#offsets = new Uint32Array(size + 1);
    table.#slots = new Uint32Array(slotsFor(size));
    table.#size = size;
    let next = 0;
    let end = 0;
    for (let id = 0; id + 1 < offsets.length; id++) {
      if (keep[id] === 0) continue;
      table.#bytes.set(bytes.subarray(offsets[id], offsets[id + 1]), end);
      end += offsets[id + 1] - offsets[id];
      table.#offsets[++next] = end;
    }
    table.#rehash();
    return table;
  }

  get size(): number {
    return this.#size;
  }

  /** The number of a string, or -1. Allocates nothing. */
  find(text: string): number {
    return this.#seek(text, false);
  }

  /** The number of a string, which is taken in if it is new. */
  intern(text: string): number {
    return this.#seek(text, true);
  }

  /** The string of a number. */
  at(id: number): string {
    return decode(this.#bytes, this.#offsets[id], this.#offsets[id + 1]);
  }

  select(keep: Uint8Array): StringTable {
    return StringTable.from(this.arrays(), keep);
  }

  arrays(): NameArrays {
    return {
      bytes: this.#bytes.subarray(0, this.#offsets[this.#size]),
      offsets: this.#offsets.subarray(0, this.#size + 1),
    };
  }

  #seek(text: string, take: boolean): number {
    const units = text.length;
    if (units * BYTES_PER_UNIT > this.#scratch.length) {
      this.#scratch = new Uint8Array(units * BYTES_PER_UNIT * 2);
    }
    const scratch = this.#scratch;
    // Most names are ASCII: they are hashed while they are copied.
    let hash = HASH_START;
    let length = 0;
    while (length < units) {
      const code = text.charCodeAt(length);
      if (code >= 0x80) break;
      scratch[length++] = code;
      hash = Math.imul(hash ^ code, HASH_PRIME);
    }
    if (length < units) {
      const ascii = length;
      length = encodeInto(text, scratch, ascii, ascii);
      for (let i = ascii; i < length; i++) hash = Math.imul(hash ^ scratch[i], HASH_PRIME);
    }
    hash = finish(hash);

    const slots = this.#slots;
    const offsets = this.#offsets;
    const bytes = this.#bytes;
    const mask = slots.length - 1;
    const high = (hash & ~mask) >>> 0;
    let slot = hash & mask;
    for (;;) {
      const entry = slots[slot];
      if (entry === 0) break;
      if ((entry & ~mask) >>> 0 === high) {
        const id = (entry & mask) - 1;
        const start = offsets[id];
        if (offsets[id + 1] - start === length) {
          let i = 0;
          while (i < length && bytes[start + i] === scratch[i]) i++;
          if (i === length) return id;
        }
      }
      slot = (slot + 1) & mask;
    }
    return take ? this.#append(hash, slot, length) : -1;
  }

  /** Takes in the string in the scratch buffer, whose hash leads to the free `slot`. */
  #append(hash: number, slot: number, length: number): number {
    const id = this.#size;
    const start = this.#offsets[id];
    const end = start + length;
    if (id >= MAX_STRINGS) throw new RangeError(`expected at most ${MAX_STRINGS} different attributes`);
    if (end > MAX_BYTES) {
      throw new RangeError(`expected names of at most ${MAX_BYTES} bytes in all, got ${end}`);
    }
    if (id + 2 > this.#offsets.length) {
      const grown = new Uint32Array(this.#offsets.length * 2);
      grown.set(this.#offsets);
      this.#offsets = grown;
    }
    if (end > this.#bytes.length) {
      const grown = new Uint8Array(Math.min(MAX_BYTES, Math.max(end, this.#bytes.length * 2)));
      grown.set(this.#bytes);
      this.#bytes = grown;
    }
    this.#bytes.set(this.#scratch.subarray(0, length), start);
    this.#offsets[id + 1] = end;
    this.#size = id + 1;
    if (this.#size * 2 > this.#slots.length) {
      this.#slots = new Uint32Array(slotsFor(this.#size));
      this.#rehash();
    } else {
      this.#slots[slot] = ((hash & -this.#slots.length) | (id + 1)) >>> 0;
    }
    return id;
  }

  #rehash(): void {
    const slots = this.#slots;
    const bytes = this.#bytes;
    const offsets = this.#offsets;
    const mask = slots.length - 1;
    for (let id = 0; id < this.#size; id++) {
      let hash = HASH_START;
      for (let i = offsets[id]; i < offsets[id + 1]; i++) hash = Math.imul(hash ^ bytes[i], HASH_PRIME);
      hash = finish(hash);
      let slot = hash & mask;
      while (slots[slot] !== 0) {
        const other = (slots[slot] & mask) - 1;
        if (((slots[slot] ^ hash) & ~mask) === 0 && this.at(other) === this.at(id))
          throw new RangeError(`expected different names, got ${show(this.at(id))} twice`);
        slot = (slot + 1) & mask;
      }
      slots[slot] = ((hash & ~mask) | (id + 1)) >>> 0;
    }
  }
}
