/*
 * The table of endings in a model file: a record of 32 bytes for each 8 of them:
 *
 *    0  u32       where the weights of the first attribute of the first begin, in the state weights
 *    4  u32       where the first itself begins, in the endings
 *    8  u32       its first attribute; those of the others follow
 *   12  4 × u8    zero
 *   16  8 × u8    how many bytes each has; 255 = that number stands before the ending, as u32
 *   24  8 × u8    how many attributes end so
 *
 * So one look at memory finds what belongs to an ending: what is before it in the record is added up.
 */

/** Endings of a record. */
export const BLOCK = 8;
export const RECORD_BYTES = 32;
/** The size of an ending that is as long or longer. */
export const LONG = 255;
/**
 * Longer endings and prefixes are not shared: a name with one is an ending as a whole, and has no prefix. So few bytes of a file cannot
 * say that many names are long.
 */
export const MOST_SHARED = 63;

export const ROWS_START = 0;
export const NAMES_START = 4;
export const ATTRIBUTES_START = 8;
const SIZES = 16;

/** The records, to be read and to be written. */
export class EndingRecords {
  readonly bytes: Uint8Array;
  readonly size: number;

  /** `bytes` hold `size` endings. */
  constructor(bytes: Uint8Array, size: number) {
    this.bytes = bytes;
    this.size = size;
  }

  /** A number of a record: `ROWS_START`, `NAMES_START` or `ATTRIBUTES_START`. */
  start(block: number, what: number): number {
    return u32At(this.bytes, block * RECORD_BYTES + what);
  }

  /** At most `LONG`. */
  nameSize(ending: number): number {
    return this.bytes[this.nameSizeAt(ending)];
  }

  /** How many attributes end so. */
  attributes(ending: number): number {
    return this.bytes[this.nameSizeAt(ending) + BLOCK];
  }

  /** A place in `bytes`. */
  nameSizeAt(ending: number): number {
    return Math.floor(ending / BLOCK) * RECORD_BYTES + SIZES + (ending % BLOCK);
  }

  /** Starts a record. */
  setStarts(block: number, row: number, name: number, attribute: number): void {
    putU32(this.bytes, block * RECORD_BYTES + ROWS_START, row);
    putU32(this.bytes, block * RECORD_BYTES + NAMES_START, name);
    putU32(this.bytes, block * RECORD_BYTES + ATTRIBUTES_START, attribute);
  }

  set(ending: number, nameSize: number, attributes: number): void {
    this.bytes[this.nameSizeAt(ending)] = nameSize;
    this.bytes[this.nameSizeAt(ending) + BLOCK] = attributes;
  }
}

/** The number in four bytes, the lowest first. */
export const u32At = (bytes: Uint8Array, at: number): number =>
  (bytes[at] | (bytes[at + 1] << 8) | (bytes[at + 2] << 16) | (bytes[at + 3] << 24)) >>> 0;

/** Writes it. */
export function putU32(bytes: Uint8Array, at: number, value: number): void {
  for (let k = 0; k < 4; k++) bytes[at + k] = value >>> (8 * k);
}
