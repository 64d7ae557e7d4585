/*
 * Whether a model file is sound: the checks of the host's model-file.ts, which says what is wrong with it where these say no. The file
 * comes piece by piece, so that it need not be copied as a whole.
 */

import { BLOCK, LONG } from './blocks';

/**
 * One step of xxHash32 (Y. Collet's published algorithm) for each 16 bytes of four parts that are `apart` bytes apart, `bytes` of each.
 * The state, 16 bytes for each part, is at `state`. Four at once, since in one each step waits for the last.
 */
export function hashParts(at: usize, apart: usize, bytes: usize, state: usize): void {
  const p1 = i32x4.splat(0x9e3779b1);
  const p2 = i32x4.splat(0x85ebca77);
  let a = v128.load(state);
  let b = v128.load(state, 16);
  let c = v128.load(state, 32);
  let d = v128.load(state, 48);
  for (const end = at + bytes; at < end; at += 16) {
    a = i32x4.add(a, i32x4.mul(v128.load(at), p2));
    b = i32x4.add(b, i32x4.mul(v128.load(at + apart), p2));
    c = i32x4.add(c, i32x4.mul(v128.load(at + 2 * apart), p2));
    d = i32x4.add(d, i32x4.mul(v128.load(at + 3 * apart), p2));
    a = i32x4.mul(v128.or(i32x4.shl(a, 13), i32x4.shr_u(a, 19)), p1);
    b = i32x4.mul(v128.or(i32x4.shl(b, 13), i32x4.shr_u(b, 19)), p1);
    c = i32x4.mul(v128.or(i32x4.shl(c, 13), i32x4.shr_u(c, 19)), p1);
    d = i32x4.mul(v128.or(i32x4.shl(d, 13), i32x4.shr_u(d, 19)), p1);
  }
  v128.store(state, a);
  v128.store(state, b, 16);
  v128.store(state, c, 32);
  v128.store(state, d, 48);
}

/** Whether `count` numbers are finite. There may be anything after them that is. */
export function areFinite(at: usize, count: u32): bool {
  const end = at + (<usize>count << 3);
  // A finite number times 0 is 0, any other is none, and stays so in the sum.
  const zero = f64x2.splat(0);
  let sums = zero;
  // Several a turn, here and below: a model is read once, by code that the host has not optimised yet, where turns cost most.
  for (; at + 64 <= end; at += 64) {
    const low = f64x2.add(f64x2.mul(v128.load(at), zero), f64x2.mul(v128.load(at, 16), zero));
    const high = f64x2.add(f64x2.mul(v128.load(at, 32), zero), f64x2.mul(v128.load(at, 48), zero));
    sums = f64x2.add(sums, f64x2.add(low, high));
  }
  for (; at + 16 <= end; at += 16) sums = f64x2.add(sums, f64x2.mul(v128.load(at), zero));
  let sum = f64x2.extract_lane(sums, 0) + f64x2.extract_lane(sums, 1);
  if (at < end) sum += load<f64>(at) * 0;
  return sum == 0;
}

/** How many of `count` slots are in use, a multiple of 4; -1 if one has a number that no attribute has. */
export function usedSlots(at: usize, count: u32, mask: u32, numAttributes: u32): i32 {
  const masks = i32x4.splat(mask);
  const zero = i32x4.splat(0);
  let most = zero;
  // The number 0 is that of a free slot only, which is 0 as a whole: there are as many of both.
  let free = zero;
  let unnumbered = zero;
  const end = at + (<usize>count << 2);
  for (; at + 32 <= end; at += 32) {
    const first = v128.load(at);
    const second = v128.load(at, 16);
    const numbers = v128.and(first, masks);
    const more = v128.and(second, masks);
    most = i32x4.max_u(most, i32x4.max_u(numbers, more));
    free = i32x4.add(free, i32x4.add(i32x4.eq(first, zero), i32x4.eq(second, zero)));
    unnumbered = i32x4.add(unnumbered, i32x4.add(i32x4.eq(numbers, zero), i32x4.eq(more, zero)));
  }
  if (at < end) {
    const last = v128.load(at);
    const numbers = v128.and(last, masks);
    most = i32x4.max_u(most, numbers);
    free = i32x4.add(free, i32x4.eq(last, zero));
    unnumbered = i32x4.add(unnumbered, i32x4.eq(numbers, zero));
  }
  const tooLarge = i32x4.gt_u(most, i32x4.splat(numAttributes));
  if (v128.any_true(v128.or(tooLarge, v128.xor(free, unnumbered)))) return -1;
  return (
    count +
    i32x4.extract_lane(free, 0) +
    i32x4.extract_lane(free, 1) +
    i32x4.extract_lane(free, 2) +
    i32x4.extract_lane(free, 3)
  );
}

/** The sum of 16 bytes. */
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

/** Where the weights and the name of the next attribute begin, by the sizes so far. */
export let nextRow: u32 = 0;
export let nextName: u32 = 0;

/** Sums of the first 1, 2, ... 8 of eight numbers. */
// @ts-ignore: a decorator on a function
@inline
function runningSums(numbers: v128): v128 {
  const zero = i16x8.splat(0);
  let sums = numbers;
  sums = i16x8.add(sums, i16x8.shuffle(zero, sums, 0, 8, 9, 10, 11, 12, 13, 14));
  sums = i16x8.add(sums, i16x8.shuffle(zero, sums, 0, 0, 8, 9, 10, 11, 12, 13));
  return i16x8.add(sums, i16x8.shuffle(zero, sums, 0, 0, 0, 0, 8, 9, 10, 11));
}

/** Notes that a row begins `rows` + each of eight numbers. */
// @ts-ignore: a decorator on a function
@inline
function noteStarts(rows: usize, sums: v128): void {
  store<u8>(rows + i16x8.extract_lane_u(sums, 0), 255);
  store<u8>(rows + i16x8.extract_lane_u(sums, 1), 255);
  store<u8>(rows + i16x8.extract_lane_u(sums, 2), 255);
  store<u8>(rows + i16x8.extract_lane_u(sums, 3), 255);
  store<u8>(rows + i16x8.extract_lane_u(sums, 4), 255);
  store<u8>(rows + i16x8.extract_lane_u(sums, 5), 255);
  store<u8>(rows + i16x8.extract_lane_u(sums, 6), 255);
  store<u8>(rows + i16x8.extract_lane_u(sums, 7), 255);
}

/**
 * Whether `count` narrow records of attributes follow from `nextRow` and `nextName` on: what they note of their starts, prefixes below
 * `numPrefixes`, and rows of rising tags below `numTags`. The tags from `nextRow` on are at `tags`, `tagsLeft` of them; `starts` is
 * room for as many bytes and 16 more. False also where a name is a long one.
 */
export function areRecords(
  at: usize,
  count: u32,
  tags: usize,
  tagsLeft: u32,
  starts: usize,
  numTags: u32,
  numPrefixes: u32,
): bool {
  const lastPrefix = i8x16.splat(<i8>(numPrefixes - 1));
  const long = i8x16.splat(<i8>LONG);
  let wrong = i8x16.splat(0);
  let row: u32 = 0;
  memory.fill(starts, 0, tagsLeft + 16);
  store<u8>(starts, 255);
  for (const end = at + (<usize>count << 6); at < end; at += 64) {
    if (load<u32>(at) != nextRow + row || load<u32>(at, 4) != nextName) return false;
    const rowSizes = v128.load(at, 8);
    const nameSizes = v128.load(at, 8 + BLOCK);
    wrong = v128.or(wrong, i8x16.eq(nameSizes, long));
    wrong = v128.or(wrong, i8x16.gt_u(v128.load(at, 8 + 2 * BLOCK), lastPrefix));
    nextName += sumOf(nameSizes);
    const low = runningSums(i16x8.extend_low_i8x16_u(rowSizes));
    const high = runningSums(i16x8.extend_high_i8x16_u(rowSizes));
    const half = i16x8.extract_lane_u(low, 7);
    const size = half + i16x8.extract_lane_u(high, 7);
    if (row + size > tagsLeft) return false;
    noteStarts(starts + row, low);
    noteStarts(starts + row + half, high);
    row += size;
  }
  // Each tag is above the one before it, or begins a row.
  const lastTag = i8x16.splat(<i8>(numTags - 1));
  for (let r: usize = 0; r < <usize>row; r += 16) {
    const here = v128.load(tags + r);
    const ends = v128.or(i8x16.gt_u(here, v128.load(tags + r - 1)), v128.load(starts + r));
    let no = v128.or(v128.not(ends), i8x16.gt_u(here, lastTag));
    const left = row - <u32>r;
    if (left < 16) {
      const lanes = i8x16(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
      no = v128.and(no, i8x16.lt_u(lanes, i8x16.splat(<i8>left)));
    }
    wrong = v128.or(wrong, no);
  }
  nextRow += row;
  return !v128.any_true(wrong);
}
