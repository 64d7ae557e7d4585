/* State scores. */

import { blockOf, nameStart, rowSize, rowStart } from './blocks';
import { murmur3 } from './hash';
import { candidateFrom, findFrom, firstSlot, hasName, slotOfLast } from './names';
import { counts, found, input, numSlots, numTags, rowTags, scores, stateWeights, stride, tagBytes } from './plan';

// What is known of each name: u32s at these places.
const START = 0;
const LENGTH = 4;
const HASH = 8;
const SLOT = 12;
const ATTRIBUTE = 16;
const STORED = 20;
const WEIGHTS = 24;
const BYTES = 32;

/** Something is made of all that is loaded ahead, or it would not be loaded. */
export let touched: u32 = 0;

/** Sets the scores of tokens `from` to `to` to 0. */
export function clearScores(from: u32, to: u32): void {
  memory.fill(scores + <usize>from * (stride << 3), 0, <usize>(to - from) * (stride << 3));
}

/**
 * Adds the weights of the attributes whose names are in `input`, `length` bytes long, to the scores of tokens `from` to `to`, each of
 * which has as many as `counts` says. False, with nothing done, if there are not `total` names, or if a byte is EF: then a name holds
 * the byte 0, or may have had a surrogate alone, which has become U+FFFD.
 */
export function addNames(from: u32, to: u32, length: u32, total: u32): bool {
  if (total == 0) return true;
  if (!splitNames(length, total)) return false;
  // Memory is far: in each round what the next one needs is asked for, for all names at once.
  const end = found + <usize>total * BYTES;
  let touch: u32 = 0;
  for (let name = found; name < end; name += BYTES) {
    const hash = murmur3(input + load<u32>(name, START), load<u32>(name, LENGTH));
    const attribute = candidateFrom(firstSlot(hash), hash);
    store<u32>(name, hash, HASH);
    store<u32>(name, slotOfLast, SLOT);
    store<i32>(name, attribute, ATTRIBUTE);
    if (attribute >= 0) touch += load<u8>(blockOf(attribute));
  }
  for (let name = found; name < end; name += BYTES) {
    const attribute = load<i32>(name, ATTRIBUTE);
    if (attribute < 0) continue;
    const block = blockOf(attribute);
    const stored = nameStart(block, attribute);
    const weights = rowStart(block, attribute);
    store<u32>(name, <u32>stored, STORED);
    store<u32>(name, weights, WEIGHTS);
    touch += load<u8>(stored) + load<u8>(stateWeights + (<usize>weights << 3)) + load<u8>(rowTags + weights * tagBytes);
  }
  touched = touch;

  let name = found;
  for (let t = from; t < to; t++) {
    const row = scores + <usize>t * (stride << 3);
    const last = name + <usize>load<u32>(counts + (<usize>(t - from) << 2)) * BYTES;
    for (; name < last; name += BYTES) {
      const attribute = load<i32>(name, ATTRIBUTE);
      if (attribute < 0) continue;
      const text = input + load<u32>(name, START);
      const size = load<u32>(name, LENGTH);
      const block = blockOf(attribute);
      if (hasName(block, attribute, load<u32>(name, STORED), text, size)) {
        addRow(load<u32>(name, WEIGHTS), rowSize(block, attribute), 1, row);
      } else {
        const next = load<u32>(name, SLOT) + 1;
        const other = findFrom(next == numSlots ? 0 : next, load<u32>(name, HASH), text, size);
        if (other >= 0) addRow(rowStart(blockOf(other), other), rowSize(blockOf(other), other), 1, row);
      }
    }
  }
  return true;
}

/** Adds `value` times the weights of the attribute whose name is in `input` to the scores of a token. */
export function addName(token: u32, length: u32, value: f64): void {
  const hash = murmur3(input, length);
  const attribute = findFrom(firstSlot(hash), hash, input, length);
  if (attribute >= 0) addAttribute(token, attribute, value);
}

/** Adds `value` times the weights of an attribute to the scores of a token. */
export function addAttribute(token: u32, attribute: u32, value: f64): void {
  const block = blockOf(attribute);
  const row = scores + <usize>token * (stride << 3);
  addRow(rowStart(block, attribute), rowSize(block, attribute), value, row);
}

/** Notes where each name begins and how long it is. */
function splitNames(length: u32, total: u32): bool {
  let name = found;
  const last = found + <usize>(total - 1) * BYTES;
  let start: u32 = 0;
  for (let at: u32 = 0; at < length; at += 16) {
    const bytes = v128.load(input + at);
    let zeros = i8x16.bitmask(i8x16.eq(bytes, i8x16.splat(0)));
    let high = i8x16.bitmask(i8x16.eq(bytes, i8x16.splat(<i8>0xef)));
    if (length - at < 16) {
      const valid = (1 << (length - at)) - 1;
      zeros &= valid;
      high &= valid;
    }
    if (high != 0) return false;
    for (; zeros != 0; zeros &= zeros - 1) {
      if (name == last) return false;
      const end = at + ctz(zeros);
      store<u32>(name, start, START);
      store<u32>(name, end - start, LENGTH);
      name += BYTES;
      start = end + 1;
    }
  }
  if (name != last) return false;
  store<u32>(name, start, START);
  store<u32>(name, length - start, LENGTH);
  return true;
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
