import { BLOCK, blockBytes } from './attribute-blocks.js';
import { BYTES, type NumberKind } from './little-endian.js';

/*
 * A model as one file. All numbers little-endian; every section starts at a multiple of 8 bytes at least, so that it can be read as a
 * typed array where it lies, by TypeScript and by WebAssembly alike. A header of 64 bytes:
 *
 *    0  8 × u8  magic: 89 43 52 46 0D 0A 1A 0A (as PNG's: a transfer that alters line ends or the eighth bit shows)
 *    8  u32     version: 2
 *   12  u32     checksum of everything from byte 16 to the end, see checksum.ts
 *   16  f64     length of the file in bytes
 *   24  u32     T, number of tags
 *   28  u32     A, number of attributes
 *   32  u32     W, number of state weights
 *   36  u32     H, number of slots of the attributes' hash table
 *   40  u32     P, number of prefixes
 *   44  u32     bytes of the names of the tags
 *   48  u32     bytes of the prefixes
 *   52  u32     bytes of the names of the attributes without their prefixes
 *   56  8 × u8  zero
 *
 * and then the sections in the order of `sections` below, with zeros between them; the length is a multiple of 8 bytes.
 */

export const MAGIC = Uint8Array.of(0x89, 0x43, 0x52, 0x46, 0x0d, 0x0a, 0x1a, 0x0a);
export const VERSION = 2;
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
  'slots',
  'prefixes',
  'tagBytes',
  'prefixBytes',
  'nameBytes',
] as const;
export type Counts = Readonly<Record<(typeof COUNT_NAMES)[number], number>>;

/** A prefix is numbered by a byte. */
export const MAX_PREFIXES = 256;

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
  const { tags, attributes, weights } = counts;
  const narrow = tags < 256;
  const all = {
    /** Whether tags of weights and sizes of rows are bytes; else they are u16. */
    narrow,
    // [T × T]: from × T + to
    transitions: section('f64', tags * tags),
    // [W]: state weights, by attribute, then tag
    stateWeights: section('f64', weights),
    // [H]: hash table of the attributes' names, see packed-names.ts
    slots: section('u32', counts.slots),
    // [⌈A / 16⌉] records of 16 attributes, see attribute-blocks.ts; each in a cache line of its own, if they are narrow
    blocks: section('u8', blockBytes(narrow) * Math.ceil(attributes / BLOCK), 64),
    // [W]: the tag of each state weight
    rowTags: section(narrow ? 'u8' : 'u16', weights),
    // [T + 1]: the name of tag t is tagNames[tagOffsets[t] .. tagOffsets[t + 1]]
    tagOffsets: section('u32', tags + 1),
    // [P + 1]: the same for the prefixes
    prefixOffsets: section('u32', counts.prefixes + 1),
    // UTF-8, see wtf8.ts
    tagNames: section('u8', counts.tagBytes),
    prefixNames: section('u8', counts.prefixBytes),
    names: section('u8', counts.nameBytes),
  };
  return { ...all, length: Math.ceil(end / 8) * 8 };
}
export type Sections = ReturnType<typeof sections>;
