/**
 * Threefry-2x32 with 20 rounds: a block of two 32-bit words from a key and a counter of two words each. Salmon, Moraes, Dror
 * and Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC 2011. It has no state to carry along, so that any place of a
 * stream can be reached at once, and passes the batteries of statistical tests whatever the keys, 0 and 1 among them.
 *
 * Writes the two words to `out`.
 */
export function threefry(
  out: Uint32Array,
  key0: number,
  key1: number,
  counter0: number,
  counter1: number,
): void {
  const key2 = 0x1bd11bda ^ key0 ^ key1;
  let a = (counter0 + key0) | 0;
  let b = (counter1 + key1) | 0;
  // Five times four rounds; the rotations come in two sets by turns, and a rotated key is added after each set.
  for (let group = 0, x = key1, y = key2, z = key0; group < 5; group++) {
    if ((group & 1) === 0) {
      a = (a + b) | 0;
      b = ((b << 13) | (b >>> 19)) ^ a;
      a = (a + b) | 0;
      b = ((b << 15) | (b >>> 17)) ^ a;
      a = (a + b) | 0;
      b = ((b << 26) | (b >>> 6)) ^ a;
      a = (a + b) | 0;
      b = ((b << 6) | (b >>> 26)) ^ a;
    } else {
      a = (a + b) | 0;
      b = ((b << 17) | (b >>> 15)) ^ a;
      a = (a + b) | 0;
      b = ((b << 29) | (b >>> 3)) ^ a;
      a = (a + b) | 0;
      b = ((b << 16) | (b >>> 16)) ^ a;
      a = (a + b) | 0;
      b = ((b << 24) | (b >>> 8)) ^ a;
    }
    a = (a + x) | 0;
    b = (b + y + group + 1) | 0;
    const first = x;
    x = y;
    y = z;
    z = first;
  }
  out[0] = a;
  out[1] = b;
}
