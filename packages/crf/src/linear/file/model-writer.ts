import { StringTable } from '../string-table.js';
import type { ModelWeights } from '../weights.js';
import { checksumOf } from './checksum.js';
import { BLOCK, EndingRecords, LONG, MOST_SHARED, putU32 } from './ending-records.js';
import { HOST_IS_LITTLE_ENDIAN, putNumbers } from './little-endian.js';
import {
  CHECKED_FROM,
  CHECKSUM_AT,
  COUNT_NAMES,
  COUNTS_AT,
  HEADER_BYTES,
  LENGTH_AT,
  MAGIC,
  MAX_PREFIXES,
  sections,
  VERSION,
  VERSION_AT,
  type Counts,
} from './model-format.js';
import { hashName } from './hash-name.js';
import { PackedModel } from './packed-model.js';
import { firstSlot, numberBits, prefixEnd, slotsFor } from './packed-names.js';

/** A model as a file, which model-format.ts describes, in bytes that `allocate` gives, all of them 0. */
export function writeModel(
  model: ModelWeights,
  allocate = (length: number): Uint8Array<ArrayBuffer> => new Uint8Array(length),
): Uint8Array<ArrayBuffer> {
  if (model instanceof PackedModel && HOST_IS_LITTLE_ENDIAN) return new Uint8Array(model.file);
  const { tags, transitions, stateWeights, rowOffsets, rowTags } = model;
  const tagTable = new StringTable();
  for (const tag of tags) tagTable.intern(tag);
  const tagNames = tagTable.arrays();
  const { bytes, offsets } = model.attributes.arrays();
  const numAttributes = model.attributes.size;
  const { prefixes, spans } = splitPrefixes(bytes, offsets);
  const { endingOf, ends, hashes, starts } = findEndings(bytes, offsets, prefixes, spans);
  const numEndings = ends.length;

  let endingBytes = 0;
  for (const { length } of ends) endingBytes += length + (length < LONG ? 0 : 4);
  const counts: Counts = {
    tags: tags.length,
    attributes: numAttributes,
    weights: stateWeights.length,
    endings: numEndings,
    slots: slotsFor(numEndings),
    prefixes: spans.length,
    tagBytes: tagNames.bytes.length,
    endingBytes,
  };
  const at = sections(counts);
  const file = allocate(at.length);

  // Attributes in the order of their endings.
  const order = new Uint32Array(numAttributes);
  const nexts = starts.slice();
  for (let a = 0; a < numAttributes; a++) order[nexts[endingOf[a]]++] = a;
  const { maskBytes } = at;
  const rowSizes = new Uint16Array(numAttributes);
  const sortedTags = new Uint16Array(stateWeights.length);
  const sortedWeights = new Float64Array(stateWeights.length);
  const rowStarts = new Uint32Array(numAttributes + 1);
  for (let i = 0, to = 0; i < numAttributes; i++) {
    const a = order[i];
    for (let r = rowOffsets[a]; r < rowOffsets[a + 1]; r++, to++) {
      sortedWeights[to] = stateWeights[r];
      sortedTags[to] = rowTags[r];
      if (maskBytes > 0) file[at.rowMasks.at + maskBytes * i + (rowTags[r] >> 3)] |= 1 << (rowTags[r] & 7);
    }
    rowSizes[i] = rowOffsets[a + 1] - rowOffsets[a];
    rowStarts[i + 1] = to;
    file[at.prefixes.at + i] = prefixes[a];
  }

  const records = new EndingRecords(
    file.subarray(at.endings.at, at.endings.at + at.endings.count),
    numEndings,
  );
  const names = file.subarray(at.endingNames.at, at.endingNames.at + endingBytes);
  let end = 0; // in the names
  for (const [e, { start, length }] of ends.entries()) {
    if (e % BLOCK === 0) records.setStarts(e / BLOCK, rowStarts[starts[e]], end, starts[e]);
    records.set(e, Math.min(length, LONG), starts[e + 1] - starts[e]);
    if (length >= LONG) {
      putU32(names, end, length);
      end += 4;
    }
    names.set(bytes.subarray(start, start + length), end);
    end += length;
  }
  putNumbers('f64', file, at.transitions.at, transitions);
  putNumbers('f64', file, at.stateWeights.at, sortedWeights);
  putNumbers('u32', file, at.slots.at, slotsOf(hashes, counts.slots));
  putNumbers('u32', file, at.tagOffsets.at, tagNames.offsets);
  if (maskBytes === 0) {
    putNumbers('u16', file, at.rowSizes.at, rowSizes);
    putNumbers('u16', file, at.rowTags.at, sortedTags);
  }
  file.set(tagNames.bytes, at.tagNames.at);

  file.set(MAGIC);
  const header = new DataView(file.buffer, file.byteOffset, HEADER_BYTES);
  header.setUint32(VERSION_AT, VERSION, true);
  header.setFloat64(LENGTH_AT, file.length, true);
  COUNT_NAMES.forEach((name, i) => {
    header.setUint32(COUNTS_AT + 4 * i, counts[name], true);
  });
  header.setUint32(CHECKSUM_AT, checksumOf(file, CHECKED_FROM), true);
  return file;
}

/** Bytes of the attributes' names. */
interface Part {
  readonly start: number;
  readonly length: number;
}

/**
 * Most attributes are called `kind=value`, of few kinds: what goes up to the sign between, and with it, becomes a prefix, which is stored once. If
 * there are more of them than can be numbered, those stay that save most. Prefix 0 is empty.
 */
function splitPrefixes(bytes: Uint8Array, offsets: Uint32Array) {
  const found = new Parts(bytes, offsets.length - 1);
  const uses: number[] = [];
  const kindOf = new Int32Array(offsets.length - 1).fill(-1); // [attributes], in `found`
  for (let a = 0; a < kindOf.length; a++) {
    const start = offsets[a];
    const end = prefixEnd(bytes, start, offsets[a + 1]);
    const length = end - start;
    if (length === 0 || Math.max(length, offsets[a + 1] - end) > MOST_SHARED) continue;
    const kind = found.intern(start, length);
    kindOf[a] = kind;
    uses[kind] = (uses[kind] ?? 0) + 1;
  }
  const saving = (kind: number): number => uses[kind] * found.parts[kind].length;
  const chosen = [...uses.keys()].sort((a, b) => saving(b) - saving(a) || a - b).slice(0, MAX_PREFIXES - 1);
  const numberOf = new Uint8Array(uses.length); // 0 = not chosen
  for (const [i, kind] of chosen.entries()) numberOf[kind] = i + 1;
  return {
    prefixes: Uint8Array.from(kindOf, (kind) => (kind < 0 ? 0 : numberOf[kind])),
    spans: [{ start: 0, length: 0 }, ...chosen.map((kind) => found.parts[kind])],
  };
}

/** The different endings of names, what is left of each without its prefix, in the order in which they come after the prefixes. */
function findEndings(bytes: Uint8Array, offsets: Uint32Array, prefixes: Uint8Array, spans: readonly Part[]) {
  const numAttributes = prefixes.length;
  const found = new Parts(bytes, numAttributes + spans.length);
  for (const { start, length } of spans) found.intern(start, length);
  const endingOf = new Uint32Array(numAttributes);
  for (let a = 0; a < numAttributes; a++) {
    const start = offsets[a] + spans[prefixes[a]].length;
    endingOf[a] = found.intern(start, offsets[a + 1] - start);
  }
  const starts = new Uint32Array(found.parts.length + 1); // attributes of ending e are starts[e] .. starts[e + 1]
  for (const e of endingOf) starts[e + 1]++;
  for (let e = 0; e < found.parts.length; e++) starts[e + 1] += starts[e];
  return { endingOf, ends: found.parts, hashes: found.hashes, starts };
}

/** Different parts of names, numbered in the order in which they come. */
class Parts {
  readonly parts: Part[] = [];
  readonly hashes: number[] = [];
  readonly #bytes: Uint8Array;
  readonly #slots: Uint32Array; // of numbers + 1

  /** For at most `size` of them. */
  constructor(bytes: Uint8Array, size: number) {
    this.#bytes = bytes;
    this.#slots = new Uint32Array(slotsFor(size));
  }

  intern(start: number, length: number): number {
    const hash = hashName(this.#bytes, start, start + length);
    let slot = firstSlot(hash, this.#slots.length);
    for (
      let entry;
      (entry = this.#slots[slot]) !== 0;
      slot = slot + 1 === this.#slots.length ? 0 : slot + 1
    ) {
      if (this.hashes[entry - 1] === hash && this.#equal(entry - 1, start, length)) return entry - 1;
    }
    const number = this.parts.push({ start, length });
    this.hashes.push(hash);
    this.#slots[slot] = number;
    return number - 1;
  }

  #equal(part: number, start: number, length: number): boolean {
    const other = this.parts[part];
    if (other.length !== length) return false;
    for (let i = 0; i < length; i++)
      if (this.#bytes[other.start + i] !== this.#bytes[start + i]) return false;
    return true;
  }
}

/** [size]: the hash table of the endings; packed-names.ts says how it is read. */
function slotsOf(hashes: readonly number[], size: number): Uint32Array {
  const bits = numberBits(hashes.length);
  const slots = new Uint32Array(size);
  for (const [e, hash] of hashes.entries()) {
    let slot = firstSlot(hash, size);
    while (slots[slot] !== 0) slot = slot + 1 === size ? 0 : slot + 1;
    slots[slot] = ((hash << bits) | (e + 1)) >>> 0;
  }
  return slots;
}
