/* Finds the attributes of names. */

import { blocks, nameSizes, names, numSlots, prefixNames, prefixOffsets, prefixes, slots, numAttributes } from './plan';

/** Attributes of a block have one place noted in the file; the others follow from the sizes before them. */
export const BLOCK: u32 = 16;
/** The size of a name that is longer than fits: its length then stands before it, in four bytes. */
export const LONG: u32 = 255;

/** The low bits of a slot, which hold the number of an attribute + 1; in the others is the low part of its hash. */
// @ts-ignore: a decorator on a function
@inline
export function numberBits(): u32 {
  return 32 - clz<u32>(numAttributes);
}

/** Where the search for a hash begins. */
// @ts-ignore: a decorator on a function
@inline
export function firstSlot(hash: u32): u32 {
  return <u32>((<u64>hash * <u64>numSlots) >> 32);
}

/** The sum of the first `count` of 16 bytes. */
// @ts-ignore: a decorator on a function
@inline
export function sumBytes(at: usize, count: u32): u32 {
  const lanes = i8x16(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
  const some = v128.and(v128.load(at), i8x16.lt_u(lanes, i8x16.splat(<i8>count)));
  const sums = i32x4.extadd_pairwise_i16x8_u(i16x8.extadd_pairwise_i8x16_u(some));
  return (
    i32x4.extract_lane(sums, 0) +
    i32x4.extract_lane(sums, 1) +
    i32x4.extract_lane(sums, 2) +
    i32x4.extract_lane(sums, 3)
  );
}

/** Where the name of an attribute begins, after its prefix (or the length of a long one). */
// @ts-ignore: a decorator on a function
@inline
function nameAt(attribute: u32): usize {
  const block = attribute & ~(BLOCK - 1);
  const rank = attribute & (BLOCK - 1);
  const base = names + load<u32>(blocks + (<usize>(attribute / BLOCK) << 3), 4);
  const sizes = nameSizes + block;
  const lanes = i8x16(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
  const long = v128.and(
    i8x16.eq(v128.load(sizes), i8x16.splat(-1)),
    i8x16.lt_u(lanes, i8x16.splat(<i8>rank)),
  );
  if (!v128.any_true(long)) return base + sumBytes(sizes, rank);
  let at = base;
  for (let k: u32 = 0; k < rank; k++) {
    const size: u32 = load<u8>(sizes + k);
    at += size < LONG ? size : 4 + load<u32>(at);
  }
  return at;
}

// @ts-ignore: a decorator on a function
@inline
function equal(a: usize, b: usize, length: u32): bool {
  const end = a + (length & ~7);
  for (; a < end; a += 8, b += 8) if (load<u64>(a) != load<u64>(b)) return false;
  const rest = (length & 7) << 3;
  return rest == 0 || (load<u64>(a) ^ load<u64>(b)) << (64 - rest) == 0;
}

/** Whether an attribute has this name. Up to seven bytes past it are read. */
function hasName(attribute: u32, name: usize, length: u32): bool {
  const prefix = prefixOffsets + (<usize>load<u8>(prefixes + attribute) << 2);
  const prefixStart = load<u32>(prefix);
  const prefixLength = load<u32>(prefix, 4) - prefixStart;
  let size: u32 = load<u8>(nameSizes + attribute);
  if (length < prefixLength || (size < LONG && length != prefixLength + size)) return false;
  let at = nameAt(attribute);
  if (size == LONG) {
    size = load<u32>(at);
    at += 4;
    if (length != prefixLength + size) return false;
  }
  return equal(at, name + prefixLength, size) && equal(prefixNames + prefixStart, name, prefixLength);
}

/** The number of the attribute of a name, from the slot of its hash on; -1 if there is none. */
export function findFrom(slot: u32, hash: u32, name: usize, length: u32): i32 {
  const bits = numberBits();
  const tag = hash << bits;
  const mask = (1 << bits) - 1;
  let entry = load<u32>(slots + (<usize>slot << 2));
  // A slot that is free ends it; there is one.
  while (entry != 0) {
    if ((entry & ~mask) == tag) {
      const attribute = (entry & mask) - 1;
      if (hasName(attribute, name, length)) return attribute;
    }
    if (++slot == numSlots) slot = 0;
    entry = load<u32>(slots + (<usize>slot << 2));
  }
  return -1;
}
