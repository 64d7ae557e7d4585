/** The innermost loops of products of matrices. */
import { fma } from './fma';
import { loadLanes, storeLanes } from './lanes';
import { edge } from './reserved';

// A tile is eight columns of some rows of C, or more columns of one or two, whose sums stay in registers. It starts from `init` and writes to `c`; the
// values of A for one step of k, one of each row, stand together. No branch comes before the loop, or V8 would keep some of the sums in memory.

/** Six rows, eight columns. */
function tile6(a: usize, b: usize, c: usize, ldc: usize, init: usize, ldi: usize, k: i32): void {
  let x0 = v128.load(init),
    y0 = v128.load(init, 16);
  init += ldi;
  let x1 = v128.load(init),
    y1 = v128.load(init, 16);
  init += ldi;
  let x2 = v128.load(init),
    y2 = v128.load(init, 16);
  init += ldi;
  let x3 = v128.load(init),
    y3 = v128.load(init, 16);
  init += ldi;
  let x4 = v128.load(init),
    y4 = v128.load(init, 16);
  init += ldi;
  let x5 = v128.load(init),
    y5 = v128.load(init, 16);
  const end = b + (<usize>k << 5);
  while (b < end) {
    const left = v128.load(b),
      right = v128.load(b, 16);
    let s = v128.load32_splat(a);
    x0 = fma(s, left, x0);
    y0 = fma(s, right, y0);
    s = v128.load32_splat(a, 4);
    x1 = fma(s, left, x1);
    y1 = fma(s, right, y1);
    s = v128.load32_splat(a, 8);
    x2 = fma(s, left, x2);
    y2 = fma(s, right, y2);
    s = v128.load32_splat(a, 12);
    x3 = fma(s, left, x3);
    y3 = fma(s, right, y3);
    s = v128.load32_splat(a, 16);
    x4 = fma(s, left, x4);
    y4 = fma(s, right, y4);
    s = v128.load32_splat(a, 20);
    x5 = fma(s, left, x5);
    y5 = fma(s, right, y5);
    a += 24;
    b += 32;
  }
  v128.store(c, x0);
  v128.store(c, y0, 16);
  c += ldc;
  v128.store(c, x1);
  v128.store(c, y1, 16);
  c += ldc;
  v128.store(c, x2);
  v128.store(c, y2, 16);
  c += ldc;
  v128.store(c, x3);
  v128.store(c, y3, 16);
  c += ldc;
  v128.store(c, x4);
  v128.store(c, y4, 16);
  c += ldc;
  v128.store(c, x5);
  v128.store(c, y5, 16);
}

/** Five rows, eight columns. */
function tile5(a: usize, b: usize, c: usize, ldc: usize, init: usize, ldi: usize, k: i32): void {
  let x0 = v128.load(init),
    y0 = v128.load(init, 16);
  init += ldi;
  let x1 = v128.load(init),
    y1 = v128.load(init, 16);
  init += ldi;
  let x2 = v128.load(init),
    y2 = v128.load(init, 16);
  init += ldi;
  let x3 = v128.load(init),
    y3 = v128.load(init, 16);
  init += ldi;
  let x4 = v128.load(init),
    y4 = v128.load(init, 16);
  const end = b + (<usize>k << 5);
  while (b < end) {
    const left = v128.load(b),
      right = v128.load(b, 16);
    let s = v128.load32_splat(a);
    x0 = fma(s, left, x0);
    y0 = fma(s, right, y0);
    s = v128.load32_splat(a, 4);
    x1 = fma(s, left, x1);
    y1 = fma(s, right, y1);
    s = v128.load32_splat(a, 8);
    x2 = fma(s, left, x2);
    y2 = fma(s, right, y2);
    s = v128.load32_splat(a, 12);
    x3 = fma(s, left, x3);
    y3 = fma(s, right, y3);
    s = v128.load32_splat(a, 16);
    x4 = fma(s, left, x4);
    y4 = fma(s, right, y4);
    a += 20;
    b += 32;
  }
  v128.store(c, x0);
  v128.store(c, y0, 16);
  c += ldc;
  v128.store(c, x1);
  v128.store(c, y1, 16);
  c += ldc;
  v128.store(c, x2);
  v128.store(c, y2, 16);
  c += ldc;
  v128.store(c, x3);
  v128.store(c, y3, 16);
  c += ldc;
  v128.store(c, x4);
  v128.store(c, y4, 16);
}

/** Four rows, eight columns. */
function tile4(a: usize, b: usize, c: usize, ldc: usize, init: usize, ldi: usize, k: i32): void {
  let x0 = v128.load(init),
    y0 = v128.load(init, 16);
  init += ldi;
  let x1 = v128.load(init),
    y1 = v128.load(init, 16);
  init += ldi;
  let x2 = v128.load(init),
    y2 = v128.load(init, 16);
  init += ldi;
  let x3 = v128.load(init),
    y3 = v128.load(init, 16);
  const end = b + (<usize>k << 5);
  while (b < end) {
    const left = v128.load(b),
      right = v128.load(b, 16);
    let s = v128.load32_splat(a);
    x0 = fma(s, left, x0);
    y0 = fma(s, right, y0);
    s = v128.load32_splat(a, 4);
    x1 = fma(s, left, x1);
    y1 = fma(s, right, y1);
    s = v128.load32_splat(a, 8);
    x2 = fma(s, left, x2);
    y2 = fma(s, right, y2);
    s = v128.load32_splat(a, 12);
    x3 = fma(s, left, x3);
    y3 = fma(s, right, y3);
    a += 16;
    b += 32;
  }
  v128.store(c, x0);
  v128.store(c, y0, 16);
  c += ldc;
  v128.store(c, x1);
  v128.store(c, y1, 16);
  c += ldc;
  v128.store(c, x2);
  v128.store(c, y2, 16);
  c += ldc;
  v128.store(c, x3);
  v128.store(c, y3, 16);
}

/** Two rows, sixteen columns: two panels, `next` bytes apart. */
export function tile2(a: usize, b: usize, next: usize, c: usize, ldc: usize, init: usize, ldi: usize, k: i32): void {
  let x0 = v128.load(init),
    x1 = v128.load(init, 16),
    x2 = v128.load(init, 32),
    x3 = v128.load(init, 48);
  init += ldi;
  let y0 = v128.load(init),
    y1 = v128.load(init, 16),
    y2 = v128.load(init, 32),
    y3 = v128.load(init, 48);
  let b1 = b + next;
  const end = b + (<usize>k << 5);
  while (b < end) {
    const s = v128.load32_splat(a),
      t = v128.load32_splat(a, 4);
    let v = v128.load(b);
    x0 = fma(s, v, x0);
    y0 = fma(t, v, y0);
    v = v128.load(b, 16);
    x1 = fma(s, v, x1);
    y1 = fma(t, v, y1);
    v = v128.load(b1);
    x2 = fma(s, v, x2);
    y2 = fma(t, v, y2);
    v = v128.load(b1, 16);
    x3 = fma(s, v, x3);
    y3 = fma(t, v, y3);
    a += 8;
    b += 32;
    b1 += 32;
  }
  v128.store(c, x0);
  v128.store(c, x1, 16);
  v128.store(c, x2, 32);
  v128.store(c, x3, 48);
  c += ldc;
  v128.store(c, y0);
  v128.store(c, y1, 16);
  v128.store(c, y2, 32);
  v128.store(c, y3, 48);
}

/** One row, thirty-two columns: four panels, `next` bytes apart. */
export function tile1Wide(a: usize, b: usize, next: usize, c: usize, init: usize, k: i32): void {
  let x0 = v128.load(init),
    y0 = v128.load(init, 16),
    x1 = v128.load(init, 32),
    y1 = v128.load(init, 48),
    x2 = v128.load(init, 64),
    y2 = v128.load(init, 80),
    x3 = v128.load(init, 96),
    y3 = v128.load(init, 112);
  let b1 = b + next,
    b2 = b1 + next,
    b3 = b2 + next;
  const end = b + (<usize>k << 5);
  while (b < end) {
    const s = v128.load32_splat(a);
    x0 = fma(s, v128.load(b), x0);
    y0 = fma(s, v128.load(b, 16), y0);
    x1 = fma(s, v128.load(b1), x1);
    y1 = fma(s, v128.load(b1, 16), y1);
    x2 = fma(s, v128.load(b2), x2);
    y2 = fma(s, v128.load(b2, 16), y2);
    x3 = fma(s, v128.load(b3), x3);
    y3 = fma(s, v128.load(b3, 16), y3);
    a += 4;
    b += 32;
    b1 += 32;
    b2 += 32;
    b3 += 32;
  }
  v128.store(c, x0);
  v128.store(c, y0, 16);
  v128.store(c, x1, 32);
  v128.store(c, y1, 48);
  v128.store(c, x2, 64);
  v128.store(c, y2, 80);
  v128.store(c, x3, 96);
  v128.store(c, y3, 112);
}

/** One row, eight columns; the values of A are `step` bytes apart. */
function tile1(a: usize, step: usize, b: usize, c: usize, init: usize, k: i32): void {
  let x = v128.load(init),
    y = v128.load(init, 16);
  const end = b + (<usize>k << 5);
  while (b < end) {
    const s = v128.load32_splat(a);
    x = fma(s, v128.load(b), x);
    y = fma(s, v128.load(b, 16), y);
    a += step;
    b += 32;
  }
  v128.store(c, x);
  v128.store(c, y, 16);
}

/** `rows` rows of eight columns, 1, 2 or 4 to 6 of them. */
export function tile(rows: i32, a: usize, b: usize, c: usize, ldc: usize, init: usize, ldi: usize, k: i32): void {
  if (rows == 6) tile6(a, b, c, ldc, init, ldi, k);
  else if (rows == 5) tile5(a, b, c, ldc, init, ldi, k);
  else if (rows == 4) tile4(a, b, c, ldc, init, ldi, k);
  else {
    const step = <usize>rows << 2;
    tile1(a, step, b, c, init, k);
    if (rows == 2) tile1(a + 4, step, b, c + ldc, init + ldi, k);
  }
}

/** The first `width` columns of a tile, in one of its own from which they are copied. */
export function edgeTile(rows: i32, width: i32, a: usize, b: usize, c: usize, ldc: usize, init: usize, ldi: usize, k: i32): void {
  for (let row = 0; row < rows; row++) {
    copyColumns(init + <usize>row * ldi, edge() + (<usize>row << 5), width);
  }
  tile(rows, a, b, edge(), 32, edge(), 32, k);
  for (let row = 0; row < rows; row++) {
    copyColumns(edge() + (<usize>row << 5), c + <usize>row * ldc, width);
  }
}

/** `width` floats, 1 to 8. */
// @ts-ignore: a decorator on a function
@inline
function copyColumns(from: usize, to: usize, width: i32): void {
  storeLanes(to, loadLanes(from, width), width);
  if (width > 4) storeLanes(to + 16, loadLanes(from + 16, width - 4), width - 4);
}
