/*
 * What a name adds to the scores of a token, in 64 bytes. Of up to eight tags a weight for each, 0 where there is no feature: rows are
 * then added without a branch, and adding a 0 changes no score. Of more tags the attribute and where in the model its weights begin.
 */

import { maskOf, rowSize } from './endings';
import { maskBytes, numTags, rowTags, scores, stateWeights, stride } from './plan';

export const ROW_BYTES = 64;
const MOST_IN_ROW: u32 = 8;

const ATTRIBUTE = 0;
const START = 4;

/** Makes the row of an attribute, whose weights begin at `start`; of none if it is -1. */
export function makeRow(attribute: i32, start: u32, row: usize): void {
  if (numTags > MOST_IN_ROW) {
    store<i32>(row, attribute, ATTRIBUTE);
    store<u32>(row, start, START);
    return;
  }
  // To fill memory is a call out of the module.
  const zero = i64x2.splat(0);
  v128.store(row, zero);
  v128.store(row, zero, 16);
  v128.store(row, zero, 32);
  v128.store(row, zero, 48);
  if (attribute < 0) return;
  let weight = stateWeights + (<usize>start << 3);
  for (let mask = maskOf(attribute); mask != 0; mask &= mask - 1, weight += 8)
    store<f64>(row + (<usize>ctz(mask) << 3), load<f64>(weight));
}

// @ts-ignore: a decorator on a function
@inline
export function copyRow(from: usize, to: usize): void {
  v128.store(to, v128.load(from));
  v128.store(to, v128.load(from, 16), 16);
  v128.store(to, v128.load(from, 32), 32);
  v128.store(to, v128.load(from, 48), 48);
}

/** Adds rows, whose addresses are u32s from `first` to `end`, to the scores of a token. */
// @ts-ignore: a decorator on a function
@inline
export function addRows(token: u32, first: usize, end: usize): void {
  const to = scores + <usize>token * (stride << 3);
  if (numTags > MOST_IN_ROW) {
    for (; first < end; first += 4) {
      const row: usize = load<u32>(first);
      const attribute = load<i32>(row, ATTRIBUTE);
      if (attribute >= 0) addWeights(load<u32>(row, START), attribute, 1, to);
    }
    return;
  }
  let s0 = v128.load(to);
  let s1 = v128.load(to, 16);
  let s2 = v128.load(to, 32);
  let s3 = v128.load(to, 48);
  for (; first < end; first += 4) {
    const row: usize = load<u32>(first);
    s0 = f64x2.add(s0, v128.load(row));
    s1 = f64x2.add(s1, v128.load(row, 16));
    s2 = f64x2.add(s2, v128.load(row, 32));
    s3 = f64x2.add(s3, v128.load(row, 48));
  }
  v128.store(to, s0);
  if (stride > 2) v128.store(to, s1, 16);
  if (stride > 4) v128.store(to, s2, 32);
  if (stride > 6) v128.store(to, s3, 48);
}

/** Adds `value` times the weights of an attribute, which begin at `start`, to the scores at `row`. */
export function addWeights(start: u32, attribute: u32, value: f64, row: usize): void {
  let weight = stateWeights + (<usize>start << 3);
  const size = rowSize(attribute);
  if (size == numTags) {
    const values = f64x2.splat(value);
    let tag: u32 = 0;
    for (; tag + 2 <= size; tag += 2, weight += 16, row += 16) {
      v128.store(row, f64x2.add(v128.load(row), f64x2.mul(values, v128.load(weight))));
    }
    if (tag < size) store<f64>(row, load<f64>(row) + value * load<f64>(weight));
    return;
  }
  if (maskBytes) {
    for (let mask = maskOf(attribute); mask != 0; mask &= mask - 1, weight += 8) {
      const score = row + (<usize>ctz(mask) << 3);
      store<f64>(score, load<f64>(score) + value * load<f64>(weight));
    }
    return;
  }
  const end = weight + (<usize>size << 3);
  for (let tag = rowTags + (<usize>start << 1); weight < end; weight += 8, tag += 2) {
    const score = row + (<usize>load<u16>(tag) << 3);
    store<f64>(score, load<f64>(score) + value * load<f64>(weight));
  }
}
