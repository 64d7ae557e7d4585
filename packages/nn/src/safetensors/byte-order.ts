/** Which byte of a number comes first in memory. */
export const byteOrder: 'little' | 'big' =
  new Uint8Array(Uint16Array.of(1).buffer)[0] === 1 ? 'little' : 'big';

/** Turns round the bytes of each number, in place. */
export function reverseEach(bytes: Uint8Array, width: number): void {
  for (let at = 0; at < bytes.length; at += width) bytes.subarray(at, at + width).reverse();
}
