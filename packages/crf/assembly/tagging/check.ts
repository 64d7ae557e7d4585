/* Whether a model file is sound: the checks of the host's model-file.ts, which says what is wrong with it where these say no. */

import { BLOCK, LONG, numberBits } from './names';
import {
  blocks,
  nameBytes,
  nameSizes,
  names,
  numAttributes,
  numPrefixes,
  numSlots,
  numTags,
  numWeights,
  prefixes,
  rowSizes,
  rowTags,
  slots,
  stateWeights,
  tagBytes,
  transitions,
} from './plan';

/** xxHash32, seed 0 (Y. Collet's published algorithm), of the bytes from `at` to `end`; its four lanes side by side. */
export function checksum(at: usize, end: usize): u32 {
  const length = <u32>(end - at);
  let hash: u32 = 0x165667b1;
  if (length >= 16) {
    let lanes = i32x4(0x24234428, 0x85ebca77, 0, 0x61c8864f);
    const p1 = i32x4.splat(0x9e3779b1);
    const p2 = i32x4.splat(0x85ebca77);
    for (const last = end - 16; at <= last; at += 16) {
      const sum = i32x4.add(lanes, i32x4.mul(v128.load(at), p2));
      lanes = i32x4.mul(v128.or(i32x4.shl(sum, 13), i32x4.shr_u(sum, 19)), p1);
    }
    hash =
      rotl<u32>(i32x4.extract_lane(lanes, 0), 1) +
      rotl<u32>(i32x4.extract_lane(lanes, 1), 7) +
      rotl<u32>(i32x4.extract_lane(lanes, 2), 12) +
      rotl<u32>(i32x4.extract_lane(lanes, 3), 18);
  }
  hash += length;
  for (; at + 4 <= end; at += 4) hash = rotl<u32>(hash + load<u32>(at) * 0xc2b2ae3d, 17) * 0x27d4eb2f;
  for (; at < end; at++) hash = rotl<u32>(hash + load<u8>(at) * 0x165667b1, 11) * 0x9e3779b1;
  hash = (hash ^ (hash >> 15)) * 0x85ebca77;
  hash = (hash ^ (hash >> 13)) * 0xc2b2ae3d;
  return hash ^ (hash >> 16);
}

/** Whether every number that is used as an index fits, and every weight is finite. */
export function isSound(): bool {
  return (
    areFinite(transitions, numTags * numTags) &&
    areFinite(stateWeights, numWeights) &&
    areRows() &&
    areNames() &&
    areSlots()
  );
}

function areFinite(at: usize, count: u32): bool {
  const end = at + (<usize>count << 3);
  // A finite number times 0 is 0, any other is none, and stays so in the sum.
  let sums = f64x2.splat(0);
  for (; at + 16 <= end; at += 16) sums = f64x2.add(sums, f64x2.mul(v128.load(at), f64x2.splat(0)));
  let sum = f64x2.extract_lane(sums, 0) + f64x2.extract_lane(sums, 1);
  if (at < end) sum += load<f64>(at) * 0;
  return sum == 0;
}

// @ts-ignore: a decorator on a function
@inline
function tagAt(array: usize, index: u32): u32 {
  return tagBytes == 1 ? <u32>load<u8>(array + index) : <u32>load<u16>(array + (<usize>index << 1));
}

/** Rows of rising tags, whose sizes give the places that are noted, and all weights in the end. */
function areRows(): bool {
  let start: u32 = 0;
  for (let a: u32 = 0; a < numAttributes; a++) {
    if ((a & (BLOCK - 1)) == 0 && load<u32>(blocks + (<usize>(a / BLOCK) << 3)) != start) return false;
    const end = start + tagAt(rowSizes, a);
    if (end > numWeights) return false;
    let least: u32 = 0;
    for (let r = start; r < end; r++) {
      const tag = tagAt(rowTags, r);
      if (tag < least || tag >= numTags) return false;
      least = tag + 1;
    }
    start = end;
  }
  return start == numWeights;
}

/** The same for the names; each has one of the prefixes. */
function areNames(): bool {
  let start: u64 = 0;
  for (let a: u32 = 0; a < numAttributes; a++) {
    if ((a & (BLOCK - 1)) == 0 && load<u32>(blocks + (<usize>(a / BLOCK) << 3), 4) != start) return false;
    if (<u32>load<u8>(prefixes + a) >= numPrefixes) return false;
    const size: u32 = load<u8>(nameSizes + a);
    if (size < LONG) {
      start += size;
    } else {
      if (start + 4 > nameBytes) return false;
      start += 4 + <u64>load<u32>(names + <usize>start);
    }
    if (start > nameBytes) return false;
  }
  return start == nameBytes;
}

/** Each slot is free or has the number of an attribute; as many are in use as there are attributes. */
function areSlots(): bool {
  const mask = (1 << numberBits()) - 1;
  let used: u32 = 0;
  for (let at = slots, end = slots + (<usize>numSlots << 2); at < end; at += 4) {
    const entry = load<u32>(at);
    if (entry == 0) continue;
    used++;
    const number = entry & mask;
    if (number < 1 || number > numAttributes) return false;
  }
  return used == numAttributes;
}
