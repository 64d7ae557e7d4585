/* Names that are not in the cache: a list of them, and their rows. */

import { ATTRIBUTES_START, attributeWith, firstAttribute, nameStart, recordOfEnding, rowStart } from './endings';
import { noteOrRemember } from './cache';
import { candidateFrom, findFrom, firstSlot, hashPart, isEnding, prefixEnd, prefixNumber, slotOfLast } from './names';
import { maskBytes, missing, numSlots, prefixes, rowMasks, slots, stateWeights } from './plan';
import { makeRow, ROW_BYTES } from './row';

// An item of the list `missing`: u32s at these places, the first of them where the address of its row belongs; then its row.
const ROW_OF = 0;
const AT = 4;
const LENGTH = 8;
const HASH = 12;
/** How many bytes of the name are its prefix. */
const FROM = 16;
const PREFIX = 20;
const ENDING_HASH = 24;
const SLOT = 28;
const ENDING = 32;
const STORED = 36;
const ATTRIBUTE = 40;
const WEIGHTS = 44;
const ROW = 48;
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

/** Finds the rows of all names in the list. */
export function findMissing(end: usize): void {
  lookUp(end);
  for (let item = missing; item < end; item += ITEM) {
    store<u32>(load<u32>(item, ROW_OF), <u32>(item + ROW));
    makeRow(load<i32>(item, ATTRIBUTE), load<u32>(item, WEIGHTS), item + ROW);
  }
}

/** The attribute of one name, by the list; -1 if there is none. */
export function findAttribute(at: usize, length: u32): i32 {
  note(missing, 0, at, length, 0);
  lookUp(missing + ITEM);
  return load<i32>(missing, ATTRIBUTE);
}

/** Memory is far: in each round what the next one needs is asked for, for all at once, before anything depends on it. */
function lookUp(end: usize): void {
  let touch: u32 = 0;
  for (let item = missing; item < end; item += ITEM) {
    const name = load<u32>(item, AT);
    const length = load<u32>(item, LENGTH);
    let from = prefixEnd(name, length);
    const prefix = prefixNumber(name, from);
    if (prefix == 0) from = 0;
    const left = length - from;
    const hash = hashPart(name + from, left);
    store<u32>(item, from, FROM);
    store<u32>(item, prefix, PREFIX);
    store<u32>(item, hash, ENDING_HASH);
    touch += load<u8>(slots + (<usize>firstSlot(hash) << 2));
  }
  for (let item = missing; item < end; item += ITEM) {
    const hash = load<u32>(item, ENDING_HASH);
    const ending = candidateFrom(firstSlot(hash), hash);
    store<u32>(item, slotOfLast, SLOT);
    store<i32>(item, ending, ENDING);
    touch += load<u8>(recordOfEnding(max(ending, 0)));
  }
  for (let item = missing; item < end; item += ITEM) {
    const ending = max(load<i32>(item, ENDING), 0);
    const record = recordOfEnding(ending);
    const stored = nameStart(record, ending);
    store<u32>(item, <u32>stored, STORED);
    const attribute: usize = firstAttribute(record, ending);
    touch += load<u8>(stored) + load<u8>(prefixes + attribute);
    touch += load<u8>(rowMasks + attribute * maskBytes);
    touch += load<u8>(rowMasks + <usize>load<u32>(record, ATTRIBUTES_START) * maskBytes);
  }
  for (let item = missing; item < end; item += ITEM) {
    let ending = load<i32>(item, ENDING);
    let attribute = -1;
    if (ending >= 0) {
      const from = load<u32>(item, FROM);
      const name = load<u32>(item, AT) + from;
      const length = load<u32>(item, LENGTH) - from;
      let record = recordOfEnding(ending);
      if (!isEnding(record, ending, load<u32>(item, STORED), name, length)) {
        const next = load<u32>(item, SLOT) + 1;
        ending = findFrom(next == numSlots ? 0 : next, load<u32>(item, ENDING_HASH), name, length);
        record = recordOfEnding(max(ending, 0));
      }
      if (ending >= 0) attribute = attributeWith(record, ending, load<u32>(item, PREFIX));
      if (attribute >= 0) {
        const weights = rowStart(record, attribute);
        store<u32>(item, weights, WEIGHTS);
        touch += load<u8>(stateWeights + (<usize>weights << 3));
      }
    }
    store<i32>(item, attribute, ATTRIBUTE);
  }
  touched = touch;
}

/** Tells the cache of all in the list. It may then replace rows that were in use until now. */
export function tellCache(end: usize): void {
  for (let item = missing; item < end; item += ITEM) {
    noteOrRemember(load<u32>(item, HASH), load<u32>(item, AT), load<u32>(item, LENGTH), item + ROW);
  }
}
