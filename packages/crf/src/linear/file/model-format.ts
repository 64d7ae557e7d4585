import { BLOCK, RECORD_BYTES } from './ending-records.js';
import { BYTES, type NumberKind } from './little-endian.js';

/*
 * A model as one file. All numbers little-endian; every section starts at a multiple of 8 bytes at least, so that it can be read as a
 * typed array where it lies, by TypeScript and by WebAssembly alike.
 *
 * The name of an attribute is a prefix, which many others have, and an ending, which some others have: `word[0]=house` and
 * `word[-1]=house` differ in their prefixes alone. Both are stored once, in one table: the first of its entries are the prefixes, the
 * very first is empty, and each may be an ending, too. Attributes are numbered by their endings.
 *
 * A header of 64 bytes:
 *
 *    0  8 × u8  magic: 89 43 52 46 0D 0A 1A 0A (as PNG's: a transfer that alters line ends or the eighth bit shows)
 *    8  u32     version: 4
 *   12  u32     checksum of everything from byte 16 to the end, see checksum.ts
 *   16  f64     length of the file in bytes
 *   24  u32     T, number of tags
 *   28  u32     A, number of attributes
 *   32  u32     W, number of state weights
 *   36  u32     E, number of endings, prefixes among them
 *   40  u32     H, number of slots of their hash table
 *   44  u32     P, number of prefixes
 *   48  u32     bytes of the names of the tags
 *   52  u32     bytes of the endings
 *   56  8 × u8  zero
 *
 * and then the sections in the order of `sections` below, with zeros between them; the length is a multiple of 8 bytes.
 */

export const MAGIC = Uint8Array.of(0x89, 0x43, 0x52, 0x46, 0x0d, 0x0a, 0x1a, 0x0a);
export const VERSION = 4;
export const HEADER_BYTES = 64;
export const VERSION_AT = 8;
export const CHECKSUM_AT = 12;
export const CHECKED_FROM = 16;
export const LENGTH_AT = 16;
export const COUNTS_AT = 24;

/** The numbers in the header, in their order. */
export const COUNT_NAMES = [
  'tags',
  'attributes',
  'weights',
  'endings',
  'slots',
  'prefixes',
  'tagBytes',
  'endingBytes',
] as const;
export type Counts = Readonly<Record<(typeof COUNT_NAMES)[number], number>>;

/** The counts in the header of a file. */
export function countsIn({ buffer, byteOffset }: Uint8Array): Counts {
  const header = new DataView(buffer, byteOffset, HEADER_BYTES);
  const counts: Partial<Record<keyof Counts, number>> = {};
  for (let i = 0; i < COUNT_NAMES.length; i++)
    counts[COUNT_NAMES[i]] = header.getUint32(COUNTS_AT + 4 * i, true);
  return counts as Counts;
}

/** A prefix is numbered by a byte, and so are the attributes of an ending, which differ in their prefixes. */
export const MAX_PREFIXES = 255;

/** With more tags, masks of them would be large. */
const MAX_MASKED_TAGS = 64;
const maskBytesFor = (tags: number): number => (tags > MAX_MASKED_TAGS ? 0 : Math.ceil(tags / 8));

export interface Section {
  readonly at: number;
  readonly count: number;
}

/** Where each section begins, and the length of the file. Plain numbers: counts of 2^32 give no wrong sum. */
export function sections(counts: Counts) {
  let end = HEADER_BYTES;
  const section = (kind: NumberKind | 'u8', count: number, alignment = 8): Section => {
    const at = Math.ceil(end / alignment) * alignment;
    end = at + count * (kind === 'u8' ? 1 : BYTES[kind]);
    return { at, count };
  };
  const { tags, attributes, weights, endings } = counts;
  const maskBytes = maskBytesFor(tags);
  const listed = maskBytes === 0;
  const all = {
    /** Bytes of a mask of tags; 0: instead of masks there are lists of tags. */
    maskBytes,
    // [T × T]: from × T + to
    transitions: section('f64', tags * tags),
    // [W]: state weights, by attribute, then tag
    stateWeights: section('f64', weights),
    // [H]: hash table of the endings, see packed-names.ts
    slots: section('u32', counts.slots),
    // [⌈E / 8⌉] records of 8 endings, see ending-records.ts; none lies across two cache lines
    endings: section('u8', RECORD_BYTES * Math.ceil(endings / BLOCK), RECORD_BYTES),
    // [A]: the prefix of each attribute
    prefixes: section('u8', attributes),
    // [A × mask bytes]: the tags that each has weights for; tag t is bit t & 7 of byte t >> 3. Empty where tags are listed
    rowMasks: section('u8', maskBytes * attributes),
    // [A]: how many weights each has, where tags are listed; else empty
    rowSizes: section('u16', listed ? attributes : 0),
    // [W]: the tag of each state weight, where they are listed; else empty
    rowTags: section('u16', listed ? weights : 0),
    // [T + 1]: the name of tag t is tagNames[tagOffsets[t] .. tagOffsets[t + 1]]
    tagOffsets: section('u32', tags + 1),
    // UTF-8, see wtf8.ts
    tagNames: section('u8', counts.tagBytes),
    endingNames: section('u8', counts.endingBytes),
  };
  return { ...all, length: Math.ceil(end / 8) * 8 };
}
export type Sections = ReturnType<typeof sections>;
