/*
 * One sequence at a time: gradient descent that changes the weights in the table, and the best tags.
 *
 * A place of the table that is no feature holds -0, and one that is a feature never does: sums of anything but two -0 are not -0.
 * So that it is told apart by its bits.
 *
 * For AdaGrad the square of a lone weight is at its place in `expected`, that of a sparse row at the place of its first weight,
 * that of an attribute that comes once in `onceExpected`. Those of dense rows are side by side in `expected`, after the transitions,
 * to be found without a division: rows are at least `1 << squareShift` places apart.
 */

import { runChain, endChain } from './chain';
import {
  ahead,
  alpha,
  denseOffsets,
  densePlaces,
  denseValues,
  expected,
  loneOffsets,
  lonePlaces,
  loneValues,
  numTags,
  onceBase,
  onceExpected,
  onceOffsets,
  onceValues,
  scales,
  scores,
  sequenceOffsets,
  sparseBase,
  sparseOffsets,
  sparseRows,
  sparseStarts,
  sparseTags,
  sparseValues,
  stride,
  table,
  tags,
} from './plan';
import { scoreTokens } from './scores';

/** The largest for which 1 << squareShift is at most `stride`; set by `startSquares`. */
let squareShift: u32 = 0;

/** The element of a u32 array. */
// @ts-ignore: a decorator on a function
@inline
function at(array: usize, index: u32): u32 {
  return load<u32>(array + (<usize>index << 2));
}

/** The address of the element of an f64 array. */
// @ts-ignore: a decorator on a function
@inline
function place(array: usize, index: u32): usize {
  return array + (<usize>index << 3);
}

/** The element of an array of values, which are all 1 where there is no array. */
// @ts-ignore: a decorator on a function
@inline
function valueAt(values: usize, index: u32): f64 {
  return values == 0 ? 1 : load<f64>(place(values, index));
}

/** The tag of a token. */
// @ts-ignore: a decorator on a function
@inline
function goldOf(t: u32): u32 {
  return load<u16>(tags + (<usize>t << 1));
}

/**
 * At weights that are `scale` times those of the table (`beginChain` knows it, too): gives -log p of a sequence, and leaves the
 * probabilities of its tags in `scores` and its expected transitions in `expected`.
 */
export function infer(sequence: u32, scale: f64): f64 {
  const from = at(sequenceOffsets, sequence);
  const to = at(sequenceOffsets, sequence + 1);
  scoreTokens(from, to);
  if (scale != 1) multiplyScores(to - from, scale);
  const loss = runChain(to - from, tags + (<usize>from << 1), 1);
  endChain();
  return loss;
}

function multiplyScores(length: u32, factor: f64): void {
  const factors = f64x2.splat(factor);
  const end = scores + length * (<usize>stride << 3);
  for (let to = scores; to < end; to += 16) v128.store(to, f64x2.mul(v128.load(to), factors));
}

/** The probabilities in `scores` become `factor` times the slopes of log p by the state scores. */
export function slopes(sequence: u32, factor: f64): void {
  const from = at(sequenceOffsets, sequence);
  const to = at(sequenceOffsets, sequence + 1);
  multiplyScores(to - from, -factor);
  let row = scores;
  for (let t = from; t < to; t++, row += <usize>stride << 3) {
    const gold = place(row, goldOf(t));
    store<f64>(gold, load<f64>(gold) + factor);
  }
}

/** The numbers at `to` += steps, but where there is no feature. */
// @ts-ignore: a decorator on a function
@inline
function change(to: usize, steps: v128): void {
  const weights = v128.load(to);
  const isFeature = i64x2.ne(weights, i64x2.splat(i64.MIN_VALUE));
  v128.store(to, v128.bitselect(f64x2.add(weights, steps), weights, isFeature));
}

/** Adds what is in `scores` to the weights of the attributes of a sequence. */
export function descend(sequence: u32): void {
  const to = at(sequenceOffsets, sequence + 1);
  let row = scores;
  for (let t = at(sequenceOffsets, sequence); t < to; t++, row += <usize>stride << 3) {
    if (stride == 8) descendDense8(t, row);
    else descendDense(t, row);
    const gold = load<f64>(place(row, goldOf(t)));
    let end = at(loneOffsets, t + 1);
    for (let i = at(loneOffsets, t); i < end; i++) {
      const weight = place(table, at(lonePlaces, i));
      store<f64>(weight, load<f64>(weight) + gold * valueAt(loneValues, i));
    }
    end = at(onceOffsets, t + 1);
    for (let i = at(onceOffsets, t); i < end; i++) {
      const weight = place(table, onceBase + i);
      store<f64>(weight, load<f64>(weight) + gold * valueAt(onceValues, i));
    }
    if (sparseOffsets == 0) continue;
    end = at(sparseOffsets, t + 1);
    for (let i = at(sparseOffsets, t); i < end; i++) {
      changeSparse(at(sparseRows, i), valueAt(sparseValues, i), row);
    }
  }
}

// @ts-ignore: a decorator on a function
@inline
function descendDense8(t: u32, row: usize): void {
  const s0 = v128.load(row);
  const s1 = v128.load(row, 16);
  const s2 = v128.load(row, 32);
  const s3 = v128.load(row, 48);
  const end = at(denseOffsets, t + 1);
  for (let i = at(denseOffsets, t); i < end; i++) {
    const to = place(table, at(densePlaces, i));
    if (denseValues == 0) {
      change(to, s0);
      change(to + 16, s1);
      change(to + 32, s2);
      change(to + 48, s3);
    } else {
      const value = v128.load64_splat(place(denseValues, i));
      change(to, f64x2.mul(value, s0));
      change(to + 16, f64x2.mul(value, s1));
      change(to + 32, f64x2.mul(value, s2));
      change(to + 48, f64x2.mul(value, s3));
    }
  }
}

function descendDense(t: u32, row: usize): void {
  const end = at(denseOffsets, t + 1);
  for (let i = at(denseOffsets, t); i < end; i++) {
    changeDense(place(table, at(densePlaces, i)), valueAt(denseValues, i), row);
  }
}

// @ts-ignore: a decorator on a function
@inline
function changeDense(to: usize, factor: f64, row: usize): void {
  const factors = f64x2.splat(factor);
  for (let j: usize = 0; j < <usize>stride << 3; j += 16) change(to + j, f64x2.mul(factors, v128.load(row + j)));
}

// @ts-ignore: a decorator on a function
@inline
function changeSparse(sparseRow: u32, factor: f64, row: usize): void {
  const end = at(sparseStarts, sparseRow + 1);
  for (let r = at(sparseStarts, sparseRow); r < end; r++) {
    const step = load<f64>(place(row, load<u16>(sparseTags + ((<usize>(r - sparseBase)) << 1))));
    store<f64>(place(table, r), load<f64>(place(table, r)) + factor * step);
  }
}

/** To be called before the first adaptive step. */
export function startSquares(): void {
  squareShift = 31 - clz<u32>(stride);
}

/** The address of the square of a dense row. */
// @ts-ignore: a decorator on a function
@inline
function squareOfDense(first: u32): usize {
  const base = <u32>(numTags * stride);
  return place(expected, base + ((first - base) >> squareShift));
}

/** The squares at an address grow; gives the rate that they make. */
// @ts-ignore: a decorator on a function
@inline
function rate(squares: usize, growth: f64, eta: f64): f64 {
  const square = load<f64>(squares) + growth;
  store<f64>(squares, square);
  return eta / sqrt(square);
}

/** The same by AdaGrad: each row of weights at the rate that its squares give. */
export function descendAdaptively(sequence: u32, eta: f64): void {
  const to = at(sequenceOffsets, sequence + 1);
  let row = scores;
  for (let t = at(sequenceOffsets, sequence); t < to; t++, row += <usize>stride << 3) {
    let sums = f64x2.splat(0);
    for (let j: usize = 0; j < <usize>stride << 3; j += 16) {
      const steps = v128.load(row + j);
      sums = f64x2.add(sums, f64x2.mul(steps, steps));
    }
    const half = 0.5 * (f64x2.extract_lane(sums, 0) + f64x2.extract_lane(sums, 1));

    let end = at(denseOffsets, t + 1);
    for (let i = at(denseOffsets, t); i < end; i++) {
      const value = valueAt(denseValues, i);
      const first = at(densePlaces, i);
      const factor = value * rate(squareOfDense(first), value * value * half, eta);
      if (stride == 8) {
        const to = place(table, first);
        const factors = f64x2.splat(factor);
        change(to, f64x2.mul(factors, v128.load(row)));
        change(to + 16, f64x2.mul(factors, v128.load(row, 16)));
        change(to + 32, f64x2.mul(factors, v128.load(row, 32)));
        change(to + 48, f64x2.mul(factors, v128.load(row, 48)));
      } else {
        changeDense(place(table, first), factor, row);
      }
    }
    const gold = load<f64>(place(row, goldOf(t)));
    end = at(loneOffsets, t + 1);
    for (let i = at(loneOffsets, t); i < end; i++) {
      const value = valueAt(loneValues, i);
      const first = at(lonePlaces, i);
      const factor = value * rate(place(expected, first), value * value * half, eta);
      store<f64>(place(table, first), load<f64>(place(table, first)) + factor * gold);
    }
    end = at(onceOffsets, t + 1);
    for (let i = at(onceOffsets, t); i < end; i++) {
      const value = valueAt(onceValues, i);
      const factor = value * rate(place(onceExpected, i), value * value * half, eta);
      const weight = place(table, onceBase + i);
      store<f64>(weight, load<f64>(weight) + factor * gold);
    }
    if (sparseOffsets == 0) continue;
    end = at(sparseOffsets, t + 1);
    for (let i = at(sparseOffsets, t); i < end; i++) {
      const value = valueAt(sparseValues, i);
      const sparseRow = at(sparseRows, i);
      const squares = place(expected, at(sparseStarts, sparseRow));
      changeSparse(sparseRow, value * rate(squares, value * value * half, eta), row);
    }
  }
}

/**
 * The proximal step of c1 · Σ|w| + c2 · Σw² for all weights but the transitions, each row at its rate. Dense rows end at the place
 * `denseEnd`, the table at `size`.
 */
export function shrink(eta: f64, c1: f64, c2: f64, denseEnd: u32, rows: u32, size: u32): void {
  const step = <u32>stride;
  for (let first = <u32>numTags * step; first < denseEnd; first += step) {
    shrinkRun(first, first + step, eta / sqrt(load<f64>(squareOfDense(first))), c1, c2);
  }
  for (let one = denseEnd; one < sparseBase; one++) {
    shrinkRun(one, one + 1, eta / sqrt(load<f64>(place(expected, one))), c1, c2);
  }
  for (let row: u32 = 0; row < rows; row++) {
    const first = at(sparseStarts, row);
    shrinkRun(first, at(sparseStarts, row + 1), eta / sqrt(load<f64>(place(expected, first))), c1, c2);
  }
  for (let one = onceBase; one < size; one++) {
    shrinkRun(one, one + 1, eta / sqrt(load<f64>(place(onceExpected, one - onceBase))), c1, c2);
  }
}

// @ts-ignore: a decorator on a function
@inline
function shrinkRun(from: u32, to: u32, rate: f64, c1: f64, c2: f64): void {
  const factor = 1 / (1 + 2 * c2 * rate);
  const threshold = c1 * rate;
  for (let k = from; k < to; k++) {
    const weight = load<f64>(place(table, k));
    if (threshold == 0) {
      store<f64>(place(table, k), weight * factor);
    } else if (weight != 0) {
      // To 0 and not to -0.
      const size = (abs(weight) - threshold) * factor;
      store<f64>(place(table, k), size > 0 ? copysign(size, weight) : 0);
    }
  }
}

/**
 * The best tags of a sequence, to i32 [length] at `scales`; gives their score. Of paths with the same score that with the lowest
 * tag at the last position where they differ.
 */
export function decode(sequence: u32): f64 {
  const from = at(sequenceOffsets, sequence);
  const length = at(sequenceOffsets, sequence + 1) - from;
  const rowBytes = <usize>stride << 3;
  scoreTokens(from, from + length);
  // `alpha` has the score of the best path to each tag, `ahead` the tag before it, an i64 each.
  memory.copy(alpha, scores, rowBytes);
  for (let t: u32 = 1; t < length; t++) {
    const o = t * rowBytes;
    const before = alpha + o - rowBytes;
    for (let j: usize = 0; j < rowBytes; j += 16) {
      let best = f64x2.add(v128.load64_splat(before), v128.load(table + j));
      let tag = i64x2.splat(0);
      let row = table + rowBytes + j;
      for (let i = 1; i < numTags; i++, row += rowBytes) {
        const score = f64x2.add(v128.load64_splat(before + (<usize>i << 3)), v128.load(row));
        const isBetter = f64x2.gt(score, best);
        best = v128.bitselect(score, best, isBetter);
        tag = v128.bitselect(i64x2.splat(<i64>i), tag, isBetter);
      }
      v128.store(alpha + o + j, f64x2.add(best, v128.load(scores + o + j)));
      v128.store(ahead + o + j, tag);
    }
  }
  let o = (length - 1) * rowBytes;
  let tag: u32 = 0;
  let best = load<f64>(alpha + o);
  for (let j = 1; j < numTags; j++) {
    const score = load<f64>(place(alpha + o, j));
    if (score > best) {
      best = score;
      tag = j;
    }
  }
  for (let t = length - 1; t > 0; t--, o -= rowBytes) {
    store<u32>(scales + (<usize>t << 2), tag);
    tag = <u32>load<i64>(place(ahead + o, tag));
  }
  store<u32>(scales, tag);
  return best;
}
