import { hashName } from './hash-name.js';

/*
 * The checksum of files. Bytes are taken as rows of 16 words of 32 bits, each two signed numbers of 16, low and high: a word's value is
 * low · 32749 + high · 32719. For each of the 16 columns there are two sums, of 32 bits: that of the values, which begins at
 * (column + 1) · 0x9e3779b1, and that of what the first one was after each row. The checksum is the hash of hash-name.ts of the first
 * sums, the second sums and the bytes that fill no row.
 *
 * So it tells where something is, as Fletcher's and Adler's do, and costs four instructions for 16 bytes. A word that changes shows, and so do
 * two in a column unless they are megabytes apart: their differences would have to be opposite, and as their distance counts, multiples of
 * large powers of two. Whatever else changes goes unnoticed once in four thousand million times.
 */
const COLUMNS = 16;
const ROW = 4 * COLUMNS;
const LOW = 32_749;
const HIGH = 32_719;
const START = 0x9e3779b1;

/** The checksum of the bytes from `start` on, as an unsigned number. */
export function checksumOf(bytes: Uint8Array, start: number): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const sums = Int32Array.from({ length: 2 * COLUMNS }, (_, k) =>
    k < COLUMNS ? Math.imul(k + 1, START) : 0,
  );
  let at = start;
  for (; at + ROW <= bytes.length; at += ROW) {
    for (let k = 0; k < COLUMNS; k++) {
      const word = view.getInt32(at + 4 * k, true);
      sums[k] += ((word << 16) >> 16) * LOW + (word >> 16) * HIGH;
      sums[COLUMNS + k] += sums[k];
    }
  }
  const rest = bytes.subarray(at);
  const summary = new Uint8Array(4 * sums.length + rest.length);
  const words = new DataView(summary.buffer);
  for (const [k, sum] of sums.entries()) words.setInt32(4 * k, sum, true);
  summary.set(rest, 4 * sums.length);
  return hashName(summary, 0, summary.length);
}
