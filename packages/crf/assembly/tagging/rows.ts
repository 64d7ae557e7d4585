/* State scores. */

import { blockOf, nameStart, rowSize, rowStart } from './blocks';
import { holds, holdsShort, LONGEST, recordOf, remember, sizeIn, startIn } from './cache';
import { hashName, hashShort, paddedTo16 } from './hash';
import { candidateFrom, findFrom, firstSlot, hasName, slotOfLast } from './names';
import {
  counts,
  found,
  input,
  lengths,
  missing,
  numAttributes,
  numSlots,
  numTags,
  rowTags,
  scores,
  slots,
  stateWeights,
  stride,
  tagBytes,
} from './plan';

// What is known of each name: u32s at these places; the last ones of names that are not in the cache.
const AT = 0;
const LENGTH = 4;
const HASH = 8;
const WEIGHTS = 12;
const SIZE = 16;
const SLOT = 20;
const ATTRIBUTE = 24;
const STORED = 28;
const BYTES = 32;

/** Something is made of all that is loaded ahead, or it would not be loaded. */
export let touched: u32 = 0;

/** Sets the scores of tokens `from` to `to` to 0. */
export function clearScores(from: u32, to: u32): void {
  memory.fill(scores + <usize>from * (stride << 3), 0, <usize>(to - from) * (stride << 3));
}

/**
 * Adds the weights of the attributes whose names are in `input`, `bytes` bytes long, to the scores of tokens `from` to `to`, each of
 * which has as many as `counts` says; all have `units` UTF-16 code units. False, with nothing done, where a surrogate that was alone may
 * have become U+FFFD.
 */
export function addNames(from: u32, to: u32, total: u32, units: u32, bytes: u32): bool {
  if (units == bytes) {
    placeAscii(total);
  } else if (!placeUtf8(total, bytes)) {
    return false;
  }
  const end = found + <usize>total * BYTES;
  let unknown = missing;
  for (let name = found; name < end; name += BYTES) {
    const at = load<u32>(name, AT);
    const length = load<u32>(name, LENGTH);
    let hash: u32;
    let record: usize;
    let known: bool;
    if (length <= 16) {
      const padded = paddedTo16(at, length);
      hash = hashShort(padded, length);
      record = recordOf(hash);
      known = holdsShort(record, padded, length);
    } else {
      hash = hashName(at, length);
      record = recordOf(hash);
      known = holds(record, hash, at, length);
    }
    store<u32>(name, hash, HASH);
    store<u32>(name, startIn(record), WEIGHTS);
    store<u32>(name, sizeIn(record), SIZE);
    // It is in the list only if another does not take its place.
    store<u32>(unknown, <u32>name);
    unknown += known ? 0 : 4;
  }
  findNames(unknown);

  let name = found;
  for (let t = from; t < to; t++) {
    const row = scores + <usize>t * (stride << 3);
    const last = name + <usize>load<u32>(counts + (<usize>(t - from) << 2)) * BYTES;
    for (; name < last; name += BYTES) {
      const size = load<u32>(name, SIZE);
      if (size > 0) addRow(load<u32>(name, WEIGHTS), size, 1, row);
    }
  }
  return true;
}

/**
 * Finds the names that are not in the cache: those in the list `missing`, up to `end`. Memory is far: in each round what the next one
 * needs is asked for, for all at once, before anything depends on it.
 */
function findNames(end: usize): void {
  if (numAttributes == 0) {
    for (let item = missing; item < end; item += 4) store<u32>(load<u32>(item), 0, SIZE);
    return;
  }
  let touch: u32 = 0;
  for (let item = missing; item < end; item += 4) {
    touch += load<u8>(slots + (<usize>firstSlot(load<u32>(load<u32>(item), HASH)) << 2));
  }
  for (let item = missing; item < end; item += 4) {
    const name: usize = load<u32>(item);
    const hash = load<u32>(name, HASH);
    const attribute = candidateFrom(firstSlot(hash), hash);
    store<u32>(name, slotOfLast, SLOT);
    store<i32>(name, attribute, ATTRIBUTE);
    touch += load<u8>(blockOf(max(attribute, 0)));
  }
  for (let item = missing; item < end; item += 4) {
    const name: usize = load<u32>(item);
    const attribute = max(load<i32>(name, ATTRIBUTE), 0);
    const block = blockOf(attribute);
    const stored = nameStart(block, attribute);
    const weights = rowStart(block, attribute);
    store<u32>(name, <u32>stored, STORED);
    store<u32>(name, weights, WEIGHTS);
    touch += load<u8>(stored) + load<u8>(stateWeights + (<usize>weights << 3)) + load<u8>(rowTags + weights * tagBytes);
  }
  touched = touch;

  for (let item = missing; item < end; item += 4) {
    const name: usize = load<u32>(item);
    const at = load<u32>(name, AT);
    const length = load<u32>(name, LENGTH);
    const hash = load<u32>(name, HASH);
    let attribute = load<i32>(name, ATTRIBUTE);
    let weights = load<u32>(name, WEIGHTS);
    let size: u32 = 0;
    if (attribute >= 0) {
      const block = blockOf(attribute);
      if (hasName(block, attribute, load<u32>(name, STORED), at, length)) {
        size = rowSize(block, attribute);
      } else {
        const next = load<u32>(name, SLOT) + 1;
        attribute = findFrom(next == numSlots ? 0 : next, hash, at, length);
        if (attribute >= 0) {
          size = rowSize(blockOf(attribute), attribute);
          weights = rowStart(blockOf(attribute), attribute);
        }
      }
    }
    store<u32>(name, weights, WEIGHTS);
    store<u32>(name, size, SIZE);
    if (length <= LONGEST) remember(recordOf(hash), hash, at, length, weights, size);
  }
}

/** Notes where each name is: all characters are one byte. */
function placeAscii(total: u32): void {
  let at = input;
  let length = lengths;
  const end = found + <usize>total * BYTES;
  for (let name = found; name < end; name += BYTES, length += 4) {
    const size = load<u32>(length);
    store<u32>(name, <u32>at, AT);
    store<u32>(name, size, LENGTH);
    at += size;
  }
}

/**
 * Notes where each name is and how many bytes it has. False if there is a byte EF, as U+FFFD has one, or if a character belongs to two
 * names: halves of a surrogate pair, each of which was alone.
 */
function placeUtf8(total: u32, bytes: u32): bool {
  const ef = i8x16.splat(<i8>0xef);
  for (let at: u32 = 0; at < bytes; at += 16) {
    let high = i8x16.bitmask(i8x16.eq(v128.load(input + at), ef));
    if (bytes - at < 16) high &= (1 << (bytes - at)) - 1;
    if (high != 0) return false;
  }
  const highBits = i8x16.splat(<i8>0x80);
  let at = input;
  let length = lengths;
  const end = found + <usize>total * BYTES;
  for (let name = found; name < end; name += BYTES, length += 4) {
    const start = at;
    let units = load<i32>(length);
    while (units > 16 && !v128.any_true(v128.and(v128.load(at), highBits))) {
      at += 16;
      units -= 16;
    }
    if (units <= 16 && (i8x16.bitmask(v128.load(at)) & ((1 << units) - 1)) == 0) {
      at += units;
      units = 0;
    }
    while (units > 0) {
      const lead: u32 = load<u8>(at);
      // Four bytes are two code units, fewer are one.
      at += lead < 0x80 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
      units -= lead < 0xf0 ? 1 : 2;
    }
    if (units < 0) return false;
    store<u32>(name, <u32>start, AT);
    store<u32>(name, <u32>(at - start), LENGTH);
  }
  return true;
}

/** The attribute whose name is in `input`; -1 if there is none. */
export function findName(length: u32): i32 {
  const hash = hashName(input, length);
  return findFrom(firstSlot(hash), hash, input, length);
}

/** Adds `value` times the weights of an attribute to the scores of a token. */
export function addAttribute(token: u32, attribute: u32, value: f64): void {
  const block = blockOf(attribute);
  const row = scores + <usize>token * (stride << 3);
  addRow(rowStart(block, attribute), rowSize(block, attribute), value, row);
}

/** Adds `value` times `size` weights, from `start` on, to a row of scores. */
function addRow(start: u32, size: u32, value: f64, row: usize): void {
  let weight = stateWeights + (<usize>start << 3);
  if (size == numTags) {
    const values = f64x2.splat(value);
    let tag: u32 = 0;
    for (; tag + 2 <= size; tag += 2, weight += 16, row += 16) {
      v128.store(row, f64x2.add(v128.load(row), f64x2.mul(values, v128.load(weight))));
    }
    if (tag < size) store<f64>(row, load<f64>(row) + value * load<f64>(weight));
    return;
  }
  const end = weight + (<usize>size << 3);
  if (tagBytes == 1) {
    for (let tag = rowTags + start; weight < end; weight += 8, tag++) {
      const score = row + (<usize>load<u8>(tag) << 3);
      store<f64>(score, load<f64>(score) + value * load<f64>(weight));
    }
  } else {
    for (let tag = rowTags + (<usize>start << 1); weight < end; weight += 8, tag += 2) {
      const score = row + (<usize>load<u16>(tag) << 3);
      store<f64>(score, load<f64>(score) + value * load<f64>(weight));
    }
  }
}
