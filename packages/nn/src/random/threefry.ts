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
  const k0 = key0 | 0;
  const k1 = key1 | 0;
  const k2 = 0x1bd11bda ^ k0 ^ k1;
  let a = (counter0 + k0) | 0;
  let b = (counter1 + k1) | 0;

  // Five times four rounds, each an addition, a rotation and an exclusive or; the rotations come in two sets by turns. Written
  // out, because that is twice as fast as loops over the sets.
  b = rotate(b, 13) ^ (a = (a + b) | 0);
  b = rotate(b, 15) ^ (a = (a + b) | 0);
  b = rotate(b, 26) ^ (a = (a + b) | 0);
  b = rotate(b, 6) ^ (a = (a + b) | 0);
  a = (a + k1) | 0;
  b = (b + k2 + 1) | 0;

  b = rotate(b, 17) ^ (a = (a + b) | 0);
  b = rotate(b, 29) ^ (a = (a + b) | 0);
  b = rotate(b, 16) ^ (a = (a + b) | 0);
  b = rotate(b, 24) ^ (a = (a + b) | 0);
  a = (a + k2) | 0;
  b = (b + k0 + 2) | 0;

  b = rotate(b, 13) ^ (a = (a + b) | 0);
  b = rotate(b, 15) ^ (a = (a + b) | 0);
  b = rotate(b, 26) ^ (a = (a + b) | 0);
  b = rotate(b, 6) ^ (a = (a + b) | 0);
  a = (a + k0) | 0;
  b = (b + k1 + 3) | 0;

  b = rotate(b, 17) ^ (a = (a + b) | 0);
  b = rotate(b, 29) ^ (a = (a + b) | 0);
  b = rotate(b, 16) ^ (a = (a + b) | 0);
  b = rotate(b, 24) ^ (a = (a + b) | 0);
  a = (a + k1) | 0;
  b = (b + k2 + 4) | 0;

  b = rotate(b, 13) ^ (a = (a + b) | 0);
  b = rotate(b, 15) ^ (a = (a + b) | 0);
  b = rotate(b, 26) ^ (a = (a + b) | 0);
  b = rotate(b, 6) ^ (a = (a + b) | 0);
  a = (a + k2) | 0;
  b = (b + k0 + 5) | 0;

  out[0] = a;
  out[1] = b;
}

function rotate(word: number, by: number): number {
  return (word << by) | (word >>> (32 - by));
}
