/*
 * Sums over rows of tags, up to 16 tags at a time in registers. The width is a constant wherever these are called, so that the
 * compiler leaves a loop over rows with as many registers as it needs.
 */

/**
 * out[0 .. width) = the sum of table[place + 0 .. width) over the places from `at` to `end`, each times its value if `weighted`.
 */
// @ts-ignore: a decorator on a function
@inline
function sum(width: i32, weighted: bool, table: usize, at: usize, end: usize, values: usize, out: usize): void {
  let s0 = f64x2.splat(0);
  let s1 = s0;
  let s2 = s0;
  let s3 = s0;
  let s4 = s0;
  let s5 = s0;
  let s6 = s0;
  let s7 = s0;
  for (; at < end; at += 4) {
    const row = table + ((<usize>load<u32>(at)) << 3);
    if (weighted) {
      const value = v128.load64_splat(values);
      values += 8;
      s0 = f64x2.add(s0, f64x2.mul(value, v128.load(row)));
      if (width > 2) s1 = f64x2.add(s1, f64x2.mul(value, v128.load(row, 16)));
      if (width > 4) s2 = f64x2.add(s2, f64x2.mul(value, v128.load(row, 32)));
      if (width > 6) s3 = f64x2.add(s3, f64x2.mul(value, v128.load(row, 48)));
      if (width > 8) s4 = f64x2.add(s4, f64x2.mul(value, v128.load(row, 64)));
      if (width > 10) s5 = f64x2.add(s5, f64x2.mul(value, v128.load(row, 80)));
      if (width > 12) s6 = f64x2.add(s6, f64x2.mul(value, v128.load(row, 96)));
      if (width > 14) s7 = f64x2.add(s7, f64x2.mul(value, v128.load(row, 112)));
    } else {
      s0 = f64x2.add(s0, v128.load(row));
      if (width > 2) s1 = f64x2.add(s1, v128.load(row, 16));
      if (width > 4) s2 = f64x2.add(s2, v128.load(row, 32));
      if (width > 6) s3 = f64x2.add(s3, v128.load(row, 48));
      if (width > 8) s4 = f64x2.add(s4, v128.load(row, 64));
      if (width > 10) s5 = f64x2.add(s5, v128.load(row, 80));
      if (width > 12) s6 = f64x2.add(s6, v128.load(row, 96));
      if (width > 14) s7 = f64x2.add(s7, v128.load(row, 112));
    }
  }
  v128.store(out, s0);
  if (width > 2) v128.store(out, s1, 16);
  if (width > 4) v128.store(out, s2, 32);
  if (width > 6) v128.store(out, s3, 48);
  if (width > 8) v128.store(out, s4, 64);
  if (width > 10) v128.store(out, s5, 80);
  if (width > 12) v128.store(out, s6, 96);
  if (width > 14) v128.store(out, s7, 112);
}

/** table[place + 0 .. width) += row[0 .. width) for the places from `at` to `end`, the row times each one's value if `weighted`. */
// @ts-ignore: a decorator on a function
@inline
function add(width: i32, weighted: bool, table: usize, at: usize, end: usize, values: usize, row: usize): void {
  const r0 = v128.load(row);
  const r1 = width > 2 ? v128.load(row, 16) : r0;
  const r2 = width > 4 ? v128.load(row, 32) : r0;
  const r3 = width > 6 ? v128.load(row, 48) : r0;
  const r4 = width > 8 ? v128.load(row, 64) : r0;
  const r5 = width > 10 ? v128.load(row, 80) : r0;
  const r6 = width > 12 ? v128.load(row, 96) : r0;
  const r7 = width > 14 ? v128.load(row, 112) : r0;
  for (; at < end; at += 4) {
    const to = table + ((<usize>load<u32>(at)) << 3);
    if (weighted) {
      const value = v128.load64_splat(values);
      values += 8;
      v128.store(to, f64x2.add(v128.load(to), f64x2.mul(value, r0)));
      if (width > 2) v128.store(to, f64x2.add(v128.load(to, 16), f64x2.mul(value, r1)), 16);
      if (width > 4) v128.store(to, f64x2.add(v128.load(to, 32), f64x2.mul(value, r2)), 32);
      if (width > 6) v128.store(to, f64x2.add(v128.load(to, 48), f64x2.mul(value, r3)), 48);
      if (width > 8) v128.store(to, f64x2.add(v128.load(to, 64), f64x2.mul(value, r4)), 64);
      if (width > 10) v128.store(to, f64x2.add(v128.load(to, 80), f64x2.mul(value, r5)), 80);
      if (width > 12) v128.store(to, f64x2.add(v128.load(to, 96), f64x2.mul(value, r6)), 96);
      if (width > 14) v128.store(to, f64x2.add(v128.load(to, 112), f64x2.mul(value, r7)), 112);
    } else {
      v128.store(to, f64x2.add(v128.load(to), r0));
      if (width > 2) v128.store(to, f64x2.add(v128.load(to, 16), r1), 16);
      if (width > 4) v128.store(to, f64x2.add(v128.load(to, 32), r2), 32);
      if (width > 6) v128.store(to, f64x2.add(v128.load(to, 48), r3), 48);
      if (width > 8) v128.store(to, f64x2.add(v128.load(to, 64), r4), 64);
      if (width > 10) v128.store(to, f64x2.add(v128.load(to, 80), r5), 80);
      if (width > 12) v128.store(to, f64x2.add(v128.load(to, 96), r6), 96);
      if (width > 14) v128.store(to, f64x2.add(v128.load(to, 112), r7), 112);
    }
  }
}

/** `sum` for rows of any even width, 16 tags at a time. */
export function sumRows(width: i32, table: usize, at: usize, end: usize, values: usize, out: usize): void {
  for (; width >= 16; width -= 16, table += 128, out += 128) {
    if (values == 0) sum(16, false, table, at, end, 0, out);
    else sum(16, true, table, at, end, values, out);
  }
  if (values != 0) {
    for (; width >= 8; width -= 8, table += 64, out += 64) sum(8, true, table, at, end, values, out);
    for (; width >= 2; width -= 2, table += 16, out += 16) sum(2, true, table, at, end, values, out);
    return;
  }
  switch (width >> 1) {
    case 1:
      return sum(2, false, table, at, end, 0, out);
    case 2:
      return sum(4, false, table, at, end, 0, out);
    case 3:
      return sum(6, false, table, at, end, 0, out);
    case 4:
      return sum(8, false, table, at, end, 0, out);
    case 5:
      return sum(10, false, table, at, end, 0, out);
    case 6:
      return sum(12, false, table, at, end, 0, out);
    case 7:
      return sum(14, false, table, at, end, 0, out);
  }
}

/** `add` for rows of any even width, 16 tags at a time. */
export function addRows(width: i32, table: usize, at: usize, end: usize, values: usize, row: usize): void {
  for (; width >= 16; width -= 16, table += 128, row += 128) {
    if (values == 0) add(16, false, table, at, end, 0, row);
    else add(16, true, table, at, end, values, row);
  }
  if (values != 0) {
    for (; width >= 8; width -= 8, table += 64, row += 64) add(8, true, table, at, end, values, row);
    for (; width >= 2; width -= 2, table += 16, row += 16) add(2, true, table, at, end, values, row);
    return;
  }
  switch (width >> 1) {
    case 1:
      return add(2, false, table, at, end, 0, row);
    case 2:
      return add(4, false, table, at, end, 0, row);
    case 3:
      return add(6, false, table, at, end, 0, row);
    case 4:
      return add(8, false, table, at, end, 0, row);
    case 5:
      return add(10, false, table, at, end, 0, row);
    case 6:
      return add(12, false, table, at, end, 0, row);
    case 7:
      return add(14, false, table, at, end, 0, row);
  }
}
