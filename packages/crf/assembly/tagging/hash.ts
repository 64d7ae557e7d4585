// MurmurHash3, the 32-bit variant, seed 0 (A. Appleby's published algorithm).

/** The hash of `length` bytes. Up to three bytes past them are read. */
export function murmur3(at: usize, length: u32): u32 {
  let hash: u32 = 0;
  const end = at + (length & ~3);
  for (; at < end; at += 4) {
    hash ^= rotl<u32>(load<u32>(at) * 0xcc9e2d51, 15) * 0x1b873593;
    hash = rotl<u32>(hash, 13) * 5 + 0xe6546b64;
  }
  const rest = length & 3;
  if (rest > 0) {
    const word = load<u32>(at) & ((1 << (rest << 3)) - 1);
    hash ^= rotl<u32>(word * 0xcc9e2d51, 15) * 0x1b873593;
  }
  hash ^= length;
  hash = (hash ^ (hash >> 16)) * 0x85ebca6b;
  hash = (hash ^ (hash >> 13)) * 0xc2b2ae35;
  return hash ^ (hash >> 16);
}
