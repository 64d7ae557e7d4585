/* Names that are not in the cache: a list of them, and their rows. */

import { blockOf, nameStart, rowSize, rowStart } from './blocks';
import { noteOrRemember } from './cache';
import { candidateFrom, findFrom, firstSlot, hasName, slotOfLast } from './names';
import { missing, numAttributes, numSlots, rowTags, slots, stateWeights, tagBytes } from './plan';
import { makeRow, ROW_BYTES } from './row';

// An item of the list `missing`: u32s at these places, the first of them where the address of its row belongs; then its row.
const ROW_OF = 0;
const AT = 4;
const LENGTH = 8;
const HASH = 12;
const ATTRIBUTE = 16;
const SLOT = 20;
const STORED = 24;
const WEIGHTS = 28;
const ROW = 32;
/** Bytes of an item. */
export const ITEM = ROW + ROW_BYTES;

/** Something is made of all that is loaded ahead, or it would not be loaded. */
export let touched: u32 = 0;

/** Notes a name; it is in the list once the list's end is after it. */
// @ts-ignore: a decorator on a function
@inline
export function note(item: usize, rowOf: usize, at: usize, length: u32, hash: u32): void {
  store<u32>(item, <u32>rowOf, ROW_OF);
  store<u32>(item, <u32>at, AT);
  store<u32>(item, length, LENGTH);
  store<u32>(item, hash, HASH);
}

/**
 * Finds the rows of all names in the list. Memory is far: in each round what the next one needs is asked for, for all at once, before
 * anything depends on it.
 */
export function findMissing(end: usize): void {
  if (numAttributes > 0) lookUp(end);
  for (let item = missing; item < end; item += ITEM) {
    store<u32>(load<u32>(item, ROW_OF), <u32>(item + ROW));
    const attribute = numAttributes > 0 ? load<i32>(item, ATTRIBUTE) : -1;
    const size = attribute < 0 ? 0 : rowSize(blockOf(attribute), attribute);
    makeRow(load<u32>(item, WEIGHTS), size, item + ROW);
  }
}

function lookUp(end: usize): void {
  let touch: u32 = 0;
  for (let item = missing; item < end; item += ITEM) {
    touch += load<u8>(slots + (<usize>firstSlot(load<u32>(item, HASH)) << 2));
  }
  for (let item = missing; item < end; item += ITEM) {
    const hash = load<u32>(item, HASH);
    const attribute = candidateFrom(firstSlot(hash), hash);
    store<u32>(item, slotOfLast, SLOT);
    store<i32>(item, attribute, ATTRIBUTE);
    touch += load<u8>(blockOf(max(attribute, 0)));
  }
  for (let item = missing; item < end; item += ITEM) {
    const attribute = max(load<i32>(item, ATTRIBUTE), 0);
    const block = blockOf(attribute);
    const stored = nameStart(block, attribute);
    const weights = rowStart(block, attribute);
    store<u32>(item, <u32>stored, STORED);
    store<u32>(item, weights, WEIGHTS);
    touch += load<u8>(stored) + load<u8>(stateWeights + (<usize>weights << 3)) + load<u8>(rowTags + weights * tagBytes);
  }
  touched = touch;

  for (let item = missing; item < end; item += ITEM) {
    let attribute = load<i32>(item, ATTRIBUTE);
    if (attribute < 0) continue;
    const at = load<u32>(item, AT);
    const length = load<u32>(item, LENGTH);
    if (hasName(blockOf(attribute), attribute, load<u32>(item, STORED), at, length)) continue;
    const next = load<u32>(item, SLOT) + 1;
    attribute = findFrom(next == numSlots ? 0 : next, load<u32>(item, HASH), at, length);
    store<i32>(item, attribute, ATTRIBUTE);
    if (attribute >= 0) store<u32>(item, rowStart(blockOf(attribute), attribute), WEIGHTS);
  }
}

/** Tells the cache of all in the list. It may then replace rows that were in use until now. */
export function tellCache(end: usize): void {
  for (let item = missing; item < end; item += ITEM) {
    noteOrRemember(load<u32>(item, HASH), load<u32>(item, AT), load<u32>(item, LENGTH), item + ROW);
  }
}
