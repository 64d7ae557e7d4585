/**
 * Matrices in the order in which the micro-kernels read them: B[k, n] in panels of eight columns, one after another, each `[k, 8]`, the last filled
 * up with zeros; A[m, k] in groups of as many rows as a tile has, each `[k, rows]`.
 */
import { loadLanes } from './lanes';

/** Packs B, stored row by row with `stride` floats from one to the next. */
export function packPanels(b: usize, stride: i32, k: i32, n: i32, panels: usize): void {
  const step = <usize>stride << 2;
  for (let column = 0; column < n; column += 8) {
    const width = n - column;
    let source = b + (<usize>column << 2);
    if (width >= 8) {
      for (let row = 0; row < k; row++) {
        v128.store(panels, v128.load(source));
        v128.store(panels, v128.load(source, 16), 16);
        panels += 32;
        source += step;
      }
    } else {
      for (let row = 0; row < k; row++) {
        v128.store(panels, loadLanes(source, width));
        v128.store(panels, width > 4 ? loadLanes(source + 16, width - 4) : f32x4.splat(0), 16);
        panels += 32;
        source += step;
      }
    }
  }
}

/** Packs B given by its transpose: `transposed` is [n, k], row by row with `stride` floats from one to the next. */
export function packTransposed(transposed: usize, stride: i32, k: i32, n: i32, panels: usize): void {
  const step = <usize>stride << 2;
  for (let column = 0; column < n; column += 4) {
    // Four columns of B are four rows of its transpose; they fill the left or the right half of a panel.
    const half = panels + (<usize>(column >> 3) * <usize>k << 5) + (<usize>(column & 4) << 2);
    const source = transposed + <usize>column * step;
    const width = n - column;
    if (width >= 4) {
      transposeFour(source, step, k, half);
    } else {
      for (let row = 0; row < k; row++) {
        let lanes = f32x4.splat(0);
        const from = source + (<usize>row << 2);
        lanes = f32x4.replace_lane(lanes, 0, load<f32>(from));
        if (width > 1) lanes = f32x4.replace_lane(lanes, 1, load<f32>(from + step));
        if (width > 2) lanes = f32x4.replace_lane(lanes, 2, load<f32>(from + 2 * step));
        v128.store(half + (<usize>row << 5), lanes);
      }
    }
    // A last panel of four columns or fewer has a right half of zeros.
    if ((column & 4) == 0 && width <= 4) {
      for (let row = 0; row < k; row++) v128.store(half + (<usize>row << 5), f32x4.splat(0), 16);
    }
  }
}

/** Rows 0 .. 3 of `source`, k long, as k vectors of four, 32 bytes apart. */
function transposeFour(source: usize, step: usize, k: i32, out: usize): void {
  let s0 = source,
    s1 = s0 + step,
    s2 = s1 + step,
    s3 = s2 + step;
  let row = 0;
  for (; row + 4 <= k; row += 4) {
    const r0 = v128.load(s0),
      r1 = v128.load(s1),
      r2 = v128.load(s2),
      r3 = v128.load(s3);
    const low01 = i32x4.shuffle(r0, r1, 0, 4, 1, 5),
      high01 = i32x4.shuffle(r0, r1, 2, 6, 3, 7),
      low23 = i32x4.shuffle(r2, r3, 0, 4, 1, 5),
      high23 = i32x4.shuffle(r2, r3, 2, 6, 3, 7);
    v128.store(out, i64x2.shuffle(low01, low23, 0, 2));
    v128.store(out, i64x2.shuffle(low01, low23, 1, 3), 32);
    v128.store(out, i64x2.shuffle(high01, high23, 0, 2), 64);
    v128.store(out, i64x2.shuffle(high01, high23, 1, 3), 96);
    s0 += 16;
    s1 += 16;
    s2 += 16;
    s3 += 16;
    out += 128;
  }
  for (; row < k; row++) {
    store<f32>(out, load<f32>(s0));
    store<f32>(out, load<f32>(s1), 4);
    store<f32>(out, load<f32>(s2), 8);
    store<f32>(out, load<f32>(s3), 12);
    s0 += 4;
    s1 += 4;
    s2 += 4;
    s3 += 4;
    out += 32;
  }
}

/** `height` rows of A, `lda` bytes apart and k long, as one tile reads them: `height` values, one of each row, for each step of k. */
export function packRows(a: usize, lda: usize, height: i32, k: i32, out: usize): void {
  if (height == 1) {
    memory.copy(out, a, <usize>k << 2);
    return;
  }
  if (height == 2) {
    packPair(a, a + lda, k, out, 8);
    return;
  }
  const step = <usize>height << 2;
  packFour(a, lda, k, out, step);
  if (height == 5) packOne(a + 4 * lda, k, out + 16, step);
  if (height == 6) packPair(a + 4 * lda, a + 5 * lda, k, out + 16, step);
}

/** Four rows as the first four values of each step. */
// @ts-ignore: a decorator on a function
@inline
function packFour(a: usize, lda: usize, k: i32, out: usize, step: usize): void {
  let a1 = a + lda,
    a2 = a1 + lda,
    a3 = a2 + lda;
  const whole = a + (<usize>(k & ~3) << 2),
    end = a + (<usize>k << 2);
  for (; a < whole; a += 16, a1 += 16, a2 += 16, a3 += 16) {
    const r0 = v128.load(a),
      r1 = v128.load(a1),
      r2 = v128.load(a2),
      r3 = v128.load(a3);
    const low01 = i32x4.shuffle(r0, r1, 0, 4, 1, 5),
      high01 = i32x4.shuffle(r0, r1, 2, 6, 3, 7),
      low23 = i32x4.shuffle(r2, r3, 0, 4, 1, 5),
      high23 = i32x4.shuffle(r2, r3, 2, 6, 3, 7);
    v128.store(out, i64x2.shuffle(low01, low23, 0, 2));
    out += step;
    v128.store(out, i64x2.shuffle(low01, low23, 1, 3));
    out += step;
    v128.store(out, i64x2.shuffle(high01, high23, 0, 2));
    out += step;
    v128.store(out, i64x2.shuffle(high01, high23, 1, 3));
    out += step;
  }
  for (; a < end; a += 4, a1 += 4, a2 += 4, a3 += 4, out += step) {
    store<f32>(out, load<f32>(a));
    store<f32>(out, load<f32>(a1), 4);
    store<f32>(out, load<f32>(a2), 8);
    store<f32>(out, load<f32>(a3), 12);
  }
}

/** Two rows as two values of each step. */
// @ts-ignore: a decorator on a function
@inline
function packPair(a: usize, a1: usize, k: i32, out: usize, step: usize): void {
  const whole = a + (<usize>(k & ~3) << 2),
    end = a + (<usize>k << 2);
  for (; a < whole; a += 16, a1 += 16) {
    const r0 = v128.load(a),
      r1 = v128.load(a1),
      low = i32x4.shuffle(r0, r1, 0, 4, 1, 5),
      high = i32x4.shuffle(r0, r1, 2, 6, 3, 7);
    v128.store_lane<f64>(out, low, 0);
    out += step;
    v128.store_lane<f64>(out, low, 1);
    out += step;
    v128.store_lane<f64>(out, high, 0);
    out += step;
    v128.store_lane<f64>(out, high, 1);
    out += step;
  }
  for (; a < end; a += 4, a1 += 4, out += step) {
    store<f32>(out, load<f32>(a));
    store<f32>(out, load<f32>(a1), 4);
  }
}

/** One row as one value of each step. */
// @ts-ignore: a decorator on a function
@inline
function packOne(a: usize, k: i32, out: usize, step: usize): void {
  for (const end = a + (<usize>k << 2); a < end; a += 4, out += step) store<f32>(out, load<f32>(a));
}

/** `height` neighbouring columns of A, whose rows are `lda` bytes apart, as one tile reads them: as in {@link packRows}. */
export function packColumns(a: usize, lda: usize, height: i32, k: i32, out: usize): void {
  const end = out + (<usize>(height * k) << 2);
  if (height == 6) {
    for (; out < end; out += 24, a += lda) {
      v128.store(out, v128.load(a));
      store<u64>(out, load<u64>(a, 16), 16);
    }
  } else if (height == 5) {
    for (; out < end; out += 20, a += lda) {
      v128.store(out, v128.load(a));
      store<u32>(out, load<u32>(a, 16), 16);
    }
  } else if (height == 4) {
    for (; out < end; out += 16, a += lda) v128.store(out, v128.load(a));
  } else if (height == 2) {
    for (; out < end; out += 8, a += lda) store<u64>(out, load<u64>(a));
  } else {
    for (; out < end; out += 4, a += lda) store<u32>(out, load<u32>(a));
  }
}
