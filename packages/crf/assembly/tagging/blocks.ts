/*
 * The table of attributes: a record of 64 bytes for each 16 of them, or of 72 where the sizes of rows take two bytes. u32 where their
 * weights begin; u32 where their names do; 16 sizes of rows; 16 sizes of names; 16 prefixes.
 */

import { blocks, names, tagBytes } from './plan';

/** Attributes of a record. */
export const BLOCK: u32 = 16;
/** The size of a name that is longer than fits: its length then stands before it, in four bytes. */
export const LONG: u32 = 255;

const ROW_SIZES = 8;

/** The record that an attribute is in. */
// @ts-ignore: a decorator on a function
@inline
export function blockOf(attribute: u32): usize {
  const block = <usize>(attribute / BLOCK);
  return blocks + (tagBytes == 1 ? block << 6 : block * 72);
}

// @ts-ignore: a decorator on a function
@inline
function nameSizesIn(block: usize): usize {
  return block + ROW_SIZES + BLOCK * tagBytes;
}

// @ts-ignore: a decorator on a function
@inline
export function rowSize(block: usize, attribute: u32): u32 {
  const at = block + ROW_SIZES + (attribute % BLOCK) * tagBytes;
  return tagBytes == 1 ? <u32>load<u8>(at) : <u32>load<u16>(at);
}

// @ts-ignore: a decorator on a function
@inline
export function nameSize(block: usize, attribute: u32): u32 {
  return load<u8>(nameSizesIn(block) + (attribute % BLOCK));
}

// @ts-ignore: a decorator on a function
@inline
export function prefixOf(block: usize, attribute: u32): u32 {
  return load<u8>(nameSizesIn(block) + BLOCK + (attribute % BLOCK));
}

/** Where the weights of an attribute begin. */
// @ts-ignore: a decorator on a function
@inline
export function rowStart(block: usize, attribute: u32): u32 {
  const rank = attribute % BLOCK;
  const start = load<u32>(block);
  if (tagBytes == 1) return start + sumBytes(block + ROW_SIZES, rank);
  let sum = start;
  for (let k: u32 = 0; k < rank; k++) sum += load<u16>(block + ROW_SIZES + 2 * k);
  return sum;
}

/** Where the name of an attribute begins, after its prefix; or the length of a long one. */
// @ts-ignore: a decorator on a function
@inline
export function nameStart(block: usize, attribute: u32): usize {
  const rank = attribute % BLOCK;
  const start = names + load<u32>(block, 4);
  const sizes = nameSizesIn(block);
  const long = i8x16.bitmask(i8x16.eq(v128.load(sizes), i8x16.splat(-1)));
  return (long & ((1 << rank) - 1)) == 0 ? start + sumBytes(sizes, rank) : afterLongNames(start, sizes, rank);
}

function afterLongNames(start: usize, sizes: usize, count: u32): usize {
  let at = start;
  for (let k: u32 = 0; k < count; k++) {
    const size: usize = load<u8>(sizes + k);
    at += size < <usize>LONG ? size : 4 + <usize>load<u32>(at);
  }
  return at;
}

/** The sum of the first `count` of 16 bytes. */
// @ts-ignore: a decorator on a function
@inline
function sumBytes(at: usize, count: u32): u32 {
  const lanes = i8x16(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
  const some = v128.and(v128.load(at), i8x16.lt_u(lanes, i8x16.splat(<i8>count)));
  const sums = i32x4.extadd_pairwise_i16x8_u(i16x8.extadd_pairwise_i8x16_u(some));
  return (
    i32x4.extract_lane(sums, 0) +
    i32x4.extract_lane(sums, 1) +
    i32x4.extract_lane(sums, 2) +
    i32x4.extract_lane(sums, 3)
  );
}
