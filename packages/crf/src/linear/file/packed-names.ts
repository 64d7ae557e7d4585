import { MAX_BYTES, type NameArrays } from '../string-table.js';
import { LONG, u32At, type EndingRecords } from './ending-records.js';

/** The sections of a model file that hold the names of its attributes. */
export interface PackedNameArrays {
  readonly endings: EndingRecords;
  readonly prefixes: Uint8Array;
  readonly endingNames: Uint8Array;
}

/**
 * Where the search for a hash begins: its high bits choose the slot, whatever the number of slots. The search goes on slot by slot to a
 * free one. A slot holds the number of an ending + 1 in the low bits, in the others the low bits of its hash.
 */
export const firstSlot = (hash: number, slots: number): number =>
  // Products of 16 bits by 32, which doubles hold.
  Math.floor(((hash >>> 16) * slots + Math.floor(((hash & 0xffff) * slots) / 65536)) / 65536);

/** The bits of a slot that hold the number of one of so many endings + 1. */
export const numberBits = (numEndings: number): number => 32 - Math.clz32(numEndings);

/** The slots for so many endings: a quarter of them stay free. Four are checked at once. */
export const slotsFor = (numEndings: number): number => 4 * Math.ceil((numEndings + 1) / 3);

const EQUALS = 0x3d;
const COLON = 0x3a;

/**
 * Where the prefix of a name would end: after its first `=` or `:`, as attributes are mostly called `kind=value`; `start` where it has
 * neither. UTF-8 has no such byte within another character, so both parts are UTF-8.
 */
export function prefixEnd(bytes: Uint8Array, start: number, end: number): number {
  for (let at = start; at < end; at++) if (bytes[at] === EQUALS || bytes[at] === COLON) return at + 1;
  return start;
}

/** The names of a model's attributes, of what its file has of them. @throws RangeError where they are too long for one array */
export function unpackNames({ endings, prefixes, endingNames }: PackedNameArrays): NameArrays {
  const starts = new Uint32Array(endings.size);
  const ends = new Uint32Array(endings.size);
  const endingOf = new Uint32Array(prefixes.length);
  for (let e = 0, end = 0, a = 0; e < endings.size; e++) {
    const size = endings.nameSize(e);
    starts[e] = size < LONG ? end : end + 4;
    ends[e] = starts[e] + (size < LONG ? size : u32At(endingNames, end));
    end = ends[e];
    a += endingOf.subarray(a, a + endings.attributes(e)).fill(e).length;
  }
  const sizeOf = (ending: number): number => ends[ending] - starts[ending];
  let length = 0;
  const offsets = new Uint32Array(prefixes.length + 1);
  for (let a = 0; a < prefixes.length; a++) {
    length += sizeOf(prefixes[a]) + sizeOf(endingOf[a]);
    offsets[a + 1] = length;
  }
  // Few bytes of a file may say that many names are long.
  if (length > MAX_BYTES)
    throw new RangeError(`expected names of at most ${MAX_BYTES} bytes in all, got ${length}`);
  const bytes = new Uint8Array(length);
  for (let a = 0, at = 0; a < prefixes.length; a++) {
    for (const ending of [prefixes[a], endingOf[a]])
      for (let i = starts[ending]; i < ends[ending]; i++) bytes[at++] = endingNames[i];
  }
  return { bytes, offsets };
}
