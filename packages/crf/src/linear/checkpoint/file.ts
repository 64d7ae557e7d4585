import { CheckpointError } from '../errors.js';
import { checksumOf } from '../file/checksum.js';
import { FileWriter } from '../file/file-writer.js';
import { HOST_IS_LITTLE_ENDIAN } from '../file/little-endian.js';
import type { State, StateArray } from './state.js';

/*
 * The bytes of a checkpoint, numbers lowest byte first:
 *
 *     0   "CRFSTATE"
 *     8   uint32 checksum of everything from byte 12 on (see checksum.ts)
 *     12  uint32 version, 1
 *     16  uint32 length of the head in bytes, and four bytes 0
 *     24  the head, JSON in UTF-8: what the training is, the names of its numbers, name, kind and length of its arrays
 *     …   from the next multiple of 8 on: the numbers, float64 each; then the arrays, each from a multiple of 8 on
 */
const MAGIC = 'CRFSTATE';
const COVERED = 12;
const VERSION = 2;
const HEAD = 24;

/** What a training is, by name, as JSON: it goes on only from a checkpoint that has the same. */
export type Fingerprint = Readonly<Record<string, unknown>>;

interface Head {
  readonly training: Fingerprint;
  readonly numbers: readonly string[];
  readonly arrays: readonly (readonly [name: string, kind: 'f64' | 'i32', length: number])[];
}

const padded = (length: number): number => Math.ceil(length / 8) * 8;

/** The file of a state. Copies its arrays. */
export function encodeCheckpoint(training: Fingerprint, { numbers, arrays }: State): Uint8Array {
  expectLittleEndian();
  const head: Head = {
    training,
    numbers: Object.keys(numbers),
    arrays: Object.entries(arrays).map(([name, array]) => [
      name,
      array instanceof Float64Array ? 'f64' : 'i32',
      array.length,
    ]),
  };
  const headBytes = new TextEncoder().encode(JSON.stringify(head));
  const all: StateArray[] = [Float64Array.from(Object.values(numbers)), ...Object.values(arrays)];
  const size = all.reduce((sum, { byteLength }) => sum + padded(byteLength), padded(HEAD + headBytes.length));
  const file = new FileWriter(size);
  file.text(MAGIC);
  file.at = COVERED;
  file.u32(VERSION);
  file.u32(headBytes.length);
  file.at = HEAD;
  file.copy(headBytes);
  for (const { buffer, byteOffset, byteLength } of all) {
    file.at = padded(file.at);
    file.copy(new Uint8Array(buffer, byteOffset, byteLength));
  }
  file.at = MAGIC.length;
  file.u32(checksumOf(file.bytes, COVERED));
  return file.bytes;
}

/**
 * Reads what {@link encodeCheckpoint} wrote.
 *
 * @throws CheckpointError for a file that is cut short, damaged, of another kind or of a later version.
 */
export function decodeCheckpoint(given: Uint8Array): { training: Fingerprint; state: State } {
  expectLittleEndian();
  // A copy that starts at 0: then the arrays lie in place.
  const bytes = new Uint8Array(given);
  const magic = String.fromCharCode(...bytes.subarray(0, MAGIC.length));
  if (magic !== MAGIC) throw new CheckpointError(`expected a checkpoint, which begins with ${MAGIC}`);
  if (bytes.length < HEAD) {
    throw new CheckpointError(`expected at least ${HEAD} bytes, got ${bytes.length}: it is cut short`);
  }
  const view = new DataView(bytes.buffer);
  const version = view.getUint32(COVERED, true);
  if (version !== VERSION) {
    throw new CheckpointError(`expected version ${VERSION} of the format, got ${version}`);
  }
  if (view.getUint32(MAGIC.length, true) !== checksumOf(bytes, COVERED)) {
    throw new CheckpointError('its checksum is not that of its content: it is cut short or damaged');
  }
  const headLength = view.getUint32(COVERED + 4, true);
  const { training, numbers, arrays } = readHead(bytes, headLength);
  let at = padded(HEAD + headLength);
  const take = (kind: 'f64' | 'i32', length: number): StateArray => {
    const Kind = kind === 'f64' ? Float64Array : Int32Array;
    const end = at + padded(length * Kind.BYTES_PER_ELEMENT);
    if (end > bytes.length) {
      throw new CheckpointError(`expected ${end - at} bytes at byte ${at}, got ${bytes.length - at}`);
    }
    const array = new Kind(bytes.buffer, at, length);
    at = end;
    return array;
  };
  const values = take('f64', numbers.length);
  return {
    training,
    state: {
      numbers: Object.fromEntries(numbers.map((name, i) => [name, values[i]])),
      arrays: Object.fromEntries(arrays.map(([name, kind, length]) => [name, take(kind, length)])),
    },
  };
}

/** The checksum shows damage, not what somebody has made on purpose: the head may be anything. */
function readHead(bytes: Uint8Array, length: number): Head {
  let head: Partial<Record<keyof Head, unknown>> | null;
  try {
    head = JSON.parse(new TextDecoder().decode(bytes.subarray(HEAD, HEAD + length))) as typeof head;
  } catch {
    throw new CheckpointError(`expected JSON at byte ${HEAD}, got something else`);
  }
  const { training, numbers, arrays } = head ?? {};
  const isList = (list: unknown, fits: (item: unknown) => boolean): boolean =>
    Array.isArray(list) && list.every(fits);
  const fits =
    typeof training === 'object' &&
    training !== null &&
    isList(numbers, (name) => typeof name === 'string') &&
    isList(arrays, isArrayEntry);
  if (!fits) throw new CheckpointError(`expected the head of a checkpoint at byte ${HEAD}, got other JSON`);
  return head as Head;
}

function isArrayEntry(entry: unknown): boolean {
  if (!Array.isArray(entry)) return false;
  const [name, kind, length] = entry as unknown[];
  const isLength = typeof length === 'number' && Number.isInteger(length) && length >= 0 && length < 2 ** 32;
  return typeof name === 'string' && (kind === 'f64' || kind === 'i32') && isLength;
}

/** There is hardly a host of the other kind, and a checkpoint is for the machine that wrote it. */
function expectLittleEndian(): void {
  if (HOST_IS_LITTLE_ENDIAN) return;
  throw new CheckpointError('expected a host that stores the lowest byte of a number first');
}
