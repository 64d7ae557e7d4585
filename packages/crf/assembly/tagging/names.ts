/* Finds the attributes of names: prefix and ending, hash, slot, record, ending, prefix. */

import { attributeWith, LONG, MOST_SHARED, nameSize, nameStart, recordOfEnding } from './endings';
import { hashName, hashShort, paddedTo16 } from './hash';
import { numEndings, numPrefixes, numSlots, slots } from './plan';

/** The low bits of a slot, which hold the number of an ending + 1; in the others is the low part of its hash. */
// @ts-ignore: a decorator on a function
@inline
export function numberBits(): u32 {
  return 32 - clz<u32>(numEndings);
}

/** Where the search for a hash begins. */
// @ts-ignore: a decorator on a function
@inline
function firstSlot(hash: u32): u32 {
  return <u32>((<u64>hash * <u64>numSlots) >> 32);
}

/** Where the prefix of a name would end: after its first `=` or `:`; 0 where it has neither. Up to 16 bytes past it are read. */
// @ts-ignore: a decorator on a function
@inline
function prefixEnd(name: usize, length: u32): u32 {
  const equals = i8x16.splat(0x3d);
  const colon = i8x16.splat(0x3a);
  for (let at: u32 = 0; at < length; at += 16) {
    const bytes = v128.load(name + at);
    let bits = i8x16.bitmask(v128.or(i8x16.eq(bytes, equals), i8x16.eq(bytes, colon)));
    if (length - at < 16) bits &= (1 << (length - at)) - 1;
    if (bits != 0) return at + ctz(bits) + 1;
  }
  return 0;
}

/** The hash of a part of a name. Up to 16 bytes past it are read. */
// @ts-ignore: a decorator on a function
@inline
function hashPart(name: usize, length: u32): u32 {
  return length <= 16 ? hashShort(paddedTo16(name, length), length) : hashName(name, length);
}

/** The number of an ending; -1 if there is none. Up to 16 bytes past it are read. */
function findEnding(name: usize, length: u32): i32 {
  const hash = hashPart(name, length);
  const bits = numberBits();
  const tag = hash << bits;
  const mask = (1 << bits) - 1;
  let slot = firstSlot(hash);
  // A slot that is free ends it; there is one.
  while (true) {
    const entry = load<u32>(slots + (<usize>slot << 2));
    if (entry == 0) return -1;
    if ((entry & ~mask) == tag) {
      const ending = (entry & mask) - 1;
      const record = recordOfEnding(ending);
      let stored = nameStart(record, ending);
      let size = nameSize(record, ending);
      if (size == LONG) {
        size = load<u32>(stored);
        stored += 4;
      }
      if (size == length && equal(stored, name, length)) return ending;
    }
    if (++slot == numSlots) slot = 0;
  }
}

/** Lengths follow no pattern, so short ones take no branch. */
// @ts-ignore: a decorator on a function
@inline
function equal(a: usize, b: usize, length: u32): bool {
  if (length <= 16) return !v128.any_true(v128.xor(paddedTo16(a, length), paddedTo16(b, length)));
  const end = a + (length & ~7);
  for (; a < end; a += 8, b += 8) if (load<u64>(a) != load<u64>(b)) return false;
  const rest = (length & 7) << 3;
  return rest == 0 || (load<u64>(a) ^ load<u64>(b)) << (64 - rest) == 0;
}

/** The record of the ending of the attribute that was last found. */
export let recordOfLast: usize = 0;

/** The attribute of a name; -1 if there is none. */
export function findAttribute(name: usize, length: u32): i32 {
  const from = prefixEnd(name, length);
  let prefix: u32 = 0;
  // With a long part a name is an ending as a whole.
  if (from > 0 && length - from <= MOST_SHARED) {
    const found = findEnding(name, from);
    if (<u32>found < numPrefixes) prefix = found;
  }
  const start = prefix > 0 ? from : 0;
  const ending = findEnding(name + start, length - start);
  if (ending < 0) return ending;
  recordOfLast = recordOfEnding(ending);
  return attributeWith(recordOfLast, ending, prefix);
}
