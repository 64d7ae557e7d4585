/* State scores. */

import { firstSlot, findFrom, sumBytes, BLOCK } from './names';
import { blocks, found, input, numTags, rowSizes, rowTags, scores, stateWeights, stride, tagBytes } from './plan';
import { murmur3 } from './hash';

/** Sets the scores of tokens `from` to `to` to 0. */
export function clearScores(from: u32, to: u32): void {
  memory.fill(scores + <usize>from * (stride << 3), 0, <usize>(to - from) * (stride << 3));
}

/**
 * Adds the weights of the attributes whose names are in `input`, `length` bytes long, to the scores of a token. False, with nothing
 * done, if there are not `count` names, or if a byte is EF: then a name holds the byte 0, or may have had a surrogate alone, which has
 * become U+FFFD.
 */
export function addNames(token: u32, length: u32, count: u32): bool {
  if (!splitNames(length, count)) return false;
  // In three rounds, so that the loads of one name need not wait for those of another.
  const end = found + (<usize>count << 4);
  for (let name = found; name < end; name += 16) {
    const hash = murmur3(input + load<u32>(name), load<u32>(name, 4));
    store<u32>(name, hash, 8);
    store<u32>(name, firstSlot(hash), 12);
  }
  const row = scores + <usize>token * (stride << 3);
  for (let name = found; name < end; name += 16) {
    const attribute = findFrom(load<u32>(name, 12), load<u32>(name, 8), input + load<u32>(name), load<u32>(name, 4));
    store<i32>(name, attribute, 12);
  }
  for (let name = found; name < end; name += 16) {
    const attribute = load<i32>(name, 12);
    if (attribute >= 0) addRow(attribute, 1, row);
  }
  return true;
}

/** Adds `value` times the weights of the attribute whose name is in `input` to the scores of a token. */
export function addName(token: u32, length: u32, value: f64): void {
  const hash = murmur3(input, length);
  const attribute = findFrom(firstSlot(hash), hash, input, length);
  if (attribute >= 0) addRow(attribute, value, scores + <usize>token * (stride << 3));
}

/** Notes where each name begins and how long it is. */
function splitNames(length: u32, count: u32): bool {
  let name = found;
  const last = found + (<usize>(count - 1) << 4);
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
      store<u32>(name, start);
      store<u32>(name, end - start, 4);
      name += 16;
      start = end + 1;
    }
  }
  if (name != last) return false;
  store<u32>(name, start);
  store<u32>(name, length - start, 4);
  return true;
}

/** Where the weights of an attribute begin. */
// @ts-ignore: a decorator on a function
@inline
function rowAt(attribute: u32): u32 {
  const block = attribute & ~(BLOCK - 1);
  const rank = attribute & (BLOCK - 1);
  const base = load<u32>(blocks + (<usize>(attribute / BLOCK) << 3));
  if (tagBytes == 1) return base + sumBytes(rowSizes + block, rank);
  let sum = base;
  for (let a = block; a < attribute; a++) sum += load<u16>(rowSizes + (<usize>a << 1));
  return sum;
}

/** Adds `value` times the weights of an attribute to a row of scores. */
function addRow(attribute: u32, value: f64, row: usize): void {
  const start = rowAt(attribute);
  const size = tagBytes == 1 ? <u32>load<u8>(rowSizes + attribute) : <u32>load<u16>(rowSizes + (<usize>attribute << 1));
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
