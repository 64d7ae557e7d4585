/** Whole rows: gathered, scattered, summed, multiplied. Widths and strides are in floats. */
import { tanh } from './functions';
import { loadLanes, storeLanes } from './lanes';

/** out[i] = source[index[i]]. */
export function gatherRows(source: usize, sourceStride: i32, index: usize, rows: i32, width: i32, out: usize, outStride: i32): void {
  const bytes = <usize>width << 2;
  for (let row = 0; row < rows; row++) {
    memory.copy(out, source + (<usize>load<i32>(index) * <usize>sourceStride << 2), bytes);
    index += 4;
    out += <usize>outStride << 2;
  }
}

/** out[index[i]] += source[i], in the order of i. */
export function scatterAddRows(source: usize, sourceStride: i32, index: usize, rows: i32, width: i32, out: usize, outStride: i32): void {
  for (let row = 0; row < rows; row++) {
    const target = out + (<usize>load<i32>(index) * <usize>outStride << 2);
    for (let column = 0; column < width; column += 4) {
      const at = <usize>column << 2,
        count = width - column;
      storeLanes(target + at, f32x4.add(loadLanes(target + at, count), loadLanes(source + at, count)), count);
    }
    index += 4;
    source += <usize>sourceStride << 2;
  }
}

/** out[width] = the sum of all rows, from the first to the last. */
export function sumRows(a: usize, stride: i32, rows: i32, width: i32, out: usize): void {
  const step = <usize>stride << 2;
  let column = 0;
  for (; column + 16 <= width; column += 16) {
    let x = f32x4.splat(0),
      y = x,
      z = x,
      w = x,
      from = a + (<usize>column << 2);
    for (let row = 0; row < rows; row++) {
      x = f32x4.add(x, v128.load(from));
      y = f32x4.add(y, v128.load(from, 16));
      z = f32x4.add(z, v128.load(from, 32));
      w = f32x4.add(w, v128.load(from, 48));
      from += step;
    }
    const to = out + (<usize>column << 2);
    v128.store(to, x);
    v128.store(to, y, 16);
    v128.store(to, z, 32);
    v128.store(to, w, 48);
  }
  for (; column < width; column += 4) {
    const count = width - column;
    let x = f32x4.splat(0),
      from = a + (<usize>column << 2);
    for (let row = 0; row < rows; row++) {
      x = f32x4.add(x, loadLanes(from, count));
      from += step;
    }
    storeLanes(out + (<usize>column << 2), x, count);
  }
}

/** out = a * b, `count` floats; out may be a or b. */
export function multiply(a: usize, b: usize, count: i32, out: usize): void {
  for (let i = 0; i < count; i += 4) {
    const at = <usize>i << 2,
      left = count - i;
    storeLanes(out + at, f32x4.mul(loadLanes(a + at, left), loadLanes(b + at, left)), left);
  }
}

/** out = a + b * c, `rows` rows of `width`, each matrix with its own stride; out may be any of them. */
export function multiplyAdd(
  a: usize,
  aStride: i32,
  b: usize,
  bStride: i32,
  c: usize,
  cStride: i32,
  rows: i32,
  width: i32,
  out: usize,
  outStride: i32,
): void {
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < width; column += 4) {
      const at = <usize>column << 2,
        left = width - column;
      const product = f32x4.mul(loadLanes(b + at, left), loadLanes(c + at, left));
      storeLanes(out + at, f32x4.add(loadLanes(a + at, left), product), left);
    }
    a += <usize>aStride << 2;
    b += <usize>bStride << 2;
    c += <usize>cStride << 2;
    out += <usize>outStride << 2;
  }
}

/** a = tanh a, `count` floats. */
export function applyTanh(a: usize, count: i32): void {
  for (let i = 0; i < count; i += 4) {
    const at = a + (<usize>i << 2);
    storeLanes(at, tanh(loadLanes(at, count - i)), count - i);
  }
}

/** dy = dy (1 - y^2), `count` floats. */
export function tanhGradient(y: usize, dy: usize, count: i32): void {
  for (let i = 0; i < count; i += 4) {
    const at = <usize>i << 2,
      left = count - i,
      value = loadLanes(y + at, left);
    storeLanes(dy + at, f32x4.mul(loadLanes(dy + at, left), f32x4.sub(f32x4.splat(1), f32x4.mul(value, value))), left);
  }
}
