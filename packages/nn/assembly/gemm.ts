/**
 * Products of matrices, C = I + A B, with B packed into panels of eight columns.
 *
 * Every element of C is one running sum over k, from its initial value on, in the order of k: how the work is cut into tiles and
 * blocks changes no bit of the result.
 */
import { fma } from './fma';
import { loadLanes, storeLanes } from './lanes';
import { packColumns, packRows } from './pack';

/** Rows of A that are packed at once: they stay in the second-level cache while all panels pass by. */
const ROW_BLOCK: i32 = 60;
/** Steps of k, beyond which a panel (32 bytes each) and a tile's rows of A (24) would not stay in the first-level cache together. */
const DEPTH_BLOCK: i32 = 448;
/** Panels that pass by before the next ones are begun, so that leftover rows can take several of them at once. */
const STRIPE: i32 = 32;

// Memory below the heap: zeros to start from, a tile whose columns are not all wanted, and the packed rows of a block.
const ZEROS_BYTES: usize = 128;
const EDGE_BYTES: usize = 192;
// @ts-ignore: a decorator on a function
@inline
function zeros(): usize {
  return (__heap_base + 63) & ~63;
}
// @ts-ignore: a decorator on a function
@inline
function edge(): usize {
  return zeros() + ZEROS_BYTES;
}
// @ts-ignore: a decorator on a function
@inline
function packedRows(): usize {
  return edge() + EDGE_BYTES;
}

/** How many bytes at the start of memory are not for the heap. The first of them have to stay zeros. */
export function reservedBytes(): usize {
  return packedRows() + ROW_BLOCK * DEPTH_BLOCK * 4;
}

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
function tile2(a: usize, b: usize, next: usize, c: usize, ldc: usize, init: usize, ldi: usize, k: i32): void {
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
function tile1Wide(a: usize, b: usize, next: usize, c: usize, init: usize, k: i32): void {
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
function tile(rows: i32, a: usize, b: usize, c: usize, ldc: usize, init: usize, ldi: usize, k: i32): void {
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
function edgeTile(rows: i32, width: i32, a: usize, b: usize, c: usize, ldc: usize, init: usize, ldi: usize, k: i32): void {
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
