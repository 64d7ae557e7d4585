/**
 * One time step of an LSTM without its products of matrices, for the rows that are running. Gates stand in the order input, forget, cell, output;
 * a row of them is 4 h floats. Gates are replaced by their values on the way forward, by the gradients of their arguments on the way back.
 */
import { fma } from './fma';
import { sigmoid, tanh } from './functions';
import { loadLanes, storeLanes } from './lanes';
import { applyTanh } from './rows';

/** a = sigmoid a, `count` floats. */
// @ts-ignore: a decorator on a function
@inline
function applySigmoid(a: usize, count: i32): void {
  const end = a + (<usize>(count & ~3) << 2);
  for (; a < end; a += 16) v128.store(a, sigmoid(v128.load(a)));
  if (count & 3) storeLanes(a, sigmoid(loadLanes(a, count & 3)), count & 3);
}

/** The state from the values of the gates, for `count` units, 1 to 4. */
// @ts-ignore: a decorator on a function
@inline
function cell(gates: usize, width: usize, cPrevious: usize, c: usize, tanhC: usize, y: usize, count: i32): void {
  const forget = gates + width,
    g = forget + width,
    o = g + width;
  let state = f32x4.mul(loadLanes(gates, count), loadLanes(g, count));
  if (cPrevious) state = fma(loadLanes(forget, count), loadLanes(cPrevious, count), state);
  const t = tanh(state);
  storeLanes(c, state, count);
  storeLanes(tanhC, t, count);
  storeLanes(y, f32x4.mul(loadLanes(o, count), t), count);
}

/**
 * gates[rows, 4h]: arguments in, values out. c[rows, h] = i g + f cPrevious, tanhC[rows, h] = tanh c, y = o tanh c with `yStride` floats
 * from row to row. The first `previousRows` rows have a predecessor, the others start from 0.
 */
export function lstmForwardStep(
  gates: usize,
  cPrevious: usize,
  previousRows: i32,
  c: usize,
  tanhC: usize,
  y: usize,
  yStride: i32,
  rows: i32,
  h: i32,
): void {
  const width = <usize>h << 2,
    whole = <usize>(h & ~3) << 2;
  for (let row = 0; row < rows; row++) {
    // Loops over one function each: what it needs stays in registers.
    applySigmoid(gates, 2 * h);
    applyTanh(gates + 2 * width, h);
    applySigmoid(gates + 3 * width, h);
    const previous = row < previousRows ? cPrevious : 0;
    for (let at: usize = 0; at < whole; at += 16) {
      cell(gates + at, width, previous ? previous + at : 0, c + at, tanhC + at, y + at, 4);
    }
    if (h & 3) {
      const at = whole;
      cell(gates + at, width, previous ? previous + at : 0, c + at, tanhC + at, y + at, h & 3);
    }
    gates += width << 2;
    cPrevious += width;
    c += width;
    tanhC += width;
    y += <usize>yStride << 2;
  }
}

/** The gradients of the gates' arguments and of the preceding state, for `count` units, 1 to 4. */
// @ts-ignore: a decorator on a function
@inline
function cellGradient(gates: usize, width: usize, cPrevious: usize, tanhC: usize, dy: usize, dc: usize, count: i32): void {
  const one = f32x4.splat(1),
    gf = gates + width,
    gg = gf + width,
    go = gg + width;
  const i = loadLanes(gates, count),
    f = loadLanes(gf, count),
    g = loadLanes(gg, count),
    o = loadLanes(go, count),
    t = loadLanes(tanhC, count),
    d = loadLanes(dy, count);
  const state = f32x4.add(loadLanes(dc, count), f32x4.mul(f32x4.mul(d, o), f32x4.sub(one, f32x4.mul(t, t))));
  const previous = cPrevious ? loadLanes(cPrevious, count) : f32x4.splat(0);
  storeLanes(gates, f32x4.mul(f32x4.mul(state, g), f32x4.mul(i, f32x4.sub(one, i))), count);
  storeLanes(gf, f32x4.mul(f32x4.mul(state, previous), f32x4.mul(f, f32x4.sub(one, f))), count);
  storeLanes(gg, f32x4.mul(f32x4.mul(state, i), f32x4.sub(one, f32x4.mul(g, g))), count);
  storeLanes(go, f32x4.mul(f32x4.mul(d, t), f32x4.mul(o, f32x4.sub(one, o))), count);
  storeLanes(dc, f32x4.mul(state, f), count);
}

/**
 * From dy (of h, with `dyStride` floats from row to row) and dc[rows, h] (of c, from the following step): gates[rows, 4h], values in,
 * gradients of their arguments out; dc becomes that of the preceding step.
 */
export function lstmBackwardStep(
  gates: usize,
  cPrevious: usize,
  previousRows: i32,
  tanhC: usize,
  dy: usize,
  dyStride: i32,
  dc: usize,
  rows: i32,
  h: i32,
): void {
  const width = <usize>h << 2,
    whole = <usize>(h & ~3) << 2;
  for (let row = 0; row < rows; row++) {
    const previous = row < previousRows ? cPrevious : 0;
    for (let at: usize = 0; at < whole; at += 16) {
      cellGradient(gates + at, width, previous ? previous + at : 0, tanhC + at, dy + at, dc + at, 4);
    }
    if (h & 3) {
      const at = whole;
      cellGradient(gates + at, width, previous ? previous + at : 0, tanhC + at, dy + at, dc + at, h & 3);
    }
    gates += width << 2;
    cPrevious += width;
    tanhC += width;
    dy += <usize>dyStride << 2;
    dc += width;
  }
}
