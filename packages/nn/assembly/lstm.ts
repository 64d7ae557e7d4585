/**
 * One time step of an LSTM without its products of matrices, for the rows that are running. Gates stand in the order input, forget, cell, output;
 * a row of them is 4 h floats. Gates are replaced by their values on the way forward, by the gradients of their arguments on the way back.
 */
import { sigmoid, tanh } from './functions';
import { loadLanes, storeLanes } from './lanes';

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
  const width = <usize>h << 2;
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < h; column += 4) {
      const at = <usize>column << 2,
        count = h - column,
        gi = gates + at,
        gf = gi + width,
        gg = gf + width,
        go = gg + width;
      const i = sigmoid(loadLanes(gi, count)),
        f = sigmoid(loadLanes(gf, count)),
        g = tanh(loadLanes(gg, count)),
        o = sigmoid(loadLanes(go, count));
      let cell = f32x4.mul(i, g);
      if (row < previousRows) cell = f32x4.add(cell, f32x4.mul(f, loadLanes(cPrevious + at, count)));
      const t = tanh(cell);
      storeLanes(gi, i, count);
      storeLanes(gf, f, count);
      storeLanes(gg, g, count);
      storeLanes(go, o, count);
      storeLanes(c + at, cell, count);
      storeLanes(tanhC + at, t, count);
      storeLanes(y + at, f32x4.mul(o, t), count);
    }
    gates += width << 2;
    cPrevious += width;
    c += width;
    tanhC += width;
    y += <usize>yStride << 2;
  }
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
    one = f32x4.splat(1);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < h; column += 4) {
      const at = <usize>column << 2,
        count = h - column,
        gi = gates + at,
        gf = gi + width,
        gg = gf + width,
        go = gg + width;
      const i = loadLanes(gi, count),
        f = loadLanes(gf, count),
        g = loadLanes(gg, count),
        o = loadLanes(go, count),
        t = loadLanes(tanhC + at, count),
        d = loadLanes(dy + at, count);
      const cell = f32x4.add(
        loadLanes(dc + at, count),
        f32x4.mul(f32x4.mul(d, o), f32x4.sub(one, f32x4.mul(t, t))),
      );
      const previous = row < previousRows ? loadLanes(cPrevious + at, count) : f32x4.splat(0);
      storeLanes(gi, f32x4.mul(f32x4.mul(cell, g), f32x4.mul(i, f32x4.sub(one, i))), count);
      storeLanes(gf, f32x4.mul(f32x4.mul(cell, previous), f32x4.mul(f, f32x4.sub(one, f))), count);
      storeLanes(gg, f32x4.mul(f32x4.mul(cell, i), f32x4.sub(one, f32x4.mul(g, g))), count);
      storeLanes(go, f32x4.mul(f32x4.mul(d, t), f32x4.mul(o, f32x4.sub(one, o))), count);
      storeLanes(dc + at, f32x4.mul(cell, f), count);
    }
    gates += width << 2;
    cPrevious += width;
    tanhC += width;
    dy += <usize>dyStride << 2;
    dc += width;
  }
}
