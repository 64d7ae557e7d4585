/*
 * The table of endings: a record of 32 bytes for each 8 of them. u32 each: where the weights of the first attribute of the first begin,
 * where the first itself does, its first attribute; 4 bytes; 8 sizes of endings; 8 numbers of attributes.
 */

import { endingNames, endings, maskBytes, numEndings, prefixes, rowMasks, rowSizes } from './plan';

/** Endings of a record. */
export const BLOCK: u32 = 8;
export const RECORD_BYTES: usize = 32;
/** The size of an ending that is longer than fits: its length then stands before it, in four bytes. */
export const LONG: u32 = 255;
/** A longer ending has one attribute, without a prefix. */
export const MOST_SHARED: u32 = 63;

export const ROWS_START: usize = 0;
export const NAMES_START: usize = 4;
export const ATTRIBUTES_START: usize = 8;
export const SIZES: usize = 16;
export const ATTRIBUTES: usize = 24;

/** The record that an ending is in. */
// @ts-ignore: a decorator on a function
@inline
export function recordOfEnding(ending: u32): usize {
  return endings + <usize>(ending / BLOCK) * RECORD_BYTES;
}

/** The record that an attribute's ending is in: the last that begins with it or before it. */
export function recordOfAttribute(attribute: u32): usize {
  let first: u32 = 0;
  let after = (numEndings + BLOCK - 1) / BLOCK;
  while (after - first > 1) {
    const middle = (first + after) >>> 1;
    if (load<u32>(endings + <usize>middle * RECORD_BYTES, ATTRIBUTES_START) <= attribute) first = middle;
    else after = middle;
  }
  return endings + <usize>first * RECORD_BYTES;
}

// @ts-ignore: a decorator on a function
@inline
export function nameSize(record: usize, ending: u32): u32 {
  return load<u8>(record + SIZES + (ending % BLOCK));
}

/** Where an ending begins; or the length of a long one. */
// @ts-ignore: a decorator on a function
@inline
export function nameStart(record: usize, ending: u32): usize {
  const rank = ending % BLOCK;
  const start = endingNames + load<u32>(record, NAMES_START);
  const sizes = record + SIZES;
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

/** The first attribute of an ending. */
// @ts-ignore: a decorator on a function
@inline
function firstAttribute(record: usize, ending: u32): u32 {
  return load<u32>(record, ATTRIBUTES_START) + sumBytes(record + ATTRIBUTES, ending % BLOCK);
}

/** The attribute that has this ending and this prefix; -1 if there is none. */
// @ts-ignore: a decorator on a function
@inline
export function attributeWith(record: usize, ending: u32, prefix: u32): i32 {
  const wanted = i8x16.splat(<i8>prefix);
  let attribute = firstAttribute(record, ending);
  for (let left: i32 = load<u8>(record + ATTRIBUTES + (ending % BLOCK)); left > 0; left -= 16, attribute += 16) {
    let bits = i8x16.bitmask(i8x16.eq(v128.load(prefixes + attribute), wanted));
    if (left < 16) bits &= (1 << left) - 1;
    if (bits != 0) return attribute + ctz(bits);
  }
  return -1;
}

/** The tags that an attribute has weights for, as bits. */
// @ts-ignore: a decorator on a function
@inline
export function maskOf(attribute: u32): u64 {
  return load<u64>(rowMasks + <usize>attribute * maskBytes) & (<u64>-1 >> (64 - (maskBytes << 3)));
}

/** How many weights an attribute has. */
// @ts-ignore: a decorator on a function
@inline
export function rowSize(attribute: u32): u32 {
  return maskBytes ? <u32>popcnt(maskOf(attribute)) : <u32>load<u16>(rowSizes + (<usize>attribute << 1));
}

/** Where the weights of an attribute begin, whose ending is in this record. */
// @ts-ignore: a decorator on a function
@inline
export function rowStart(record: usize, attribute: u32): u32 {
  const first = load<u32>(record, ATTRIBUTES_START);
  let sum = load<u32>(record, ROWS_START);
  if (maskBytes) return sum + bitsOf(rowMasks + <usize>first * maskBytes, (attribute - first) * maskBytes);
  for (let a = first; a < attribute; a++) sum += rowSize(a);
  return sum;
}

/** How many bits are set in `count` bytes. */
export function bitsOf(at: usize, count: u32): u32 {
  let sum: u32 = 0;
  for (; count > 32; count -= 16, at += 16) sum += sumOf(i8x16.popcnt(v128.load(at)));
  // Mostly these alone.
  const lanes = i8x16(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
  const more = i8x16(16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31);
  const counts = i8x16.splat(<i8>count);
  const first = v128.and(v128.load(at), i8x16.lt_u(lanes, counts));
  const second = v128.and(v128.load(at, 16), i8x16.lt_u(more, counts));
  return sum + sumOf(i8x16.add(i8x16.popcnt(first), i8x16.popcnt(second)));
}

/** The sum of the first `count` of 16 bytes. */
// @ts-ignore: a decorator on a function
@inline
export function sumBytes(at: usize, count: u32): u32 {
  return sumOf(firstOf(at, count));
}

/** The first `count` of 16 bytes, zeros after them. */
// @ts-ignore: a decorator on a function
@inline
export function firstOf(at: usize, count: u32): v128 {
  const lanes = i8x16(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
  return v128.and(v128.load(at), i8x16.lt_u(lanes, i8x16.splat(<i8>count)));
}

// @ts-ignore: a decorator on a function
@inline
function sumOf(bytes: v128): u32 {
  const sums = i32x4.extadd_pairwise_i16x8_u(i16x8.extadd_pairwise_i8x16_u(bytes));
  return (
    i32x4.extract_lane(sums, 0) +
    i32x4.extract_lane(sums, 1) +
    i32x4.extract_lane(sums, 2) +
    i32x4.extract_lane(sums, 3)
  );
}
