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
