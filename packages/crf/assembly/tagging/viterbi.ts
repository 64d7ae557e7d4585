/* The best path, as the host's viterbi.ts finds it: the same sums, and of equal ones the same tags. */

import { best, edges, edgesByTo, numTags, path, scores, stride, transitions } from './plan';

/** Arranges the transition weights of the model. */
export function prepareEdges(): void {
  for (let i: u32 = 0; i < numTags; i++) {
    for (let j: u32 = 0; j < stride; j++) {
      const inside = j < numTags;
      const to = (<usize>(i * stride + j)) << 3;
      store<f64>(edges + to, inside ? load<f64>(transitions + ((<usize>(i * numTags + j)) << 3)) : -Infinity);
      store<f64>(edgesByTo + to, inside ? load<f64>(transitions + ((<usize>(j * numTags + i)) << 3)) : -Infinity);
    }
  }
}

/** out[0 .. width) = max over i of x[i] + matrix[i][0 .. width), plus add[0 .. width). */
// @ts-ignore: a decorator on a function
@inline
function bestWays(width: i32, x: usize, matrix: usize, rowBytes: usize, add: usize, out: usize): v128 {
  let m0 = f64x2.splat(-Infinity);
  let m1 = m0;
  let m2 = m0;
  let m3 = m0;
  for (const end = x + (<usize>numTags << 3); x < end; x += 8, matrix += rowBytes) {
    const value = v128.load64_splat(x);
    m0 = f64x2.pmax(m0, f64x2.add(value, v128.load(matrix)));
    if (width > 2) m1 = f64x2.pmax(m1, f64x2.add(value, v128.load(matrix, 16)));
    if (width > 4) m2 = f64x2.pmax(m2, f64x2.add(value, v128.load(matrix, 32)));
    if (width > 6) m3 = f64x2.pmax(m3, f64x2.add(value, v128.load(matrix, 48)));
  }
  m0 = f64x2.add(m0, v128.load(add));
  v128.store(out, m0);
  if (width > 2) {
    m1 = f64x2.add(m1, v128.load(add, 16));
    v128.store(out, m1, 16);
    m0 = f64x2.pmax(m0, m1);
  }
  if (width > 4) {
    m2 = f64x2.add(m2, v128.load(add, 32));
    v128.store(out, m2, 32);
    m0 = f64x2.pmax(m0, m2);
  }
  if (width > 6) {
    m3 = f64x2.add(m3, v128.load(add, 48));
    v128.store(out, m3, 48);
    m0 = f64x2.pmax(m0, m3);
  }
  return m0;
}

/** One row of `best`; gives its largest number. */
function bestRow(before: usize, row: usize, to: usize): f64 {
  const rowBytes = <usize>stride << 3;
  let tops = f64x2.splat(-Infinity);
  let left = stride;
  let matrix = edges;
  for (; left >= 8; left -= 8, matrix += 64, row += 64, to += 64) {
    tops = f64x2.pmax(tops, bestWays(8, before, matrix, rowBytes, row, to));
  }
  switch (left >> 1) {
    case 1:
      tops = f64x2.pmax(tops, bestWays(2, before, matrix, rowBytes, row, to));
      break;
    case 2:
      tops = f64x2.pmax(tops, bestWays(4, before, matrix, rowBytes, row, to));
      break;
    case 3:
      tops = f64x2.pmax(tops, bestWays(6, before, matrix, rowBytes, row, to));
      break;
  }
  return max(f64x2.extract_lane(tops, 0), f64x2.extract_lane(tops, 1));
}

/** Writes the best tags of `length` tokens to `path`. False where their score, or one on the way, is no finite number. */
export function decode(length: u32): bool {
  const rowBytes = <usize>stride << 3;
  let row = scores;
  let to = best;
  let score: f64 = 0;
  for (let t: u32 = 0; t < length; t++, row += rowBytes, to += rowBytes) {
    let top: f64;
    if (t == 0) {
      top = -Infinity;
      for (let j: u32 = 0; j < numTags; j++) {
        const first = load<f64>(row + (<usize>j << 3));
        store<f64>(to + (<usize>j << 3), first);
        top = max(top, first);
      }
    } else {
      top = bestRow(to - rowBytes, row, to);
    }
    score += top;
    if (!(abs(score) < Infinity)) return false;
    const tops = f64x2.splat(top);
    for (let j: usize = 0; j < rowBytes; j += 16) {
      v128.store(to + j, f64x2.sub(v128.load(to + j), tops));
    }
  }

  let at = best + <usize>(length - 1) * rowBytes;
  let tag = largest(at, 0);
  store<u16>(path + (<usize>(length - 1) << 1), tag);
  for (let t = length - 1; t > 0; t--) {
    at -= rowBytes;
    tag = largest(at, edgesByTo + <usize>tag * rowBytes);
    store<u16>(path + (<usize>(t - 1) << 1), tag);
  }
  return true;
}

/** The lowest tag with the largest x, or x + y if there is a y. */
// @ts-ignore: a decorator on a function
@inline
function largest(x: usize, y: usize): u32 {
  let found: u32 = 0;
  let most: f64 = -Infinity;
  for (let i: u32 = 0; i < numTags; i++) {
    let score = load<f64>(x + (<usize>i << 3));
    if (y != 0) score += load<f64>(y + (<usize>i << 3));
    if (score > most) {
      most = score;
      found = i;
    }
  }
  return found;
}
