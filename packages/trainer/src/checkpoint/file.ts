import { readSafetensors, writeSafetensors, type SafeTensor } from '@cognate/nn';
import { CheckpointError } from '../errors.js';

/**
 * The bytes of a checkpoint:
 *
 *     0   "COGNATEK"
 *     8   SHA-256 of everything from byte 40 on
 *     40  uint32 version, 1, and four bytes 0
 *     48  a safetensors file with the arrays, and the rest of the state as JSON in its metadata
 */
const MAGIC = 'COGNATEK';
const VERSION = 1;
const DIGEST = 8;
const COVERED = 40;
const CONTENT = 48;

/** Arrays by name; what a checkpoint holds beside its JSON. */
export type Arrays = ReadonlyMap<string, StoredArray>;
export type StoredArray = Float32Array | Float64Array | Int32Array;

/** The file of a state, which is JSON, and arrays. Copies both: the caller may go on changing them. */
export async function encodeCheckpoint(state: unknown, arrays: Arrays): Promise<Uint8Array> {
  const tensors = Array.from(arrays, ([name, data]) => [name, tensorOf(data)] as const);
  const content = writeSafetensors(tensors, { state: JSON.stringify(state) });
  const bytes = new Uint8Array(CONTENT + content.length);
  bytes.set(new TextEncoder().encode(MAGIC));
  new DataView(bytes.buffer).setUint32(COVERED, VERSION, true);
  bytes.set(content, CONTENT);
  bytes.set(await digest(bytes.subarray(COVERED)), DIGEST);
  return bytes;
}

/**
 * Reads what {@link encodeCheckpoint} wrote. The digest is compared before the content is looked at, so that what passes is what
 * was written.
 *
 * @throws CheckpointError for a file that is cut short, damaged, of another kind or of a later version.
 */
export async function decodeCheckpoint(given: Uint8Array): Promise<{ state: unknown; arrays: Arrays }> {
  // A copy that starts at 0: then the arrays lie in place.
  const bytes = Uint8Array.from(given);
  const magic = new TextDecoder('latin1').decode(bytes.subarray(0, MAGIC.length));
  if (magic !== MAGIC) throw new CheckpointError(`expected a checkpoint, which begins with ${MAGIC}`);
  if (bytes.length < CONTENT) {
    throw new CheckpointError(`expected at least ${CONTENT} bytes, got ${bytes.length}: it is cut short`);
  }
  const version = new DataView(bytes.buffer).getUint32(COVERED, true);
  if (version !== VERSION) {
    throw new CheckpointError(`expected version ${VERSION} of the format, got ${version}`);
  }
  const found = await digest(bytes.subarray(COVERED));
  if (!found.every((byte, i) => byte === bytes[DIGEST + i])) {
    throw new CheckpointError('its checksum is not that of its content: it is cut short or damaged');
  }
  const { tensors, metadata } = readSafetensors(bytes.subarray(CONTENT));
  return {
    state: JSON.parse(metadata.get('state') ?? 'null'),
    arrays: new Map(Array.from(tensors, ([name, { data }]) => [name, data as StoredArray])),
  };
}

function tensorOf(data: StoredArray): SafeTensor {
  const shape = [data.length];
  if (data instanceof Float32Array) return { dtype: 'F32', shape, data };
  return data instanceof Float64Array ? { dtype: 'F64', shape, data } : { dtype: 'I32', shape, data };
}

async function digest(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
  return new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
}
