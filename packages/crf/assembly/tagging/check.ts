/*
 * Whether a model file is sound: the checks of the host's model-check.ts, which says what is wrong with it where these say no. They know
 * files that have masks of tags, no long endings, and slots by the four; names of tags are left to the host. Up to 64 bytes past the end of
 * a section are read.
 */

import {
  ATTRIBUTES,
  ATTRIBUTES_START,
  BLOCK,
  firstOf,
  LONG,
  MOST_SHARED,
  NAMES_START,
  RECORD_BYTES,
  ROWS_START,
  SIZES,
} from './endings';
import { checksum } from './checksum';
import { numberBits } from './names';
import {
  endingBytes,
  endings,
  FILE_AT,
  fileBytes,
  layOut,
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

const MAGIC: u64 = 0x0a1a0a0d46524389;
const VERSION: u32 = 4;
const HEADER_BYTES: u32 = 64;
const CHECKED_FROM: usize = 16;
const CHECKSUM_AT: usize = 12;
const MAX_PREFIXES: u32 = 255;

/*
 * A file is sound if all of these say so. They are called one by one, so that each is a function of its own: a model is read once, by code
 * that the host has not optimised yet, and what it then begins to optimise beside should be small. For the same reason loops take much in a
 * turn, call nothing, and the longest come last.
 */

/** Whether a file of `length` bytes is there whose header fits it; if so, it is laid out. */
export function hasHeader(length: u32): bool {
  return (
    length >= HEADER_BYTES &&
    load<u64>(FILE_AT) == MAGIC &&
    load<u32>(FILE_AT, 8) == VERSION &&
    load<f64>(FILE_AT, 16) == <f64>length &&
    layOut() &&
    fileBytes == length &&
    maskBytes > 0 &&
    numPrefixes - 1 < min(MAX_PREFIXES, numEndings) &&
    numSlots > numEndings &&
    (numSlots & 3) == 0
  );
}

/** Whether slots, prefixes and masks of tags are in their bounds. */
export function areInBounds(): bool {
  return areSlots() && areBelow(numPrefixes, prefixes, numAttributes) && areMasks();
}

/** Whether all weights are finite. */
export function areFinite(): bool {
  // Without its sign a finite number is less than infinity, and then its high half is, too.
  const infinity: u32 = 0xffe00000;
  let a = i32x4.splat(0);
  let b = a;
  let at = transitions;
  // State weights follow transitions.
  const end = stateWeights + ((<usize>numWeights) << 3);
  for (; at + 64 <= end; at += 64) {
    a = i32x4.max_u(a, i64x2.shl(v128.load(at), 1));
    b = i32x4.max_u(b, i64x2.shl(v128.load(at, 16), 1));
    a = i32x4.max_u(a, i64x2.shl(v128.load(at, 32), 1));
    b = i32x4.max_u(b, i64x2.shl(v128.load(at, 48), 1));
  }
  a = i32x4.max_u(a, b);
  let most = max<u32>(i32x4.extract_lane(a, 1), i32x4.extract_lane(a, 3));
  for (; at < end; at += 8) most = max(most, load<u32>(at, 4) << 1);
  return most < infinity;
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
  let most = i8x16.splat(0);
  const end = at + count;
  for (; at + 64 <= end; at += 64) {
    const first = i8x16.max_u(v128.load(at), v128.load(at, 16));
    const second = i8x16.max_u(v128.load(at, 32), v128.load(at, 48));
    most = i8x16.max_u(most, i8x16.max_u(first, second));
  }
  for (; at < end; at += 16) most = i8x16.max_u(most, firstOf(at, <u32>min(end - at, 16)));
  return !v128.any_true(i8x16.gt_u(most, i8x16.splat(<i8>(number - 1))));
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
export function areRecords(): bool {
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
    // Sizes in the low half, numbers of attributes in the high one.
    let bytes = v128.load(at, SIZES);
    if (e + BLOCK > numEndings) bytes = v128.and(bytes, firstsOf(numEndings - e));
    const large = i8x16.bitmask(i8x16.gt_u(bytes, i8x16.splat(<i8>MOST_SHARED)));
    if ((large & 0xff) != 0 && !mayBeLong(bytes, large, e)) return false;
    const sums = i32x4.extadd_pairwise_i16x8_u(i16x8.extadd_pairwise_i8x16_u(bytes));
    name += <u32>(i32x4.extract_lane(sums, 0) + i32x4.extract_lane(sums, 1));
    const count = <u32>(i32x4.extract_lane(sums, 2) + i32x4.extract_lane(sums, 3));
    if (name > endingBytes || count > numAttributes - attribute) return false;
    let mask = rowMasks + <usize>attribute * maskBytes;
    const end = mask + count * maskBytes;
    let bits: u64 = 0;
    for (; mask + 8 <= end; mask += 8) bits += popcnt(load<u64>(mask));
    if (mask < end) bits += popcnt(load<u64>(mask) << (64 - ((end - mask) << 3)));
    row += <u32>bits;
    if (row > numWeights) return false;
    attribute += count;
  }
  // The first is empty: no prefix.
  return load<u8>(endings, SIZES) == 0 && name == endingBytes && attribute == numAttributes && row == numWeights;
}

/** Ones in the first `count` bytes of both halves. */
function firstsOf(count: u32): v128 {
  const lanes = i8x16(0, 1, 2, 3, 4, 5, 6, 7, 0, 1, 2, 3, 4, 5, 6, 7);
  return i8x16.lt_u(lanes, i8x16.splat(<i8>count));
}

/** Whether the `large` ones of a record's endings, the first of which is `e`, may be so. */
function mayBeLong(bytes: v128, large: u32, e: u32): bool {
  const long = i8x16.bitmask(i8x16.eq(bytes, i8x16.splat(<i8>LONG)));
  const several = i8x16.bitmask(i8x16.gt_u(bytes, i8x16.splat(1))) >> BLOCK;
  const arePrefixes = e < numPrefixes ? (1 << min(numPrefixes - e, BLOCK)) - 1 : 0;
  return ((long | (large & (several | arePrefixes))) & 0xff) == 0;
}

/** Whether the checksum is that in the header. */
export function isIntact(length: u32): bool {
  return load<u32>(FILE_AT, CHECKSUM_AT) == checksum(CHECKED_FROM, length);
}
