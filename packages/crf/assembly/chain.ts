/*
 * Forward-backward over one sequence after the other, with scaled exponentials: the arithmetic of the host's chain-pass.ts, which
 * says when it is exact.
 */

import { expOfNegative } from './exp';
import { logProduct, multiplyProduct, startProduct } from './log';
import { addOuterProducts, carryBack, multiplyRow } from './matrix';
import {
  ahead,
  alpha,
  expected,
  factors,
  factorsByTo,
  numTags,
  pairs,
  scales,
  scores,
  stride,
  table,
  tags,
} from './plan';

/** The largest transition weight. */
let highest: f64 = 0;
/** What the weights in the table are multiplied by. */
let transitionScale: f64 = 1;

/**
 * Reads the transition weights from the table, times `scale`: makes factors of them and forgets the expected transitions. Gives
 * the difference of the largest and the smallest, NaN if they are not finite.
 */
export function beginChain(scale: f64): f64 {
  transitionScale = scale;
  const rowBytes = <usize>stride << 3;
  let lowest: f64 = Infinity;
  highest = -Infinity;
  for (let i = 0; i < numTags; i++) {
    for (let j = 0; j < numTags; j++) {
      const weight = scale * load<f64>(table + i * rowBytes + (<usize>j << 3));
      if (!(abs(weight) < Infinity)) return NaN;
      if (weight > highest) highest = weight;
      if (weight < lowest) lowest = weight;
    }
  }
  const shift = f64x2.splat(highest);
  const times = f64x2.splat(scale);
  for (let i = 0; i < numTags; i++) {
    const row = factors + i * rowBytes;
    for (let j: usize = 0; j < rowBytes; j += 16) {
      v128.store(row + j, expOfNegative(f64x2.sub(f64x2.mul(times, v128.load(table + i * rowBytes + j)), shift)));
    }
    if (numTags < stride) store<f64>(row + (<usize>numTags << 3), 0);
    for (let j = 0; j < numTags; j++) {
      store<f64>(factorsByTo + j * rowBytes + (<usize>i << 3), load<f64>(row + (<usize>j << 3)));
    }
  }
  memory.fill(pairs, 0, <usize>stride * rowBytes);
  return highest - lowest;
}

/**
 * -log p of a sequence, its tags beginning at `gold`, from the state scores of its `length` tokens in `scores`, which become the
 * probabilities of the tags; its expected transitions are added, times `weight`. NaN where a score is none.
 */
export function runChain(length: u32, gold: usize, weight: f64): f64 {
  const loss = forward(length, gold);
  backward(length);
  if (length > 1) {
    addOuterProducts(stride, alpha, ahead + (<usize>stride << 3), length - 1, weight, pairs);
  }
  return loss;
}

/** The state scores become factors; gives log Z less the score of the gold tags. */
function forward(length: u32, gold: usize): f64 {
  const rowBytes = <usize>stride << 3;
  let loss: f64 = 0;
  startProduct();
  let row = scores;
  let to = alpha;
  let before: u32 = 0;
  for (let t: u32 = 0; t < length; t++, row += rowBytes, to += rowBytes, gold += 2) {
    const tag = load<u16>(gold);
    // Differences at each token, all of them at least 0: the sum stays small and loses no digits.
    const score = load<f64>(row + (<usize>tag << 3));
    const top = toFactors(row);
    loss += top - score;
    let sum: f64;
    if (t == 0) {
      sum = copyRow(row, to);
    } else {
      loss += highest - transitionScale * load<f64>(table + before * rowBytes + (<usize>tag << 3));
      sum = multiplyRow(stride, to - rowBytes, factors, numTags, rowBytes, row, to);
    }
    if (!(sum > 0)) return NaN;
    multiplyProduct(sum);
    const scale = 1 / sum;
    store<f64>(scales + (<usize>t << 3), scale);
    const scaling = f64x2.splat(scale);
    for (let j: usize = 0; j < rowBytes; j += 16) {
      v128.store(to + j, f64x2.mul(v128.load(to + j), scaling));
    }
    before = tag;
  }
  return loss + logProduct();
}

/** A row of scores becomes exp(score - top), 0 beyond the tags; gives top, the largest. */
// @ts-ignore: a decorator on a function
@inline
function toFactors(row: usize): f64 {
  const rowBytes = <usize>stride << 3;
  if (numTags < stride) store<f64>(row + (<usize>numTags << 3), -Infinity);
  let tops = v128.load(row);
  for (let j: usize = 16; j < rowBytes; j += 16) tops = f64x2.pmax(tops, v128.load(row + j));
  const top = max(f64x2.extract_lane(tops, 0), f64x2.extract_lane(tops, 1));
  const shift = f64x2.splat(top);
  for (let j: usize = 0; j < rowBytes; j += 16) {
    v128.store(row + j, expOfNegative(f64x2.sub(v128.load(row + j), shift)));
  }
  return top;
}

/** Copies a row and gives its sum. */
// @ts-ignore: a decorator on a function
@inline
function copyRow(from: usize, to: usize): f64 {
  let sums = f64x2.splat(0);
  for (let j: usize = 0; j < <usize>stride << 3; j += 16) {
    const values = v128.load(from + j);
    sums = f64x2.add(sums, values);
    v128.store(to + j, values);
  }
  return f64x2.extract_lane(sums, 0) + f64x2.extract_lane(sums, 1);
}

/** The state factors become probabilities. */
function backward(length: u32): void {
  const rowBytes = <usize>stride << 3;
  let o = <usize>(length - 1) * rowBytes;
  const lastScale = f64x2.splat(load<f64>(scales + (<usize>(length - 1) << 3)));
  for (let j: usize = o; j < o + rowBytes; j += 16) {
    v128.store(ahead + j, f64x2.mul(v128.load(scores + j), lastScale));
    v128.store(scores + j, v128.load(alpha + j));
  }
  for (let t = length - 1; t > 0; t--) {
    const after = ahead + o;
    o -= rowBytes;
    const scale = load<f64>(scales + (<usize>(t - 1) << 3));
    carryBack(stride, after, factorsByTo, numTags, rowBytes, scale, alpha + o, scores + o, ahead + o);
  }
}

/** Writes the expected transitions since `beginChain` to their places in `expected`. */
export function endChain(): void {
  const rowBytes = <usize>stride << 3;
  for (let j: usize = 0; j < <usize>numTags * rowBytes; j += 16) {
    v128.store(expected + j, f64x2.mul(v128.load(pairs + j), v128.load(factors + j)));
  }
}
