/* Names that are not in the cache: a list of them, and their rows. */

import { rowStart } from './endings';
import { noteOrRemember } from './cache';
import { findAttribute, recordOfLast } from './names';
import { missing } from './plan';
import { makeRow, ROW_BYTES } from './row';

// An item of the list `missing`: u32s at these places, the first of them where the address of its row belongs; then its row.
const ROW_OF = 0;
const AT = 4;
const LENGTH = 8;
const HASH = 12;
const ROW = 16;
/** Bytes of an item. */
export const ITEM = ROW + ROW_BYTES;

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
  for (let item = missing; item < end; item += ITEM) {
    store<u32>(load<u32>(item, ROW_OF), <u32>(item + ROW));
    const attribute = findAttribute(load<u32>(item, AT), load<u32>(item, LENGTH));
    makeRow(attribute, attribute < 0 ? 0 : rowStart(recordOfLast, attribute), item + ROW);
  }
}

/** Tells the cache of all in the list. It may then replace rows that were in use until now. */
export function tellCache(end: usize): void {
  for (let item = missing; item < end; item += ITEM) {
    noteOrRemember(load<u32>(item, HASH), load<u32>(item, AT), load<u32>(item, LENGTH), item + ROW);
  }
}
