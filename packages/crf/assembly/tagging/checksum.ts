/* The checksum of model files; the host's checksum.ts says what it is. */

import { hashName } from './hash';
import { FILE_AT } from './plan';

const ROW: usize = 64;
const KEYS: u32 = 0x7fcf7fed;
const START: u32 = 0x9e3779b1;

/** Two sums of 16 lanes each, and after them the bytes that fill no row; all before the file. */
const SUMS: usize = 0;
const REST: usize = 128;

/** The checksum of bytes `from` to `length` of the file. Up to 64 bytes after them are read. */
export function checksum(from: usize, length: usize): u32 {
  let at = FILE_AT + from;
  // By way of memory: a constant in a loop is made anew in each turn, by hosts that have not optimised it yet.
  store<u32>(SUMS, KEYS);
  const keys = v128.load32_splat(SUMS);
  let a = i32x4.mul(i32x4(1, 2, 3, 4), i32x4.splat(START));
  let b = i32x4.mul(i32x4(5, 6, 7, 8), i32x4.splat(START));
  let c = i32x4.mul(i32x4(9, 10, 11, 12), i32x4.splat(START));
  let d = i32x4.mul(i32x4(13, 14, 15, 16), i32x4.splat(START));
  let aa = i32x4.splat(0);
  let bb = aa;
  let cc = aa;
  let dd = aa;
  const rest = (length - from) & (ROW - 1);
  for (const end = FILE_AT + length - rest; at < end; at += ROW) {
    a = i32x4.add(a, i32x4.dot_i16x8_s(v128.load(at), keys));
    b = i32x4.add(b, i32x4.dot_i16x8_s(v128.load(at, 16), keys));
    c = i32x4.add(c, i32x4.dot_i16x8_s(v128.load(at, 32), keys));
    d = i32x4.add(d, i32x4.dot_i16x8_s(v128.load(at, 48), keys));
    aa = i32x4.add(aa, a);
    bb = i32x4.add(bb, b);
    cc = i32x4.add(cc, c);
    dd = i32x4.add(dd, d);
  }
  v128.store(SUMS, a);
  v128.store(SUMS, b, 16);
  v128.store(SUMS, c, 32);
  v128.store(SUMS, d, 48);
  v128.store(SUMS, aa, 64);
  v128.store(SUMS, bb, 80);
  v128.store(SUMS, cc, 96);
  v128.store(SUMS, dd, 112);
  for (let i: usize = 0; i < ROW; i += 16) v128.store(REST + i, v128.load(at + i));
  return hashName(SUMS, <u32>(REST + rest));
}
