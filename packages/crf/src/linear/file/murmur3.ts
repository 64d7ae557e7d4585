/*
 * MurmurHash3, the 32-bit variant, seed 0 (A. Appleby's published algorithm): the hash of names in model files.
 */

const C1 = 0xcc9e2d51 | 0;
const C2 = 0x1b873593;

const mixWord = (word: number): number => {
  const product = Math.imul(word, C1);
  return Math.imul((product << 15) | (product >>> 17), C2);
};

/** The hash of bytes `start` to `end`, as an unsigned number. */
export function murmur3(bytes: Uint8Array, start: number, end: number): number {
  let hash = 0;
  let at = start;
  for (; at + 4 <= end; at += 4) {
    const word = bytes[at] | (bytes[at + 1] << 8) | (bytes[at + 2] << 16) | (bytes[at + 3] << 24);
    hash ^= mixWord(word);
    hash = (Math.imul((hash << 13) | (hash >>> 19), 5) + 0xe6546b64) | 0;
  }
  let rest = 0;
  for (let shift = 0; at < end; at++, shift += 8) rest |= bytes[at] << shift;
  hash ^= mixWord(rest) ^ (end - start);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
