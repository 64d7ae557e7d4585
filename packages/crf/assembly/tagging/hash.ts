/** The fraction of the golden ratio, as 64 bits. */
const FACTOR: u64 = 0x9e3779b97f4a7c15;

/**
 * The hash of a name, `length` bytes long: eight bytes at a time are multiplied in, the high half of each product is folded onto the
 * low one. Up to seven bytes past the name are read.
 */
// @ts-ignore: a decorator on a function
@inline
export function hashName(at: usize, length: u32): u32 {
  let hash: u64 = <u64>length * FACTOR;
  for (const end = at + (length & ~7); at < end; at += 8) {
    hash = (hash ^ load<u64>(at)) * FACTOR;
    hash ^= hash >> 32;
  }
  const rest = (length & 7) << 3;
  if (rest > 0) {
    hash = (hash ^ (load<u64>(at) & ((1 << <u64>rest) - 1))) * FACTOR;
    hash ^= hash >> 32;
  }
  return <u32>((hash * FACTOR) >> 32);
}

const LANES: v128 = i8x16(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);

/** The 16 bytes at an address, those from `length` on as zeros. */
// @ts-ignore: a decorator on a function
@inline
export function paddedTo16(at: usize, length: u32): v128 {
  return v128.and(v128.load(at), i8x16.lt_u(LANES, i8x16.splat(<i8>length)));
}

/** The same hash of a name of at most 16 bytes, `padded` with zeros: without branches, as lengths follow no pattern. */
// @ts-ignore: a decorator on a function
@inline
export function hashShort(padded: v128, length: u32): u32 {
  let first = (<u64>length * FACTOR) ^ i64x2.extract_lane(padded, 0);
  first *= FACTOR;
  first ^= first >> 32;
  let second = (first ^ i64x2.extract_lane(padded, 1)) * FACTOR;
  second ^= second >> 32;
  return <u32>((select(second, first, length > 8) * FACTOR) >> 32);
}
