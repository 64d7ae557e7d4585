/*
 * The hash of names in model files, of 64-bit numbers: h = length · F; for each eight bytes of the name (the last with zeros after it),
 * read as a little-endian number, h = (h xor bytes) · F, h = h xor (h >> 32); the hash is the high half of h · F. F is the fraction of
 * the golden ratio. WebAssembly multiplies 64 bits at once; here they are two halves.
 */

const FACTOR_HIGH = 0x9e3779b9 | 0;
const FACTOR_LOW = 0x7f4a7c15;

/** The high 32 bits of the product of two unsigned numbers of 32 bits. */
function highProduct(a: number, b: number): number {
  const aLow = a & 0xffff;
  const aHigh = a >>> 16;
  const bLow = b & 0xffff;
  const bHigh = b >>> 16;
  // No sum of these reaches 2^53.
  const middle = aHigh * bLow + ((aLow * bLow) >>> 16) + aLow * bHigh;
  return (aHigh * bHigh + Math.floor(middle / 65536)) | 0;
}

/** The hash of the name in bytes `start` to `end`, as an unsigned number. */
export function hashName(bytes: Uint8Array, start: number, end: number): number {
  let high = Math.imul(end - start, FACTOR_HIGH) + highProduct(end - start, FACTOR_LOW);
  let low = Math.imul(end - start, FACTOR_LOW);
  for (let at = start; at < end; at += 8) {
    for (let k = Math.min(8, end - at) - 1; k >= 0; k--) {
      if (k < 4) low ^= bytes[at + k] << (8 * k);
      else high ^= bytes[at + k] << (8 * k - 32);
    }
    high = (highProduct(low, FACTOR_LOW) + Math.imul(low, FACTOR_HIGH) + Math.imul(high, FACTOR_LOW)) | 0;
    low = Math.imul(low, FACTOR_LOW) ^ high;
  }
  return (highProduct(low, FACTOR_LOW) + Math.imul(low, FACTOR_HIGH) + Math.imul(high, FACTOR_LOW)) >>> 0;
}
