/**
 * A matrix B[k, n] in the order in which the micro-kernels read it: panels of eight columns, one after another, each `[k, 8]`,
 * the last filled up with zeros.
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
