/*
 * The table of attributes in a model file: a record for each 16 of them, in bytes:
 *
 *    0  u32       where the weights of the first begin, in the state weights
 *    4  u32       where its name begins, in the names
 *    8  16 × u8   how many weights each has, or 16 × u16 in wide records
 *   24  16 × u8   how many bytes each name has after its prefix; 255 = that number stands before the name, as u32
 *   40  16 × u8   the prefix of each name
 *   56  8 × u8    zero
 *
 * Wide records have the last three 16 bytes further on, and no zeros at the end: 72 bytes. So one look at memory finds what belongs to
 * an attribute: what is before it in the record is added up.
 */

/** Attributes of a record. */
export const BLOCK = 16;
/** The size of a name that is as long or longer. */
export const LONG = 255;

const ROW_SIZES = 8;

/** The size of a record. */
export const blockBytes = (narrow: boolean): number => (narrow ? 64 : 72);

/** The records, to be read and to be written. */
export class AttributeBlocks {
  readonly bytes: Uint8Array;
  readonly size: number;
  readonly #narrow: boolean;
  readonly #recordBytes: number;

  /** `bytes` hold `size` attributes. */
  constructor(bytes: Uint8Array, size: number, narrow: boolean) {
    this.bytes = bytes;
    this.size = size;
    this.#narrow = narrow;
    this.#recordBytes = blockBytes(narrow);
  }

  /** Where the weights of the first attribute of a record begin. */
  rowsStart(block: number): number {
    return u32At(this.bytes, block * this.#recordBytes);
  }

  /** Where its name begins. */
  namesStart(block: number): number {
    return u32At(this.bytes, block * this.#recordBytes + 4);
  }

  rowSize(attribute: number): number {
    const at = this.rowSizeAt(attribute);
    return this.#narrow ? this.bytes[at] : this.bytes[at] | (this.bytes[at + 1] << 8);
  }

  /** At most `LONG`. */
  nameSize(attribute: number): number {
    return this.bytes[this.nameSizeAt(attribute)];
  }

  prefix(attribute: number): number {
    return this.bytes[this.prefixAt(attribute)];
  }

  /** Places in `bytes`. */
  nameSizeAt(attribute: number): number {
    const sizes = ROW_SIZES + BLOCK * (this.#narrow ? 1 : 2);
    return Math.floor(attribute / BLOCK) * this.#recordBytes + sizes + (attribute % BLOCK);
  }

  prefixAt(attribute: number): number {
    return this.nameSizeAt(attribute) + BLOCK;
  }

  rowSizeAt(attribute: number): number {
    const rank = attribute % BLOCK;
    return Math.floor(attribute / BLOCK) * this.#recordBytes + ROW_SIZES + (this.#narrow ? rank : 2 * rank);
  }

  /** Starts a record. */
  setStarts(block: number, row: number, name: number): void {
    putU32(this.bytes, block * this.#recordBytes, row);
    putU32(this.bytes, block * this.#recordBytes + 4, name);
  }

  set(attribute: number, rowSize: number, nameSize: number, prefix: number): void {
    const at = this.rowSizeAt(attribute);
    this.bytes[at] = rowSize;
    if (!this.#narrow) this.bytes[at + 1] = rowSize >> 8;
    this.bytes[this.nameSizeAt(attribute)] = nameSize;
    this.bytes[this.prefixAt(attribute)] = prefix;
  }
}

/** The number in four bytes, the lowest first. */
export const u32At = (bytes: Uint8Array, at: number): number =>
  (bytes[at] | (bytes[at + 1] << 8) | (bytes[at + 2] << 16) | (bytes[at + 3] << 24)) >>> 0;

/** Writes it. */
export function putU32(bytes: Uint8Array, at: number, value: number): void {
  for (let k = 0; k < 4; k++) bytes[at + k] = value >>> (8 * k);
}
