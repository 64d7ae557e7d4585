import { StringTable } from '../string-table.js';
import type { ModelWeights } from '../weights.js';
import { AttributeBlocks, BLOCK, LONG, putU32 } from './attribute-blocks.js';
import { checksumOf } from './checksum.js';
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
import { firstSlot, numberBits, slotsFor } from './packed-names.js';

/** A model as a file, which model-format.ts describes. */
export function writeModel(model: ModelWeights): Uint8Array<ArrayBuffer> {
  if (model instanceof PackedModel && HOST_IS_LITTLE_ENDIAN) return new Uint8Array(model.file);
  const { tags, transitions, stateWeights, rowOffsets, rowTags } = model;
  const tagTable = new StringTable();
  for (const tag of tags) tagTable.intern(tag);
  const tagNames = tagTable.arrays();
  const { bytes, offsets } = model.attributes.arrays();
  const numAttributes = model.attributes.size;
  const { prefixes, prefixNames, prefixOffsets } = splitPrefixes(bytes, offsets);

  const nameSize = (a: number): number =>
    offsets[a + 1] - offsets[a] - (prefixOffsets[prefixes[a] + 1] - prefixOffsets[prefixes[a]]);
  let nameBytes = 0;
  for (let a = 0; a < numAttributes; a++) nameBytes += nameSize(a) + (nameSize(a) < LONG ? 0 : 4);
  const counts: Counts = {
    tags: tags.length,
    attributes: numAttributes,
    weights: stateWeights.length,
    slots: slotsFor(numAttributes),
    prefixes: prefixOffsets.length - 1,
    tagBytes: tagNames.bytes.length,
    prefixBytes: prefixNames.length,
    nameBytes,
  };
  const at = sections(counts);
  const file = new Uint8Array(at.length);

  const blocks = new AttributeBlocks(
    file.subarray(at.blocks.at, at.blocks.at + at.blocks.count),
    numAttributes,
    at.narrow,
  );
  const names = file.subarray(at.names.at, at.names.at + nameBytes);
  let end = 0; // in the names
  for (let a = 0; a < numAttributes; a++) {
    if (a % BLOCK === 0) blocks.setStarts(a / BLOCK, rowOffsets[a], end);
    const size = nameSize(a);
    blocks.set(a, rowOffsets[a + 1] - rowOffsets[a], Math.min(size, LONG), prefixes[a]);
    if (size >= LONG) {
      putU32(names, end, size);
      end += 4;
    }
    for (let i = offsets[a + 1] - size; i < offsets[a + 1]; i++) names[end++] = bytes[i];
  }
  putNumbers('f64', file, at.transitions.at, transitions);
  putNumbers('f64', file, at.stateWeights.at, stateWeights);
  putNumbers('u32', file, at.slots.at, slotsOf(bytes, offsets, counts.slots));
  putNumbers('u32', file, at.tagOffsets.at, tagNames.offsets);
  putNumbers('u32', file, at.prefixOffsets.at, prefixOffsets);
  if (at.narrow) file.set(rowTags, at.rowTags.at);
  else putNumbers('u16', file, at.rowTags.at, rowTags);
  file.set(tagNames.bytes, at.tagNames.at);
  file.set(prefixNames, at.prefixNames.at);

  file.set(MAGIC);
  const header = new DataView(file.buffer, 0, HEADER_BYTES);
  header.setUint32(VERSION_AT, VERSION, true);
  header.setFloat64(LENGTH_AT, file.length, true);
  COUNT_NAMES.forEach((name, i) => {
    header.setUint32(COUNTS_AT + 4 * i, counts[name], true);
  });
  header.setUint32(CHECKSUM_AT, checksumOf(file, CHECKED_FROM), true);
  return file;
}

const EQUALS = 0x3d;

/**
 * Most attributes are called `kind=value`, of few kinds: what goes up to the first `=` becomes a prefix, which is stored once. If there
 * are more of them than can be numbered, those stay that save most. Prefix 0 is empty.
 */
function splitPrefixes(bytes: Uint8Array, offsets: Uint32Array) {
  const numAttributes = offsets.length - 1;
  const found: { readonly start: number; readonly length: number; uses: number }[] = [];
  const byHash = new Map<number, number>();
  const prefixOf = new Int32Array(numAttributes).fill(-1); // [numAttributes], in `found`
  for (let a = 0; a < numAttributes; a++) {
    const start = offsets[a];
    // UTF-8 has no such byte within another character, so both parts are UTF-8.
    let end = start;
    while (end < offsets[a + 1] && bytes[end] !== EQUALS) end++;
    if (end++ === offsets[a + 1]) continue;
    const hash = hashName(bytes, start, end);
    let id = byHash.get(hash);
    if (id === undefined) {
      id = found.length;
      byHash.set(hash, id);
      found.push({ start, length: end - start, uses: 0 });
    }
    const prefix = found[id];
    if (!equal(bytes, prefix.start, prefix.length, start, end - start)) continue;
    prefix.uses++;
    prefixOf[a] = id;
  }

  const saving = (id: number): number => found[id].uses * found[id].length;
  const chosen = [...found.keys()].sort((a, b) => saving(b) - saving(a) || a - b).slice(0, MAX_PREFIXES - 1);
  const numberOf = new Uint8Array(found.length); // 0 = not chosen
  const prefixOffsets = new Uint32Array(chosen.length + 2);
  for (const [i, id] of chosen.entries()) {
    numberOf[id] = i + 1;
    prefixOffsets[i + 2] = prefixOffsets[i + 1] + found[id].length;
  }
  const prefixNames = new Uint8Array(prefixOffsets[chosen.length + 1]);
  for (const [i, id] of chosen.entries()) {
    const { start, length } = found[id];
    prefixNames.set(bytes.subarray(start, start + length), prefixOffsets[i + 1]);
  }
  const prefixes = Uint8Array.from(prefixOf, (id) => (id < 0 ? 0 : numberOf[id]));
  return { prefixes, prefixNames, prefixOffsets };
}

function equal(bytes: Uint8Array, a: number, aLength: number, b: number, bLength: number): boolean {
  if (aLength !== bLength) return false;
  for (let i = 0; i < aLength; i++) if (bytes[a + i] !== bytes[b + i]) return false;
  return true;
}

/** [slots]: the hash table; packed-names.ts says how it is read. */
function slotsOf(bytes: Uint8Array, offsets: Uint32Array, size: number): Uint32Array {
  const numAttributes = offsets.length - 1;
  const bits = numberBits(numAttributes);
  const slots = new Uint32Array(size);
  for (let a = 0; a < numAttributes; a++) {
    const hash = hashName(bytes, offsets[a], offsets[a + 1]);
    let slot = firstSlot(hash, size);
    while (slots[slot] !== 0) slot = slot + 1 === size ? 0 : slot + 1;
    slots[slot] = ((hash << bits) | (a + 1)) >>> 0;
  }
  return slots;
}
