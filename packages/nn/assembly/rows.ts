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

/** target += source, `count` floats. */
// @ts-ignore: a decorator on a function
@inline
function addTo(target: usize, source: usize, count: i32): void {
  const end = target + (<usize>(count & ~3) << 2);
  for (; target < end; target += 16, source += 16) {
    v128.store(target, f32x4.add(v128.load(target), v128.load(source)));
  }
  const left = count & 3;
  if (left) storeLanes(target, f32x4.add(loadLanes(target, left), loadLanes(source, left)), left);
}

/** out[index[i]] += source[i], in the order of i. */
export function scatterAddRows(source: usize, sourceStride: i32, index: usize, rows: i32, width: i32, out: usize, outStride: i32): void {
  for (let row = 0; row < rows; row++) {
    addTo(out + (<usize>load<i32>(index) * <usize>outStride << 2), source, width);
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
  const end = out + (<usize>(count & ~3) << 2);
  for (; out < end; out += 16, a += 16, b += 16) v128.store(out, f32x4.mul(v128.load(a), v128.load(b)));
  const left = count & 3;
  if (left) storeLanes(out, f32x4.mul(loadLanes(a, left), loadLanes(b, left)), left);
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
  const whole = <usize>(width & ~3) << 2,
    left = width & 3;
  for (let row = 0; row < rows; row++) {
    for (let at: usize = 0; at < whole; at += 16) {
      v128.store(out + at, f32x4.add(v128.load(a + at), f32x4.mul(v128.load(b + at), v128.load(c + at))));
    }
    if (left) {
      const product = f32x4.mul(loadLanes(b + whole, left), loadLanes(c + whole, left));
      storeLanes(out + whole, f32x4.add(loadLanes(a + whole, left), product), left);
    }
    a += <usize>aStride << 2;
    b += <usize>bStride << 2;
    c += <usize>cStride << 2;
    out += <usize>outStride << 2;
  }
}

/** a = tanh a, `count` floats. */
export function applyTanh(a: usize, count: i32): void {
  const end = a + (<usize>(count & ~3) << 2),
    left = count & 3;
  for (; a < end; a += 16) v128.store(a, tanh(v128.load(a)));
  if (left) storeLanes(a, tanh(loadLanes(a, left)), left);
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
