/*
 * xxHash32 (Y. Collet's published algorithm), of which the checksum of model files is made. It reads 16 bytes a round, and a changed
 * byte goes unnoticed once in four thousand million times.
 */

const P1 = 0x9e3779b1 | 0;
const P2 = 0x85ebca77 | 0;
const P3 = 0xc2b2ae3d | 0;
const P4 = 0x27d4eb2f;
const P5 = 0x165667b1;

const rotate = (x: number, by: number): number => (x << by) | (x >>> (32 - by));

const round = (lane: number, word: number): number =>
  Math.imul(rotate((lane + Math.imul(word, P2)) | 0, 13), P1);

/** The four numbers that a hash keeps: one for each fourth word. */
export const startLanes = (): Int32Array => Int32Array.of((P1 + P2) | 0, P2, 0, -P1);

/** The hash of `length` bytes, a multiple of 16 and not 0, after which the four numbers are these. */
export function hashOfLanes([a, b, c, d]: Int32Array, length: number): number {
  const hash = (rotate(a, 1) + rotate(b, 7) + rotate(c, 12) + rotate(d, 18)) | 0;
  return avalanche((hash + length) | 0);
}

/** The xxHash32 of bytes `start` to `end`, seed 0, as an unsigned number. */
export function xxhash32(bytes: Uint8Array, start = 0, end = bytes.length): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const length = end - start;
  let at = start;
  let hash = P5;
  if (length >= 16) {
    let [a, b, c, d] = startLanes();
    for (const last = end - 16; at <= last; at += 16) {
      a = round(a, view.getInt32(at, true));
      b = round(b, view.getInt32(at + 4, true));
      c = round(c, view.getInt32(at + 8, true));
      d = round(d, view.getInt32(at + 12, true));
    }
    hash = (rotate(a, 1) + rotate(b, 7) + rotate(c, 12) + rotate(d, 18)) | 0;
  }
  hash = (hash + length) | 0;
  for (; at + 4 <= end; at += 4) {
    hash = Math.imul(rotate((hash + Math.imul(view.getInt32(at, true), P3)) | 0, 17), P4);
  }
  for (; at < end; at++) {
    hash = Math.imul(rotate((hash + Math.imul(bytes[at], P5)) | 0, 11), P1);
  }
  return avalanche(hash);
}

function avalanche(sum: number): number {
  let hash = sum;
  hash = Math.imul(hash ^ (hash >>> 15), P2);
  hash = Math.imul(hash ^ (hash >>> 13), P3);
  return (hash ^ (hash >>> 16)) >>> 0;
}
