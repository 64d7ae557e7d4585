/* Finds the attributes of names: hash, slot, record, name. */

import { blockOf, LONG, nameSize, nameStart, prefixOf } from './blocks';
import { numAttributes, numSlots, prefixNames, prefixOffsets, slots } from './plan';

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

/** The slot that the last search ended at. */
export let slotOfLast: u32 = 0;

/** The next attribute, from a slot on, that may have a name with this hash; -1 if there is none. */
// @ts-ignore: a decorator on a function
@inline
export function candidateFrom(slot: u32, hash: u32): i32 {
  const bits = numberBits();
  const tag = hash << bits;
  const mask = (1 << bits) - 1;
  let attribute = -1;
  let entry = load<u32>(slots + (<usize>slot << 2));
  // A slot that is free ends it; there is one.
  while (entry != 0) {
    if ((entry & ~mask) == tag) {
      attribute = (entry & mask) - 1;
      break;
    }
    if (++slot == numSlots) slot = 0;
    entry = load<u32>(slots + (<usize>slot << 2));
  }
  slotOfLast = slot;
  return attribute;
}

/** Whether an attribute, whose name is at `stored`, has this name. Up to seven bytes past it are read. */
export function hasName(block: usize, attribute: u32, stored: usize, name: usize, length: u32): bool {
  const prefix = prefixOffsets + (<usize>prefixOf(block, attribute) << 2);
  const prefixStart = load<u32>(prefix);
  const prefixLength = load<u32>(prefix, 4) - prefixStart;
  let size = nameSize(block, attribute);
  if (size == LONG) {
    size = load<u32>(stored);
    stored += 4;
  }
  return (
    length == prefixLength + size &&
    equal(stored, name + prefixLength, size) &&
    equal(prefixNames + prefixStart, name, prefixLength)
  );
}

// @ts-ignore: a decorator on a function
@inline
function equal(a: usize, b: usize, length: u32): bool {
  const end = a + (length & ~7);
  for (; a < end; a += 8, b += 8) if (load<u64>(a) != load<u64>(b)) return false;
  const rest = (length & 7) << 3;
  return rest == 0 || (load<u64>(a) ^ load<u64>(b)) << (64 - rest) == 0;
}

/** The attribute of a name, from a slot on; -1 if there is none. */
export function findFrom(slot: u32, hash: u32, name: usize, length: u32): i32 {
  while (true) {
    const attribute = candidateFrom(slot, hash);
    if (attribute < 0) return attribute;
    const block = blockOf(attribute);
    if (hasName(block, attribute, nameStart(block, attribute), name, length)) return attribute;
    slot = slotOfLast + 1;
    if (slot == numSlots) slot = 0;
  }
}
