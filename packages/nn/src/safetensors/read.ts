import { byteOrder, reverseEach } from './byte-order.js';
import { arrayOf, type SafeDtype, type SafeTensor } from './tensor.js';

/** What a safetensors file holds. */
export interface Safetensors {
  /** By name. */
  readonly tensors: Map<string, SafeTensor>;
  /** The text that the writer added, by name; empty if there is none. */
  readonly metadata: Map<string, string>;
}

/** As the reference implementation: no header of a real model comes near. */
const LARGEST_HEADER = 100_000_000;

interface Entry {
  readonly name: string;
  readonly dtype: SafeDtype;
  readonly shape: readonly number[];
  readonly start: number;
  readonly end: number;
}

/**
 * Reads a safetensors file (https://huggingface.co/docs/safetensors). The bytes may come from anywhere: whatever is wrong with
 * them is a SafetensorsError that says where, and no more memory is taken than a small multiple of their number.
 *
 * Tensors whose numbers lie in place are views of `bytes`, the others copies: don't change `bytes` afterwards.
 */
export function readSafetensors(bytes: Uint8Array): Safetensors {
  const { header, dataStart } = readHeader(bytes);
  const metadata = readMetadata(header);
  const entries: Entry[] = [];
  for (const [name, value] of Object.entries(header)) {
    if (name !== '__metadata__') entries.push(readEntry(name, value, bytes.length - dataStart));
  }
  checkCoverage(entries, bytes.length - dataStart);
  const tensors = new Map(entries.map((entry) => [entry.name, readTensor(entry, bytes.subarray(dataStart))]));
  return { tensors, metadata };
}

/** What is wrong with the bytes of a safetensors file, and where. */
export class SafetensorsError extends Error {
  override readonly name = 'SafetensorsError';

  constructor(where: string, what: string, options?: ErrorOptions) {
    super(`safetensors, ${where}: ${what}`, options);
  }
}

function readHeader(bytes: Uint8Array): { header: object; dataStart: number } {
  if (bytes.length < 8) {
    throw new SafetensorsError(
      'bytes 0 to 7',
      `expected the length of the header, got a file of ${bytes.length} bytes`,
    );
  }
  const length = new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0, true);
  const rest = bytes.length - 8;
  if (length > LARGEST_HEADER || length > rest) {
    throw new SafetensorsError(
      'bytes 0 to 7',
      `expected a header of at most ${Math.min(rest, LARGEST_HEADER)} bytes, got the length ${length.toString()}`,
    );
  }
  const dataStart = 8 + Number(length);
  const where = `header, bytes 8 to ${dataStart - 1}`;
  let header: unknown;
  try {
    header = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(8, dataStart)));
  } catch (cause) {
    throw new SafetensorsError(where, `expected JSON in UTF-8, ${(cause as Error).message}`, { cause });
  }
  if (!isRecord(header)) throw new SafetensorsError(where, `expected a JSON object, got ${show(header)}`);
  return { header, dataStart };
}

function readMetadata(header: object): Map<string, string> {
  const metadata = '__metadata__' in header ? header.__metadata__ : {};
  const entries = isRecord(metadata) ? Object.entries(metadata) : [];
  if (!isRecord(metadata) || entries.some(([, value]) => typeof value !== 'string')) {
    throw new SafetensorsError(
      "header, '__metadata__'",
      `expected an object of strings, got ${show(metadata)}`,
    );
  }
  return new Map(entries as [string, string][]);
}

function readEntry(name: string, value: unknown, available: number): Entry {
  const fail = (what: string): never => {
    throw new SafetensorsError(`tensor ${show(name)}`, what);
  };
  if (!isRecord(value)) return fail(`expected an object, got ${show(value)}`);
  const { dtype, shape, data_offsets: offsets } = value as Record<string, unknown>;
  if (typeof dtype !== 'string' || !Object.hasOwn(arrayOf, dtype)) {
    return fail(`expected one of the dtypes ${Object.keys(arrayOf).join(', ')}, got ${show(dtype)}`);
  }
  if (!Array.isArray(shape) || !shape.every(isCount)) {
    return fail(`expected a shape of whole numbers of at least 0, got ${show(shape)}`);
  }
  if (!Array.isArray(offsets) || offsets.length !== 2 || !offsets.every(isCount)) {
    return fail(`expected data_offsets of two whole numbers, got ${show(offsets)}`);
  }
  const [start, end] = offsets as [number, number];
  if (start > end || end > available) {
    return fail(`expected data_offsets within the ${available} bytes of data, got ${show(offsets)}`);
  }
  // Beyond what a double counts exactly the product is rounded, but then it is far from what fits.
  const size = shape.reduce((product, length) => product * length, 1);
  const width = arrayOf[dtype as SafeDtype].BYTES_PER_ELEMENT;
  if (size * width !== end - start) {
    return fail(
      `expected ${size * width} bytes for the shape ${show(shape)} of ${dtype}, got ${end - start}`,
    );
  }
  return { name, dtype: dtype as SafeDtype, shape: shape, start, end };
}

/** The format wants every byte of data to belong to exactly one tensor. */
function checkCoverage(entries: readonly Entry[], available: number): void {
  const ordered = [...entries].sort((a, b) => a.start - b.start || a.end - b.end);
  let reached = 0;
  let previous = '';
  for (const { name, start, end } of ordered) {
    if (start < reached) {
      throw new SafetensorsError(
        `tensor ${show(name)}`,
        `its data from byte ${start} overlaps tensor ${previous}'s, which reaches to ${reached}`,
      );
    }
    if (start > reached) {
      throw new SafetensorsError(
        `tensor ${show(name)}`,
        `its data start at byte ${start}, but those before it end at ${reached}`,
      );
    }
    reached = end;
    previous = show(name);
  }
  if (reached !== available) {
    throw new SafetensorsError('end of the file', `expected ${reached} bytes of data, got ${available}`);
  }
}

function readTensor({ dtype, shape, start, end }: Entry, data: Uint8Array): SafeTensor {
  const constructor = arrayOf[dtype];
  const width = constructor.BYTES_PER_ELEMENT;
  let own = data.subarray(start, end);
  if (own.byteOffset % width !== 0 || byteOrder === 'big') own = own.slice();
  if (byteOrder === 'big') reverseEach(own, width);
  const numbers = new constructor(own.buffer, own.byteOffset, own.length / width);
  return { dtype, shape, data: numbers } as SafeTensor;
}

function isRecord(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

/** For messages: JSON, and not too much of it. */
function show(value: unknown): string {
  const text = JSON.stringify(value) as string | undefined;
  if (text === undefined) return 'nothing';
  return text.length > 80 ? `${text.slice(0, 77)}...` : text;
}
