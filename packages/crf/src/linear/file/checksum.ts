import { hashName } from './hash-name.js';

/*
 * The checksum of files. Bytes are taken as rows of 16 words of 32 bits. For each of the 16 columns there is a number, which begins as
 * (column + 1) · 0x9e3779b1 and becomes rotate(number + word, 13 bits to the left) · 0x9e3779b1 with each row, all modulo 2^32. The
 * checksum is the hash of hash-name.ts of these numbers and the bytes that fill no row.
 *
 * A round is that of xxHash32 (Y. Collet) without its first product: each is one-to-one in the number and in the word, and a difference spreads by the
 * next one. Damage goes unnoticed about once in four thousand million times.
 */
const COLUMNS = 16;
const ROW = 4 * COLUMNS;
const FACTOR = 0x9e3779b1 | 0;

/** The checksum of the bytes from `start` on, as an unsigned number. */
export function checksumOf(bytes: Uint8Array, start: number): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const numbers = Int32Array.from({ length: COLUMNS }, (_, k) => Math.imul(k + 1, FACTOR));
  let at = start;
  for (; at + ROW <= bytes.length; at += ROW) {
    for (let k = 0; k < COLUMNS; k++) {
      const sum = (numbers[k] + view.getInt32(at + 4 * k, true)) | 0;
      numbers[k] = Math.imul((sum << 13) | (sum >>> 19), FACTOR);
    }
  }
  const rest = bytes.subarray(at);
  const summary = new Uint8Array(ROW + rest.length);
  const words = new DataView(summary.buffer);
  for (const [k, number] of numbers.entries()) words.setInt32(4 * k, number, true);
  summary.set(rest, ROW);
  return hashName(summary, 0, summary.length);
}
