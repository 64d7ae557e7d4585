/** Whether numbers lie in memory as they do in model files, lowest byte first. */
export const HOST_IS_LITTLE_ENDIAN = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;

interface NumberArrays {
  u16: Uint16Array<ArrayBuffer>;
  u32: Uint32Array<ArrayBuffer>;
  f64: Float64Array<ArrayBuffer>;
}
export type NumberKind = keyof NumberArrays;

const make = {
  u16: (buffer: ArrayBuffer, at: number, count: number) => new Uint16Array(buffer, at, count),
  u32: (buffer: ArrayBuffer, at: number, count: number) => new Uint32Array(buffer, at, count),
  f64: (buffer: ArrayBuffer, at: number, count: number) => new Float64Array(buffer, at, count),
};

export const BYTES: Readonly<Record<NumberKind, number>> = { u16: 2, u32: 4, f64: 8 };

/**
 * `count` numbers of a file from byte `at` on, which is a multiple of their size. A view of the buffer; where the host has
 * the other order of bytes, they are turned round in place first.
 */
export function numbersAt<K extends NumberKind>(
  kind: K,
  buffer: ArrayBuffer,
  at: number,
  count: number,
  hostIsLittleEndian = HOST_IS_LITTLE_ENDIAN,
): NumberArrays[K] {
  if (!hostIsLittleEndian) reverseEach(new Uint8Array(buffer, at, count * BYTES[kind]), BYTES[kind]);
  return make[kind](buffer, at, count) as NumberArrays[K];
}

/** Writes numbers to a file from byte `at` on. */
export function putNumbers(
  kind: NumberKind,
  target: Uint8Array,
  at: number,
  numbers: Uint16Array | Uint32Array | Int32Array | Float64Array,
  hostIsLittleEndian = HOST_IS_LITTLE_ENDIAN,
): void {
  target.set(new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.byteLength), at);
  if (!hostIsLittleEndian) reverseEach(target.subarray(at, at + numbers.byteLength), BYTES[kind]);
}

function reverseEach(bytes: Uint8Array, size: number): void {
  for (let at = 0; at < bytes.length; at += size) bytes.subarray(at, at + size).reverse();
}
