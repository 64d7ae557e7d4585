/**
 * Products of matrices, C = I + A B, with B packed into panels of eight columns.
 *
 * Every element of C is one running sum over k, from its initial value on, in the order of k: how the work is cut into tiles and
 * blocks changes no bit of the result.
 */
import { fma } from './fma';
import { loadLanes, storeLanes } from './lanes';

/** Rows of A that stay in the second-level cache while all panels pass by. */
const ROW_BLOCK: i32 = 64;
/** Steps of k after which a panel (32 bytes each) and four rows of A would no longer fit into the first-level cache together. */
const DEPTH_BLOCK: i32 = 512;

/** The left and right half of eight initial values; zeros if there are none. */
// @ts-ignore: a decorator on a function
@inline
function initialLeft(init: usize, width: i32): v128 {
  return init ? loadLanes(init, width) : f32x4.splat(0);
}
// @ts-ignore: a decorator on a function
@inline
function initialRight(init: usize, width: i32): v128 {
  return init && width > 4 ? loadLanes(init + 16, width - 4) : f32x4.splat(0);
}
// @ts-ignore: a decorator on a function
@inline
function storeEight(c: usize, left: v128, right: v128, width: i32): void {
  storeLanes(c, left, width);
  if (width > 4) storeLanes(c + 16, right, width - 4);
}

/** Four rows of C, eight columns: rows of A `lda` bytes apart. */
function tile4(a: usize, lda: usize, b: usize, c: usize, ldc: usize, init: usize, ldi: usize, k: i32, width: i32): void {
  const i1 = init ? init + ldi : 0,
    i2 = init ? i1 + ldi : 0,
    i3 = init ? i2 + ldi : 0;
  let x0 = initialLeft(init, width),
    y0 = initialRight(init, width),
    x1 = initialLeft(i1, width),
    y1 = initialRight(i1, width),
    x2 = initialLeft(i2, width),
    y2 = initialRight(i2, width),
    x3 = initialLeft(i3, width),
    y3 = initialRight(i3, width);
  let a1 = a + lda,
    a2 = a1 + lda,
    a3 = a2 + lda;
  const end = a + (<usize>k << 2);
  while (a < end) {
    const left = v128.load(b),
      right = v128.load(b, 16);
    let s = v128.load32_splat(a);
    x0 = fma(s, left, x0);
    y0 = fma(s, right, y0);
    s = v128.load32_splat(a1);
    x1 = fma(s, left, x1);
    y1 = fma(s, right, y1);
    s = v128.load32_splat(a2);
    x2 = fma(s, left, x2);
    y2 = fma(s, right, y2);
    s = v128.load32_splat(a3);
    x3 = fma(s, left, x3);
    y3 = fma(s, right, y3);
    a += 4;
    a1 += 4;
    a2 += 4;
    a3 += 4;
    b += 32;
  }
  storeEight(c, x0, y0, width);
  storeEight(c + ldc, x1, y1, width);
  storeEight(c + 2 * ldc, x2, y2, width);
  storeEight(c + 3 * ldc, x3, y3, width);
}

/** Two rows of C, sixteen columns: two panels, `next` bytes apart. */
function tile2(a: usize, lda: usize, b: usize, next: usize, c: usize, ldc: usize, init: usize, ldi: usize, k: i32): void {
  const i1 = init ? init + ldi : 0;
  let x0 = initialLeft(init, 8),
    x1 = initialRight(init, 8),
    x2 = initialLeft(init ? init + 32 : 0, 8),
    x3 = initialRight(init ? init + 32 : 0, 8),
    y0 = initialLeft(i1, 8),
    y1 = initialRight(i1, 8),
    y2 = initialLeft(i1 ? i1 + 32 : 0, 8),
    y3 = initialRight(i1 ? i1 + 32 : 0, 8);
  let a1 = a + lda,
    b1 = b + next;
  const end = a + (<usize>k << 2);
  while (a < end) {
    const s = v128.load32_splat(a),
      t = v128.load32_splat(a1);
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
    a += 4;
    a1 += 4;
    b += 32;
    b1 += 32;
  }
  storeEight(c, x0, x1, 8);
  storeEight(c + 32, x2, x3, 8);
  c += ldc;
  storeEight(c, y0, y1, 8);
  storeEight(c + 32, y2, y3, 8);
}

/** One row of C, thirty-two columns: four panels, `next` bytes apart. */
function tile1Wide(a: usize, b: usize, next: usize, c: usize, init: usize, k: i32): void {
  let x0 = initialLeft(init, 8),
    y0 = initialRight(init, 8),
    x1 = initialLeft(init ? init + 32 : 0, 8),
    y1 = initialRight(init ? init + 32 : 0, 8),
    x2 = initialLeft(init ? init + 64 : 0, 8),
    y2 = initialRight(init ? init + 64 : 0, 8),
    x3 = initialLeft(init ? init + 96 : 0, 8),
    y3 = initialRight(init ? init + 96 : 0, 8);
  let b1 = b + next,
    b2 = b1 + next,
    b3 = b2 + next;
  const end = a + (<usize>k << 2);
  while (a < end) {
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
  storeEight(c, x0, y0, 8);
  storeEight(c + 32, x1, y1, 8);
  storeEight(c + 64, x2, y2, 8);
  storeEight(c + 96, x3, y3, 8);
}

/** One row of C, eight columns. */
function tile1(a: usize, b: usize, c: usize, init: usize, k: i32, width: i32): void {
  let x = initialLeft(init, width),
    y = initialRight(init, width);
  const end = a + (<usize>k << 2);
  while (a < end) {
    const s = v128.load32_splat(a);
    x = fma(s, v128.load(b), x);
    y = fma(s, v128.load(b, 16), y);
    a += 4;
    b += 32;
  }
  storeEight(c, x, y, width);
}

/**
 * Up to 32 columns, four panels `next` bytes apart, of all rows: tiles of four rows, and wider ones of two rows and of one for what is left
 * over, which keep as many sums in flight.
 */
function stripe(
  a: usize,
  lda: usize,
  b: usize,
  next: usize,
  c: usize,
  ldc: usize,
  init: usize,
  ldi: usize,
  m: i32,
  k: i32,
  columns: i32,
): void {
  const body = m & ~3;
  let panel = b;
  for (let column = 0; column < columns; column += 8) {
    const width = min(8, columns - column),
      at = <usize>column << 2;
    let aRow = a,
      cRow = c + at,
      initRow = init ? init + at : 0;
    for (let row = 0; row < body; row += 4) {
      tile4(aRow, lda, panel, cRow, ldc, initRow, ldi, k, width);
      aRow += 4 * lda;
      cRow += 4 * ldc;
      if (initRow) initRow += 4 * ldi;
    }
    panel += next;
  }
  let row = body;
  if (m & 2) {
    const aRow = a + <usize>row * lda,
      cRow = c + <usize>row * ldc,
      initRow = init ? init + <usize>row * ldi : 0;
    let column = 0;
    panel = b;
    for (; column + 16 <= columns; column += 16) {
      const at = <usize>column << 2;
      tile2(aRow, lda, panel, next, cRow + at, ldc, initRow ? initRow + at : 0, ldi, k);
      panel += 2 * next;
    }
    for (; column < columns; column += 8) {
      const at = <usize>column << 2,
        width = min(8, columns - column);
      tile1(aRow, panel, cRow + at, initRow ? initRow + at : 0, k, width);
      tile1(aRow + lda, panel, cRow + ldc + at, initRow ? initRow + ldi + at : 0, k, width);
      panel += next;
    }
    row += 2;
  }
  if (m & 1) {
    const aRow = a + <usize>row * lda,
      cRow = c + <usize>row * ldc,
      initRow = init ? init + <usize>row * ldi : 0;
    if (columns == 32) {
      tile1Wide(aRow, b, next, cRow, initRow, k);
    } else {
      panel = b;
      for (let column = 0; column < columns; column += 8) {
        const at = <usize>column << 2;
        tile1(aRow, panel, cRow + at, initRow ? initRow + at : 0, k, min(8, columns - column));
        panel += next;
      }
    }
  }
}

/**
 * C[m, n] = I + A[m, k] B[k, n]. Strides are in floats from row to row. `init` is the address of I, of the shape of C: 0 for
 * zeros; with `initStride` 0 one row for all (a bias); `c` itself to add to what is there.
 */
export function gemm(
  a: usize,
  aStride: i32,
  panels: usize,
  c: usize,
  cStride: i32,
  init: usize,
  initStride: i32,
  m: i32,
  k: i32,
  n: i32,
): void {
  const lda = <usize>aStride << 2,
    ldc = <usize>cStride << 2,
    next = <usize>k << 5;
  for (let depth = 0; depth == 0 || depth < k; depth += DEPTH_BLOCK) {
    const length = min(DEPTH_BLOCK, k - depth);
    const from = depth == 0 ? init : c,
      ldi = depth == 0 ? <usize>initStride << 2 : ldc;
    for (let top = 0; top < m; top += ROW_BLOCK) {
      const rows = min(ROW_BLOCK, m - top),
        aBlock = a + <usize>top * lda + (<usize>depth << 2),
        cBlock = c + <usize>top * ldc,
        initBlock = from ? from + <usize>top * ldi : 0;
      for (let column = 0; column < n; column += 32) {
        const at = <usize>column << 2,
          b = panels + <usize>(column >> 3) * next + (<usize>depth << 5);
        stripe(aBlock, lda, b, next, cBlock + at, ldc, initBlock ? initBlock + at : 0, ldi, rows, length, min(32, n - column));
      }
    }
  }
}

/** Four rows of C, eight columns, from four neighbouring columns of A, whose rows are `lda` bytes apart. */
function tileTransposed4(a: usize, lda: usize, b: usize, c: usize, ldc: usize, add: bool, k: i32, width: i32): void {
  const i0 = add ? c : 0,
    i1 = add ? c + ldc : 0,
    i2 = add ? i1 + ldc : 0,
    i3 = add ? i2 + ldc : 0;
  let x0 = initialLeft(i0, width),
    y0 = initialRight(i0, width),
    x1 = initialLeft(i1, width),
    y1 = initialRight(i1, width),
    x2 = initialLeft(i2, width),
    y2 = initialRight(i2, width),
    x3 = initialLeft(i3, width),
    y3 = initialRight(i3, width);
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
    a += lda;
    b += 32;
  }
  storeEight(c, x0, y0, width);
  storeEight(c + ldc, x1, y1, width);
  storeEight(c + 2 * ldc, x2, y2, width);
  storeEight(c + 3 * ldc, x3, y3, width);
}

/** One row of C, eight columns, from one column of A. */
function tileTransposed1(a: usize, lda: usize, b: usize, c: usize, add: bool, k: i32, width: i32): void {
  const init = add ? c : 0;
  let x = initialLeft(init, width),
    y = initialRight(init, width);
  const end = b + (<usize>k << 5);
  while (b < end) {
    const s = v128.load32_splat(a);
    x = fma(s, v128.load(b), x);
    y = fma(s, v128.load(b, 16), y);
    a += lda;
    b += 32;
  }
  storeEight(c, x, y, width);
}

/** C[m, n] = A[k, m]^T B[k, n], or that added to C. Strides are in floats from row to row. */
export function gemmTransposed(
  a: usize,
  aStride: i32,
  panels: usize,
  c: usize,
  cStride: i32,
  add: bool,
  m: i32,
  k: i32,
  n: i32,
): void {
  const lda = <usize>aStride << 2,
    ldc = <usize>cStride << 2;
  for (let depth = 0; depth == 0 || depth < k; depth += DEPTH_BLOCK) {
    const length = min(DEPTH_BLOCK, k - depth);
    const keep = add || depth > 0;
    for (let column = 0; column < n; column += 8) {
      const width = min(8, n - column),
        b = panels + (<usize>(column >> 3) * <usize>k + <usize>depth << 5);
      let aColumn = a + <usize>depth * lda,
        cRow = c + (<usize>column << 2),
        row = 0;
      for (; row + 4 <= m; row += 4) {
        tileTransposed4(aColumn, lda, b, cRow, ldc, keep, length, width);
        aColumn += 16;
        cRow += 4 * ldc;
      }
      for (; row < m; row++) {
        tileTransposed1(aColumn, lda, b, cRow, keep, length, width);
        aColumn += 4;
        cRow += ldc;
      }
    }
  }
}
