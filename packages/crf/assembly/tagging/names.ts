/* Finds the attributes of names: prefix and ending, hash, slot, record, ending, prefix. */

import { LONG, nameSize, nameStart, recordOfEnding } from './endings';
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
export function firstSlot(hash: u32): u32 {
  return <u32>((<u64>hash * <u64>numSlots) >> 32);
}

/** Where the prefix of a name would end: after its first `=` or `:`; 0 where it has neither. Up to 15 bytes past it are read. */
// @ts-ignore: a decorator on a function
@inline
export function prefixEnd(name: usize, length: u32): u32 {
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

/** The hash of a part of a name. Up to 15 bytes past it are read. */
export function hashPart(name: usize, length: u32): u32 {
  return length <= 16 ? hashShort(paddedTo16(name, length), length) : hashName(name, length);
}

/** The number of the prefix that is the first `length` bytes of a name; 0 if there is none. Up to 15 bytes past it are read. */
// @ts-ignore: a decorator on a function
@inline
export function prefixNumber(name: usize, length: u32): u32 {
  if (length == 0) return 0;
  const hash = hashPart(name, length);
  const ending = findFrom(firstSlot(hash), hash, name, length);
  return <u32>ending < numPrefixes ? ending : 0;
}

/** The slot that the last search ended at. */
export let slotOfLast: u32 = 0;

/** The next ending, from a slot on, that may have this hash; -1 if there is none. */
// @ts-ignore: a decorator on a function
@inline
export function candidateFrom(slot: u32, hash: u32): i32 {
  const bits = numberBits();
  const tag = hash << bits;
  const mask = (1 << bits) - 1;
  let ending = -1;
  let entry = load<u32>(slots + (<usize>slot << 2));
  // A slot that is free ends it; there is one.
  while (entry != 0) {
    if ((entry & ~mask) == tag) {
      ending = (entry & mask) - 1;
      break;
    }
    if (++slot == numSlots) slot = 0;
    entry = load<u32>(slots + (<usize>slot << 2));
  }
  slotOfLast = slot;
  return ending;
}

/** Whether an ending, which is at `stored`, is this. Up to 15 bytes past it are read. */
// @ts-ignore: a decorator on a function
@inline
export function isEnding(record: usize, ending: u32, stored: usize, name: usize, length: u32): bool {
  let size = nameSize(record, ending);
  if (size == LONG) {
    size = load<u32>(stored);
    stored += 4;
  }
  return size == length && equal(stored, name, length);
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

/** The number of an ending, from a slot on; -1 if there is none. */
export function findFrom(slot: u32, hash: u32, name: usize, length: u32): i32 {
  while (true) {
    const ending = candidateFrom(slot, hash);
    if (ending < 0) return ending;
    const record = recordOfEnding(ending);
    if (isEnding(record, ending, nameStart(record, ending), name, length)) return ending;
    slot = slotOfLast + 1;
    if (slot == numSlots) slot = 0;
  }
}
