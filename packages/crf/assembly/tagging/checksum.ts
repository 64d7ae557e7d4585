/* The checksum of model files; the host's checksum.ts says what it is. */

import { hashName } from './hash';
import { FILE_AT } from './plan';

const ROW: usize = 64;
const FACTOR: u32 = 0x9e3779b1;

/** A number for each of 16 columns, and after them the bytes that fill no row; all before the file. */
const COLUMNS: usize = 0;
const REST: usize = 64;

// @ts-ignore: a decorator on a function
@inline
function mix(column: v128, words: v128, factor: v128): v128 {
  const sum = i32x4.add(column, words);
  return i32x4.mul(v128.or(i32x4.shl(sum, 13), i32x4.shr_u(sum, 19)), factor);
}

/** The checksum of bytes `from` to `length` of the file, `from` being no more. Up to 64 bytes after them are read. */
export function checksum(from: usize, length: usize): u32 {
  let at = FILE_AT + from;
  // By way of memory: a constant in a loop is made anew in each turn, by hosts that have not optimised yet.
  store<u32>(COLUMNS, FACTOR);
  const factor = v128.load32_splat(COLUMNS);
  let a = i32x4.mul(i32x4(1, 2, 3, 4), factor);
  let b = i32x4.mul(i32x4(5, 6, 7, 8), factor);
  let c = i32x4.mul(i32x4(9, 10, 11, 12), factor);
  let d = i32x4.mul(i32x4(13, 14, 15, 16), factor);
  const rest = (length - from) & (ROW - 1);
  for (const end = FILE_AT + length - rest; at < end; at += ROW) {
    a = mix(a, v128.load(at), factor);
    b = mix(b, v128.load(at, 16), factor);
    c = mix(c, v128.load(at, 32), factor);
    d = mix(d, v128.load(at, 48), factor);
  }
  v128.store(COLUMNS, a);
  v128.store(COLUMNS, b, 16);
  v128.store(COLUMNS, c, 32);
  v128.store(COLUMNS, d, 48);
  for (let i: usize = 0; i < ROW; i += 16) v128.store(REST + i, v128.load(at + i));
  return hashName(COLUMNS, <u32>(REST + rest));
}
