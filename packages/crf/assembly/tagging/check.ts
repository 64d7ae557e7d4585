/*
 * Whether a model file is sound: the checks of the host's model-file.ts, which says what is wrong with it where these say no. They read
 * up to 32 bytes past the end of a section.
 */

import {
  ATTRIBUTES,
  ATTRIBUTES_START,
  bitsOf,
  BLOCK,
  firstOf,
  LONG,
  MOST_SHARED,
  NAMES_START,
  RECORD_BYTES,
  ROWS_START,
  SIZES,
  sumBytes,
} from './endings';
import { numberBits } from './names';
import {
  endingBytes,
  endings,
  maskBytes,
  numAttributes,
  numEndings,
  numPrefixes,
  numSlots,
  numTags,
  numWeights,
  prefixes,
  rowMasks,
  slots,
  stateWeights,
  transitions,
} from './plan';

/**
 * xxHash32 (Y. Collet's published algorithm) of four parts that follow each other, `bytes` each, a multiple of 16: what it keeps of
 * them, 16 bytes each, is at `state`. Four at once, since in one each step waits for the last.
 */
export function hashParts(at: usize, bytes: usize, state: usize): void {
  const p1 = i32x4.splat(0x9e3779b1);
  const p2 = i32x4.splat(0x85ebca77);
  let a = v128.load(state);
  let b = v128.load(state, 16);
  let c = v128.load(state, 32);
  let d = v128.load(state, 48);
  for (const end = at + bytes; at < end; at += 16) {
    a = i32x4.add(a, i32x4.mul(v128.load(at), p2));
    b = i32x4.add(b, i32x4.mul(v128.load(at + bytes), p2));
    c = i32x4.add(c, i32x4.mul(v128.load(at + 2 * bytes), p2));
    d = i32x4.add(d, i32x4.mul(v128.load(at + 3 * bytes), p2));
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

/** Whether a file is sound that has masks of tags, no long endings, and slots by the four. */
export function isSound(): bool {
  return (
    (numSlots & 3) == 0 &&
    areFinite(transitions, numTags * numTags) &&
    areFinite(stateWeights, numWeights) &&
    areSlots() &&
    areBelow(numPrefixes, prefixes, numAttributes) &&
    areMasks() &&
    areRecords()
  );
}

/** Whether `count` numbers are finite. */
function areFinite(at: usize, count: u32): bool {
  const end = at + ((<usize>count) << 3);
  // A finite number times 0 is 0, any other is none, and stays so in the sum.
  const zero = f64x2.splat(0);
  let sums = zero;
  // Several a turn: a model is read once, by code that the host has not optimised yet, where turns cost most.
  for (; at + 32 <= end; at += 32) {
    sums = f64x2.add(sums, f64x2.add(f64x2.mul(v128.load(at), zero), f64x2.mul(v128.load(at, 16), zero)));
  }
  let sum = f64x2.extract_lane(sums, 0) + f64x2.extract_lane(sums, 1);
  for (; at < end; at += 8) sum += load<f64>(at) * 0;
  return sum == 0;
}

/** Whether slots have numbers of endings or are free, and as many are in use as there are endings. */
function areSlots(): bool {
  const mask = i32x4.splat((1 << numberBits()) - 1);
  const zero = i32x4.splat(0);
  let most = zero;
  // The number 0 is that of a free slot only, which is 0 as a whole: there are as many of both.
  let free = zero;
  let unnumbered = zero;
  for (let at = slots, end = slots + ((<usize>numSlots) << 2); at < end; at += 16) {
    const four = v128.load(at);
    const numbers = v128.and(four, mask);
    most = i32x4.max_u(most, numbers);
    free = i32x4.add(free, i32x4.eq(four, zero));
    unnumbered = i32x4.add(unnumbered, i32x4.eq(numbers, zero));
  }
  const wrong = v128.or(i32x4.gt_u(most, i32x4.splat(numEndings)), v128.xor(free, unnumbered));
  const used =
    numSlots +
    i32x4.extract_lane(free, 0) +
    i32x4.extract_lane(free, 1) +
    i32x4.extract_lane(free, 2) +
    i32x4.extract_lane(free, 3);
  return used == numEndings && !v128.any_true(wrong);
}

/** Whether `count` bytes are below a number from 1 to 255. */
function areBelow(number: u32, at: usize, count: u32): bool {
  const last = i8x16.splat(<i8>(number - 1));
  let most = i8x16.splat(0);
  const end = at + count;
  for (; at < end; at += 16) most = i8x16.max_u(most, firstOf(at, <u32>min(end - at, 16)));
  return !v128.any_true(i8x16.gt_u(most, last));
}

/** Whether no mask has a tag that there is not. */
function areMasks(): bool {
  const spare = <u8>(-1 << (((numTags - 1) & 7) + 1));
  if (maskBytes == 1) return spare == 0 || areBelow(~spare + 1, rowMasks, numAttributes);
  const end = rowMasks + <usize>numAttributes * maskBytes;
  let bits: u8 = 0;
  for (let at = rowMasks + maskBytes - 1; at < end; at += maskBytes) bits |= load<u8>(at);
  return (bits & spare) == 0;
}

/** Whether endings, their attributes and the weights of these follow one another, each record beginning where the one before it ends. */
function areRecords(): bool {
  const shared = i8x16.splat(<i8>MOST_SHARED);
  const one = i8x16.splat(1);
  let row: u32 = 0;
  let name: u32 = 0;
  let attribute: u32 = 0;
  let at = endings;
  for (let e: u32 = 0; e < numEndings; e += BLOCK, at += RECORD_BYTES) {
    if (
      load<u32>(at, ROWS_START) != row ||
      load<u32>(at, NAMES_START) != name ||
      load<u32>(at, ATTRIBUTES_START) != attribute
    ) {
      return false;
    }
    const bytes = v128.load(at, SIZES);
    const large = i8x16.bitmask(i8x16.gt_u(bytes, shared));
    const long = i8x16.bitmask(i8x16.eq(bytes, i8x16.splat(<i8>LONG))) & ((1 << BLOCK) - 1);
    // Sizes in the low half, numbers of attributes in the high one.
    const several = i8x16.bitmask(i8x16.gt_u(bytes, one)) >> BLOCK;
    const arePrefixes = e < numPrefixes ? (1 << min(numPrefixes - e, BLOCK)) - 1 : 0;
    if ((long | (large & (several | arePrefixes))) != 0) return false;
    const left = min(numEndings - e, BLOCK);
    name += sumBytes(at + SIZES, left);
    const count = sumBytes(at + ATTRIBUTES, left);
    if (name > endingBytes || count > numAttributes - attribute) return false;
    row += bitsOf(rowMasks + <usize>attribute * maskBytes, count * maskBytes);
    if (row > numWeights) return false;
    attribute += count;
  }
  // The first is empty: no prefix.
  return load<u8>(endings, SIZES) == 0 && name == endingBytes && attribute == numAttributes && row == numWeights;
}
