import { CheckpointError } from '../errors.js';

/**
 * The bytes of a checkpoint, little-endian:
 *
 *     0   "COGNATEK"
 *     8   uint32 version, 1
 *     12  uint32 length of the header, a multiple of 8
 *     16  SHA-256 of everything from byte 48 on
 *     48  header: JSON `{ state, arrays: [name, type, length][] }`, filled up with spaces
 *     …   the arrays in this order, each filled up to a multiple of 8 bytes
 */
const MAGIC = 'COGNATEK';
const VERSION = 1;
const DIGEST = 16;
const HEADER = 48;

/** Arrays by name; what a checkpoint holds beside its JSON. */
export type Arrays = ReadonlyMap<string, StoredArray>;
export type StoredArray = Float32Array | Float64Array | Int32Array | Uint32Array | Uint8Array;

const TYPES = { f32: Float32Array, f64: Float64Array, i32: Int32Array, u32: Uint32Array, u8: Uint8Array };
type TypeName = keyof typeof TYPES;

const padded = (length: number): number => (length + 7) & ~7;

/** The file of a state, which is JSON, and arrays. Copies both: the caller may go on changing them. */
export async function encodeCheckpoint(state: unknown, arrays: Arrays): Promise<Uint8Array<ArrayBuffer>> {
  const list = [...arrays].map(([name, array]) => [name, typeOf(array), array.length]);
  const json = new TextEncoder().encode(JSON.stringify({ state, arrays: list }));
  const headerLength = padded(json.length);
  let size = HEADER + headerLength;
  for (const array of arrays.values()) size += padded(array.byteLength);

  const bytes = new Uint8Array(size);
  const view = new DataView(bytes.buffer);
  bytes.set(new TextEncoder().encode(MAGIC));
  view.setUint32(8, VERSION, true);
  view.setUint32(12, headerLength, true);
  bytes.fill(0x20, HEADER, HEADER + headerLength);
  bytes.set(json, HEADER);
  let at = HEADER + headerLength;
  for (const array of arrays.values()) {
    bytes.set(new Uint8Array(array.buffer, array.byteOffset, array.byteLength), at);
    at += padded(array.byteLength);
  }
  bytes.set(await digest(bytes.subarray(HEADER)), DIGEST);
  return bytes;
}

/**
 * Reads what {@link encodeCheckpoint} wrote. The digest is compared before anything of the content is looked at, so that
 * what passes is what was written.
 *
 * @throws CheckpointError for a file that is cut short, damaged, of another kind or of a later version.
 */
export async function decodeCheckpoint(
  given: Uint8Array,
): Promise<{ readonly state: unknown; readonly arrays: Arrays }> {
  // A copy that starts at 0: arrays of 8-byte numbers need the alignment.
  const bytes = Uint8Array.from(given);
  const view = new DataView(bytes.buffer);
  const magic = new TextDecoder('latin1').decode(bytes.subarray(0, MAGIC.length));
  if (magic !== MAGIC) throw new CheckpointError(`expected a checkpoint, which begins with ${MAGIC}`);
  if (bytes.length < HEADER) {
    throw new CheckpointError(`expected at least ${HEADER} bytes, got ${bytes.length}: it is cut short`);
  }
  const version = view.getUint32(8, true);
  if (version !== VERSION) {
    throw new CheckpointError(`expected version ${VERSION} of the format, got ${version}`);
  }
  const found = await digest(bytes.subarray(HEADER));
  if (!found.every((byte, i) => byte === bytes[DIGEST + i])) {
    throw new CheckpointError('its checksum is not that of its content: it is cut short or damaged');
  }
  const headerLength = view.getUint32(12, true);
  const header = JSON.parse(new TextDecoder().decode(bytes.subarray(HEADER, HEADER + headerLength))) as {
    state: unknown;
    arrays: readonly (readonly [string, TypeName, number])[];
  };
  const arrays = new Map<string, StoredArray>();
  let at = HEADER + headerLength;
  for (const [name, type, length] of header.arrays) {
    const array = new TYPES[type](bytes.buffer, at, length);
    arrays.set(name, array);
    at += padded(array.byteLength);
  }
  return { state: header.state, arrays };
}

function typeOf(array: StoredArray): TypeName {
  for (const [name, Type] of Object.entries(TYPES)) if (array instanceof Type) return name as TypeName;
  throw new TypeError('not an array that a checkpoint can hold');
}

async function digest(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
  return new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
}
