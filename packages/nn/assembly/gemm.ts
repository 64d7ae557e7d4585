/**
 * Products of matrices, C = I + A B, with B packed into panels of eight columns.
 *
 * Every element of C is one running sum over k, from its initial value on, in the order of k: how the work is cut into tiles and
 * blocks changes no bit of the result.
 */
import { packColumns, packRows } from './pack';
import { DEPTH_BLOCK, packedRows, ROW_BLOCK, zeros } from './reserved';
import { edgeTile, tile, tile1Wide, tile2 } from './tiles';

/** Panels that pass by before the next ones are begun, so that leftover rows can take several of them at once. */
const STRIPE: i32 = 32;

/**
 * Rows of the next tile, of so many that are left: six, which is as many as there are registers for, or five where a product needs one for
 * itself; and such that the last ones come out as tiles that are nearly as quick.
 */
function tileRows(left: i32): i32 {
  const most = ASC_FEATURE_RELAXED_SIMD ? 6 : 5;
  if (left <= most) return left == 3 ? 2 : left;
  if (left > 9) return most;
  if (left == 6 || left == 8) return 4;
  return 5;
}

/**
 * One block of packed rows of A by up to STRIPE columns, panels `next` bytes apart: panel by panel through the tiles of four rows and more, then the one
 * or two rows that are left over, in tiles of more columns that keep as many sums in flight. `shift` is 1 if `init` goes on from column to column, 0
 * if it is the zeros.
 */
function stripe(
  a: usize,
  b: usize,
  next: usize,
  c: usize,
  ldc: usize,
  init: usize,
  ldi: usize,
  shift: usize,
  m: i32,
  k: i32,
  columns: i32,
): void {
  let first = 0;
  for (let rows = tileRows(m); rows >= 4; rows = tileRows(m - first)) first += rows;
  let panel = b;
  for (let column = 0; column < columns; column += 8) {
    const at = <usize>column << 2,
      width = columns - column;
    let aTile = a,
      cTile = c + at,
      initTile = init + at * shift;
    for (let row = 0; row < first; ) {
      const rows = tileRows(m - row);
      if (width >= 8) tile(rows, aTile, panel, cTile, ldc, initTile, ldi, k);
      else edgeTile(rows, width, aTile, panel, cTile, ldc, initTile, ldi, k);
      aTile += <usize>(rows * k) << 2;
      cTile += <usize>rows * ldc;
      initTile += <usize>rows * ldi;
      row += rows;
    }
    panel += next;
  }

  a += <usize>(first * k) << 2;
  c += <usize>first * ldc;
  init += <usize>first * ldi;
  const left = m - first;
  if (left & 2) {
    const wide = columns & ~15;
    panel = b;
    for (let column = 0; column < wide; column += 16) {
      const at = <usize>column << 2;
      tile2(a, panel, next, c + at, ldc, init + at * shift, ldi, k);
      panel += 2 * next;
    }
    narrow(2, a, panel, next, c, ldc, init, ldi, shift, k, wide, columns);
    a += <usize>k << 3;
    c += 2 * ldc;
    init += 2 * ldi;
  }
  if (left & 1) {
    if (columns == STRIPE) tile1Wide(a, b, next, c, init, k);
    else narrow(1, a, b, next, c, ldc, init, ldi, shift, k, 0, columns);
  }
}

/** Columns `from` to `to` of one or two rows, panel by panel. */
function narrow(
  rows: i32,
  a: usize,
  panel: usize,
  next: usize,
  c: usize,
  ldc: usize,
  init: usize,
  ldi: usize,
  shift: usize,
  k: i32,
  from: i32,
  to: i32,
): void {
  for (let column = from; column < to; column += 8) {
    const at = <usize>column << 2,
      width = to - column;
    if (width >= 8) tile(rows, a, panel, c + at, ldc, init + at * shift, ldi, k);
    else edgeTile(rows, width, a, panel, c + at, ldc, init + at * shift, ldi, k);
    panel += next;
  }
}

/**
 * C[m, n] = I + A B by blocks. A is [m, k], or [k, m] and to be transposed; `next` is the distance of panels, strides are in bytes.
 */
// @ts-ignore: a decorator on a function
@inline
function multiplyBlocks(
  a: usize,
  lda: usize,
  transposed: bool,
  panels: usize,
  c: usize,
  ldc: usize,
  init: usize,
  ldi: usize,
  m: i32,
  k: i32,
  n: i32,
): void {
  const next = <usize>k << 5,
    packed = packedRows();
  // As many blocks as needed, all nearly as long.
  const blocks = max(1, (k + DEPTH_BLOCK - 1) / DEPTH_BLOCK),
    step = max(1, (k + blocks - 1) / blocks);
  for (let depth = 0; depth == 0 || depth < k; depth += step) {
    const length = min(step, k - depth);
    // What the sums go on from: the zeros, which are for every row and column; what was given; or what they have come to.
    const from = depth > 0 ? c : init ? init : zeros(),
      stride = depth > 0 ? ldc : init ? ldi : 0,
      shift: usize = from == zeros() ? 0 : 1;
    for (let top = 0; top < m; top += ROW_BLOCK) {
      const rows = min(ROW_BLOCK, m - top);
      const corner = transposed
        ? a + <usize>depth * lda + (<usize>top << 2)
        : a + <usize>top * lda + (<usize>depth << 2);
      let at = corner,
        out = packed;
      for (let left = rows; left > 0; ) {
        const height = tileRows(left);
        if (transposed) {
          packColumns(at, lda, height, length, out);
          at += <usize>height << 2;
        } else {
          packRows(at, lda, height, length, out);
          at += <usize>height * lda;
        }
        out += <usize>(height * length) << 2;
        left -= height;
      }
      const cBlock = c + <usize>top * ldc,
        initBlock = from + <usize>top * stride;
      for (let column = 0; column < n; column += STRIPE) {
        const right = <usize>column << 2,
          b = panels + <usize>(column >> 3) * next + (<usize>depth << 5);
        stripe(packed, b, next, cBlock + right, ldc, initBlock + right * shift, stride, shift, rows, length, min(STRIPE, n - column));
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
  multiplyBlocks(a, <usize>aStride << 2, false, panels, c, <usize>cStride << 2, init, <usize>initStride << 2, m, k, n);
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
  const ldc = <usize>cStride << 2;
  multiplyBlocks(a, <usize>aStride << 2, true, panels, c, ldc, add ? c : 0, ldc, m, k, n);
}
