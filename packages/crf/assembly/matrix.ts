/* Products of short vectors and matrices, whose rows are `stride` numbers apart; in registers, as in rows.ts. */

/**
 * out[0 .. width) = factor[0 .. width) times the sum of x[i] * matrix[i][0 .. width) over `count` rows; gives the sums over the
 * even and over the odd elements.
 */
// @ts-ignore: a decorator on a function
@inline
function multiplied(
  width: i32,
  x: usize,
  matrix: usize,
  count: i32,
  rowBytes: usize,
  factor: usize,
  out: usize,
): v128 {
  let s0 = f64x2.splat(0);
  let s1 = s0;
  let s2 = s0;
  let s3 = s0;
  let s4 = s0;
  let s5 = s0;
  let s6 = s0;
  let s7 = s0;
  for (const end = x + (<usize>count << 3); x < end; x += 8, matrix += rowBytes) {
    const value = v128.load64_splat(x);
    s0 = f64x2.add(s0, f64x2.mul(value, v128.load(matrix)));
    if (width > 2) s1 = f64x2.add(s1, f64x2.mul(value, v128.load(matrix, 16)));
    if (width > 4) s2 = f64x2.add(s2, f64x2.mul(value, v128.load(matrix, 32)));
    if (width > 6) s3 = f64x2.add(s3, f64x2.mul(value, v128.load(matrix, 48)));
    if (width > 8) s4 = f64x2.add(s4, f64x2.mul(value, v128.load(matrix, 64)));
    if (width > 10) s5 = f64x2.add(s5, f64x2.mul(value, v128.load(matrix, 80)));
    if (width > 12) s6 = f64x2.add(s6, f64x2.mul(value, v128.load(matrix, 96)));
    if (width > 14) s7 = f64x2.add(s7, f64x2.mul(value, v128.load(matrix, 112)));
  }
  s0 = f64x2.mul(s0, v128.load(factor));
  if (width > 2) s1 = f64x2.mul(s1, v128.load(factor, 16));
  if (width > 4) s2 = f64x2.mul(s2, v128.load(factor, 32));
  if (width > 6) s3 = f64x2.mul(s3, v128.load(factor, 48));
  if (width > 8) s4 = f64x2.mul(s4, v128.load(factor, 64));
  if (width > 10) s5 = f64x2.mul(s5, v128.load(factor, 80));
  if (width > 12) s6 = f64x2.mul(s6, v128.load(factor, 96));
  if (width > 14) s7 = f64x2.mul(s7, v128.load(factor, 112));
  v128.store(out, s0);
  if (width > 2) v128.store(out, s1, 16);
  if (width > 4) v128.store(out, s2, 32);
  if (width > 6) v128.store(out, s3, 48);
  if (width > 8) v128.store(out, s4, 64);
  if (width > 10) v128.store(out, s5, 80);
  if (width > 12) v128.store(out, s6, 96);
  if (width > 14) v128.store(out, s7, 112);
  if (width > 2) s0 = f64x2.add(s0, s1);
  if (width > 6) s2 = f64x2.add(s2, s3);
  if (width > 10) s4 = f64x2.add(s4, s5);
  if (width > 14) s6 = f64x2.add(s6, s7);
  if (width > 4) s0 = f64x2.add(s0, s2);
  if (width > 12) s4 = f64x2.add(s4, s6);
  if (width > 8) s0 = f64x2.add(s0, s4);
  return s0;
}

/**
 * With b = the sum of x[i] * matrix[i][0 .. width) over `count` rows: ahead[0 .. width) = b * scores * scale, and then
 * scores[0 .. width) = b * alpha.
 */
// @ts-ignore: a decorator on a function
@inline
function carriedBack(
  width: i32,
  x: usize,
  matrix: usize,
  count: i32,
  rowBytes: usize,
  scale: v128,
  alpha: usize,
  scores: usize,
  ahead: usize,
): void {
  let s0 = f64x2.splat(0);
  let s1 = s0;
  let s2 = s0;
  let s3 = s0;
  let s4 = s0;
  let s5 = s0;
  let s6 = s0;
  let s7 = s0;
  for (const end = x + (<usize>count << 3); x < end; x += 8, matrix += rowBytes) {
    const value = v128.load64_splat(x);
    s0 = f64x2.add(s0, f64x2.mul(value, v128.load(matrix)));
    if (width > 2) s1 = f64x2.add(s1, f64x2.mul(value, v128.load(matrix, 16)));
    if (width > 4) s2 = f64x2.add(s2, f64x2.mul(value, v128.load(matrix, 32)));
    if (width > 6) s3 = f64x2.add(s3, f64x2.mul(value, v128.load(matrix, 48)));
    if (width > 8) s4 = f64x2.add(s4, f64x2.mul(value, v128.load(matrix, 64)));
    if (width > 10) s5 = f64x2.add(s5, f64x2.mul(value, v128.load(matrix, 80)));
    if (width > 12) s6 = f64x2.add(s6, f64x2.mul(value, v128.load(matrix, 96)));
    if (width > 14) s7 = f64x2.add(s7, f64x2.mul(value, v128.load(matrix, 112)));
  }
  finish(s0, scale, alpha, scores, ahead);
  if (width > 2) finish(s1, scale, alpha + 16, scores + 16, ahead + 16);
  if (width > 4) finish(s2, scale, alpha + 32, scores + 32, ahead + 32);
  if (width > 6) finish(s3, scale, alpha + 48, scores + 48, ahead + 48);
  if (width > 8) finish(s4, scale, alpha + 64, scores + 64, ahead + 64);
  if (width > 10) finish(s5, scale, alpha + 80, scores + 80, ahead + 80);
  if (width > 12) finish(s6, scale, alpha + 96, scores + 96, ahead + 96);
  if (width > 14) finish(s7, scale, alpha + 112, scores + 112, ahead + 112);
}

// @ts-ignore: a decorator on a function
@inline
function finish(b: v128, scale: v128, alpha: usize, scores: usize, ahead: usize): void {
  v128.store(ahead, f64x2.mul(f64x2.mul(b, v128.load(scores)), scale));
  v128.store(scores, f64x2.mul(b, v128.load(alpha)));
}

/** `multiplied` for rows of any even width; gives the sum of `out`. */
export function multiplyRow(width: i32, x: usize, matrix: usize, count: i32, rowBytes: usize, factor: usize, out: usize): f64 {
  let sums = f64x2.splat(0);
  for (; width >= 16; width -= 16, matrix += 128, factor += 128, out += 128) {
    sums = f64x2.add(sums, multiplied(16, x, matrix, count, rowBytes, factor, out));
  }
  switch (width >> 1) {
    case 1:
      sums = f64x2.add(sums, multiplied(2, x, matrix, count, rowBytes, factor, out));
      break;
    case 2:
      sums = f64x2.add(sums, multiplied(4, x, matrix, count, rowBytes, factor, out));
      break;
    case 3:
      sums = f64x2.add(sums, multiplied(6, x, matrix, count, rowBytes, factor, out));
      break;
    case 4:
      sums = f64x2.add(sums, multiplied(8, x, matrix, count, rowBytes, factor, out));
      break;
    case 5:
      sums = f64x2.add(sums, multiplied(10, x, matrix, count, rowBytes, factor, out));
      break;
    case 6:
      sums = f64x2.add(sums, multiplied(12, x, matrix, count, rowBytes, factor, out));
      break;
    case 7:
      sums = f64x2.add(sums, multiplied(14, x, matrix, count, rowBytes, factor, out));
      break;
  }
  return f64x2.extract_lane(sums, 0) + f64x2.extract_lane(sums, 1);
}

/** `carriedBack` for rows of any even width. */
export function carryBack(
  width: i32,
  x: usize,
  matrix: usize,
  count: i32,
  rowBytes: usize,
  scale: f64,
  alpha: usize,
  scores: usize,
  ahead: usize,
): void {
  const scales = f64x2.splat(scale);
  for (; width >= 16; width -= 16, matrix += 128, alpha += 128, scores += 128, ahead += 128) {
    carriedBack(16, x, matrix, count, rowBytes, scales, alpha, scores, ahead);
  }
  switch (width >> 1) {
    case 1:
      return carriedBack(2, x, matrix, count, rowBytes, scales, alpha, scores, ahead);
    case 2:
      return carriedBack(4, x, matrix, count, rowBytes, scales, alpha, scores, ahead);
    case 3:
      return carriedBack(6, x, matrix, count, rowBytes, scales, alpha, scores, ahead);
    case 4:
      return carriedBack(8, x, matrix, count, rowBytes, scales, alpha, scores, ahead);
    case 5:
      return carriedBack(10, x, matrix, count, rowBytes, scales, alpha, scores, ahead);
    case 6:
      return carriedBack(12, x, matrix, count, rowBytes, scales, alpha, scores, ahead);
    case 7:
      return carriedBack(14, x, matrix, count, rowBytes, scales, alpha, scores, ahead);
  }
}

/** Adds weight · Σ a[t]ᵀ b[t] over `count` rows to two rows of `out`, `width` of at most 8 numbers wide. */
// @ts-ignore: a decorator on a function
@inline
function outerProducts(width: i32, a: usize, b: usize, count: u32, rowBytes: usize, weight: f64, out: usize): void {
  let s0 = f64x2.splat(0);
  let s1 = s0;
  let s2 = s0;
  let s3 = s0;
  let s4 = s0;
  let s5 = s0;
  let s6 = s0;
  let s7 = s0;
  for (const end = a + <usize>count * rowBytes; a < end; a += rowBytes, b += rowBytes) {
    const x = v128.load64_splat(a);
    const y = v128.load64_splat(a, 8);
    const b0 = v128.load(b);
    s0 = f64x2.add(s0, f64x2.mul(x, b0));
    s1 = f64x2.add(s1, f64x2.mul(y, b0));
    if (width > 2) {
      const b1 = v128.load(b, 16);
      s2 = f64x2.add(s2, f64x2.mul(x, b1));
      s3 = f64x2.add(s3, f64x2.mul(y, b1));
    }
    if (width > 4) {
      const b2 = v128.load(b, 32);
      s4 = f64x2.add(s4, f64x2.mul(x, b2));
      s5 = f64x2.add(s5, f64x2.mul(y, b2));
    }
    if (width > 6) {
      const b3 = v128.load(b, 48);
      s6 = f64x2.add(s6, f64x2.mul(x, b3));
      s7 = f64x2.add(s7, f64x2.mul(y, b3));
    }
  }
  const w = f64x2.splat(weight);
  const below = out + rowBytes;
  v128.store(out, f64x2.add(v128.load(out), f64x2.mul(w, s0)));
  v128.store(below, f64x2.add(v128.load(below), f64x2.mul(w, s1)));
  if (width > 2) {
    v128.store(out, f64x2.add(v128.load(out, 16), f64x2.mul(w, s2)), 16);
    v128.store(below, f64x2.add(v128.load(below, 16), f64x2.mul(w, s3)), 16);
  }
  if (width > 4) {
    v128.store(out, f64x2.add(v128.load(out, 32), f64x2.mul(w, s4)), 32);
    v128.store(below, f64x2.add(v128.load(below, 32), f64x2.mul(w, s5)), 32);
  }
  if (width > 6) {
    v128.store(out, f64x2.add(v128.load(out, 48), f64x2.mul(w, s6)), 48);
    v128.store(below, f64x2.add(v128.load(below, 48), f64x2.mul(w, s7)), 48);
  }
}

/** out [width][width] += weight · Σ a[t]ᵀ b[t] over `count` rows of `width` numbers, an even number. */
export function addOuterProducts(width: i32, a: usize, b: usize, count: u32, weight: f64, out: usize): void {
  const rowBytes = <usize>width << 3;
  for (let i = 0; i < width; i += 2, a += 16, out += 2 * rowBytes) {
    let j = 0;
    let to = out;
    let from = b;
    for (; j + 8 <= width; j += 8, to += 64, from += 64) outerProducts(8, a, from, count, rowBytes, weight, to);
    switch ((width - j) >> 1) {
      case 1:
        outerProducts(2, a, from, count, rowBytes, weight, to);
        break;
      case 2:
        outerProducts(4, a, from, count, rowBytes, weight, to);
        break;
      case 3:
        outerProducts(6, a, from, count, rowBytes, weight, to);
        break;
    }
  }
}
