import { byteOrder, reverseEach } from './byte-order.js';
import { arrayOf, type SafeTensor } from './tensor.js';

/**
 * A safetensors file (https://huggingface.co/docs/safetensors): eight bytes with the length of a JSON header, the header, the
 * numbers, lowest byte first. Wider numbers come first, so that a reader finds each array aligned; among the same width
 * the order is the given one. Same input, same bytes.
 *
 * Throws a RangeError for two tensors of one name, for a name that the format keeps to itself, and for a shape that doesn't fit
 * its data.
 */
export function writeSafetensors(
  tensors: Iterable<readonly [name: string, tensor: SafeTensor]>,
  metadata?: Readonly<Record<string, string>>,
): Uint8Array<ArrayBuffer> {
  const width = ({ dtype }: SafeTensor) => arrayOf[dtype].BYTES_PER_ELEMENT;
  const ordered = [...tensors].sort(([, a], [, b]) => width(b) - width(a));

  // A Map, because '__proto__' is a name like any other.
  const header = new Map<string, string>();
  if (metadata) header.set('__metadata__', JSON.stringify(metadata));
  let end = 0;
  for (const [name, tensor] of ordered) {
    if (header.has(name) || name === '__metadata__') {
      throw new RangeError(`tensor '${name}': expected names that are unique and not '__metadata__'`);
    }
    const { dtype, shape, data } = tensor;
    const size = shape.reduce((product, length) => product * length, 1);
    if (!shape.every((length) => Number.isSafeInteger(length) && length >= 0) || data.length !== size) {
      throw new RangeError(
        `tensor '${name}': expected a shape of ${data.length} values, got [${shape.join(', ')}]`,
      );
    }
    const start = end;
    end += data.byteLength;
    header.set(name, JSON.stringify({ dtype, shape, data_offsets: [start, end] }));
  }
  const text = `{${Array.from(header, ([name, value]) => `${JSON.stringify(name)}:${value}`).join(',')}}`;
  const encoded = new TextEncoder().encode(text);
  // Filled up with spaces, so that the numbers start at a multiple of eight.
  const dataStart = 8 + Math.ceil(encoded.length / 8) * 8;

  const bytes = new Uint8Array(dataStart + end);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(dataStart - 8), true);
  bytes.fill(0x20, 8, dataStart);
  bytes.set(encoded, 8);
  let at = dataStart;
  for (const [, tensor] of ordered) {
    const { buffer, byteOffset, byteLength } = tensor.data;
    bytes.set(new Uint8Array(buffer, byteOffset, byteLength), at);
    if (byteOrder === 'big') reverseEach(bytes.subarray(at, at + byteLength), width(tensor));
    at += byteLength;
  }
  return bytes;
}
