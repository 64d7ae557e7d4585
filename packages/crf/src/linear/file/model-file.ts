import { MAX_TAGS } from '../corpus.js';
import { ModelFileError, show } from '../errors.js';
import { StringTable } from '../string-table.js';
import type { ModelWeights } from '../weights.js';
import { decode } from '../wtf8.js';
import { BYTES, numbersAt, putNumbers, type NumberKind } from './little-endian.js';
import { xxhash32 } from './xxhash32.js';

/*
 * A model as one file. All numbers little-endian; every section starts at a multiple of 8 bytes, so that it can be read as a
 * typed array where it lies. A header of 64 bytes:
 *
 *    0  8 × u8  magic: 89 43 52 46 0D 0A 1A 0A (as PNG's: a transfer that alters line ends or the eighth bit shows)
 *    8  u32     version: 1
 *   12  u32     xxHash32 (seed 0) of everything from byte 16 to the end
 *   16  f64     length of the file in bytes
 *   24  u32     T, number of tags
 *   28  u32     A, number of attributes
 *   32  u32     W, number of state weights
 *   36  u32     bytes of the names of the tags
 *   40  u32     bytes of the names of the attributes
 *   44  u32     H, number of slots of the attributes' hash table, a power of two
 *   48  16 × u8 zero
 *
 * and then the sections in the order of `sections` below, each padded with zeros to a multiple of 8 bytes.
 */

const MAGIC = Uint8Array.of(0x89, 0x43, 0x52, 0x46, 0x0d, 0x0a, 0x1a, 0x0a);
const VERSION = 1;
const HEADER_BYTES = 64;
const CHECKSUM_AT = 12;
const CHECKED_FROM = 16;

interface Counts {
  readonly tags: number;
  readonly attributes: number;
  readonly weights: number;
  readonly tagBytes: number;
  readonly attributeBytes: number;
  readonly slots: number;
}
const COUNT_NAMES = ['tags', 'attributes', 'weights', 'tagBytes', 'attributeBytes', 'slots'] as const;
const COUNTS_AT = 24;

/** Where each section begins, and the length of the file. Plain numbers: counts of 2^32 give no wrong sum. */
function sections(counts: Counts) {
  let end = HEADER_BYTES;
  const section = (kind: NumberKind | 'u8', count: number) => {
    const at = end;
    const bytes = count * (kind === 'u8' ? 1 : BYTES[kind]);
    end += Math.ceil(bytes / 8) * 8;
    return { at, count };
  };
  return {
    // [T × T]: from × T + to
    transitions: section('f64', counts.tags * counts.tags),
    // [W]: state weights, by attribute, then tag
    stateWeights: section('f64', counts.weights),
    // [A + 1]: weights of attribute a are rowOffsets[a] .. rowOffsets[a + 1]
    rowOffsets: section('u32', counts.attributes + 1),
    // [A + 1]: the name of attribute a is attributeNames[attributeOffsets[a] .. attributeOffsets[a + 1]]
    attributeOffsets: section('u32', counts.attributes + 1),
    // [H]: hash table of the attributes' names, see string-table.ts
    attributeSlots: section('u32', counts.slots),
    // [T + 1]: the same for the tags
    tagOffsets: section('u32', counts.tags + 1),
    // [W]: the tag of each state weight
    rowTags: section('u16', counts.weights),
    // UTF-8, see wtf8.ts
    tagNames: section('u8', counts.tagBytes),
    attributeNames: section('u8', counts.attributeBytes),
    length: end,
  };
}

export function writeModel(model: ModelWeights): Uint8Array<ArrayBuffer> {
  const tagTable = new StringTable();
  for (const tag of model.tags) tagTable.intern(tag);
  const tags = tagTable.arrays();
  const attributes = model.attributes.arrays();
  const counts: Counts = {
    tags: model.tags.length,
    attributes: model.attributes.size,
    weights: model.stateWeights.length,
    tagBytes: tags.bytes.length,
    attributeBytes: attributes.bytes.length,
    slots: attributes.slots.length,
  };
  const at = sections(counts);
  const file = new Uint8Array(at.length);
  putNumbers('f64', file, at.transitions.at, model.transitions);
  putNumbers('f64', file, at.stateWeights.at, model.stateWeights);
  putNumbers('u32', file, at.rowOffsets.at, model.rowOffsets);
  putNumbers('u32', file, at.attributeOffsets.at, attributes.offsets);
  putNumbers('u32', file, at.attributeSlots.at, attributes.slots);
  putNumbers('u32', file, at.tagOffsets.at, tags.offsets);
  putNumbers('u16', file, at.rowTags.at, model.rowTags);
  file.set(tags.bytes, at.tagNames.at);
  file.set(attributes.bytes, at.attributeNames.at);

  file.set(MAGIC);
  const header = new DataView(file.buffer, 0, HEADER_BYTES);
  header.setUint32(8, VERSION, true);
  header.setFloat64(16, file.length, true);
  COUNT_NAMES.forEach((name, i) => {
    header.setUint32(COUNTS_AT + 4 * i, counts[name], true);
  });
  header.setUint32(CHECKSUM_AT, xxhash32(file, CHECKED_FROM), true);
  return file;
}

/**
 * Reads what `writeModel` wrote. Nothing is believed before it is checked: the length and the checksum first, then, as the
 * file may be made by hand, every number that is used as an index. Makes no array that is larger than the file, but one
 * copy of the file.
 */
export function readModel(bytes: Uint8Array): ModelWeights {
  const given: unknown = bytes;
  if (!(given instanceof Uint8Array)) throw new ModelFileError('a Uint8Array', show(given), 0);
  checkMagic(bytes);
  // A copy: aligned, and out of the reach of whoever holds the bytes.
  const file = new Uint8Array(bytes);
  const { buffer } = file;
  const counts = readHeader(file);
  const at = sections(counts);
  const numbers = <K extends NumberKind>(kind: K, section: { at: number; count: number }) =>
    numbersAt(kind, buffer, section.at, section.count);
  const model = {
    transitions: numbers('f64', at.transitions),
    stateWeights: numbers('f64', at.stateWeights),
    rowOffsets: numbers('u32', at.rowOffsets),
    attributeOffsets: numbers('u32', at.attributeOffsets),
    attributeSlots: numbers('u32', at.attributeSlots),
    tagOffsets: numbers('u32', at.tagOffsets),
    rowTags: numbers('u16', at.rowTags),
  };
  checkFinite('transition weight', model.transitions, at.transitions.at);
  checkFinite('state weight', model.stateWeights, at.stateWeights.at);
  checkOffsets('offset of weights', model.rowOffsets, counts.weights, at.rowOffsets.at);
  checkOffsets('offset of a name', model.attributeOffsets, counts.attributeBytes, at.attributeOffsets.at);
  checkOffsets('offset of a name', model.tagOffsets, counts.tagBytes, at.tagOffsets.at);
  checkRows(model.rowOffsets, model.rowTags, counts.tags, at.rowTags.at);
  checkSlots(model.attributeSlots, counts.attributes, at.attributeSlots.at);

  const tags = Array.from({ length: counts.tags }, (_, id) =>
    decode(file, at.tagNames.at + model.tagOffsets[id], at.tagNames.at + model.tagOffsets[id + 1]),
  );
  const names = new Set(tags).size;
  if (names !== tags.length) {
    throw new ModelFileError(`${tags.length} tags of different names`, `${names}`, at.tagNames.at);
  }
  return {
    tags,
    attributes: new StringTable({
      bytes: new Uint8Array(buffer, at.attributeNames.at, counts.attributeBytes),
      offsets: model.attributeOffsets,
      slots: model.attributeSlots,
    }),
    rowOffsets: new Int32Array(buffer, at.rowOffsets.at, at.rowOffsets.count),
    rowTags: model.rowTags,
    stateWeights: model.stateWeights,
    transitions: model.transitions,
  };
}

function checkMagic(bytes: Uint8Array): void {
  const start = Math.min(MAGIC.length, bytes.length);
  for (let i = 0; i < start; i++) {
    if (bytes[i] !== MAGIC[i]) {
      throw new ModelFileError(
        'a model file, which begins with 89 43 52 46 0d 0a 1a 0a',
        `${hex(bytes[i])} in the place of ${hex(MAGIC[i])}`,
        i,
      );
    }
  }
}

function readHeader(bytes: Uint8Array): Counts {
  if (bytes.length < HEADER_BYTES) {
    throw new ModelFileError(`a header of ${HEADER_BYTES} bytes`, `${bytes.length} bytes`, bytes.length);
  }
  const header = new DataView(bytes.buffer, bytes.byteOffset, HEADER_BYTES);
  const version = header.getUint32(8, true);
  if (version !== VERSION) throw new ModelFileError(`version ${VERSION} of the format`, `${version}`, 8);
  const length = header.getFloat64(16, true);
  if (length !== bytes.length) {
    throw new ModelFileError(`a file of ${length} bytes, as its header says`, `${bytes.length} bytes`, 16);
  }
  const stored = header.getUint32(CHECKSUM_AT, true);
  const actual = xxhash32(bytes, CHECKED_FROM);
  if (stored !== actual) {
    throw new ModelFileError(
      `the checksum ${hex(stored)}`,
      `${hex(actual)}: the file is damaged`,
      CHECKSUM_AT,
    );
  }
  const [tags, attributes, weights, tagBytes, attributeBytes, slots] = COUNT_NAMES.map((_, i) =>
    header.getUint32(COUNTS_AT + 4 * i, true),
  );
  const counts = { tags, attributes, weights, tagBytes, attributeBytes, slots };
  if (tags < 1 || tags > MAX_TAGS) {
    throw new ModelFileError(`1 to ${MAX_TAGS} tags`, `${tags}`, COUNTS_AT);
  }
  const needed = sections(counts).length;
  if (needed !== bytes.length) {
    throw new ModelFileError(
      `${needed} bytes for the numbers of tags, attributes and weights given`,
      `${bytes.length} bytes`,
      COUNTS_AT,
    );
  }
  if (slots <= attributes || (slots & (slots - 1)) !== 0) {
    throw new ModelFileError(
      `a power of two above the ${attributes} attributes as number of slots`,
      `${slots}`,
      COUNTS_AT + 20,
    );
  }
  return counts;
}

const hex = (value: number): string => value.toString(16).padStart(2, '0');

function checkFinite(what: string, values: Float64Array, at: number): void {
  for (let i = 0; i < values.length; i++) {
    if (!Number.isFinite(values[i])) {
      throw new ModelFileError(`a finite ${what}`, `${values[i]}`, at + 8 * i);
    }
  }
}

/** Offsets rise from 0 to the end of what they point into. */
function checkOffsets(what: string, offsets: Uint32Array, end: number, at: number): void {
  let least = 0;
  for (let i = 0; i < offsets.length; i++) {
    const fits = i === 0 ? offsets[i] === 0 : offsets[i] >= least && offsets[i] <= end;
    if (!fits) throw new ModelFileError(`an ${what} from ${least} to ${end}`, `${offsets[i]}`, at + 4 * i);
    least = offsets[i];
  }
  if (least !== end) {
    throw new ModelFileError(`${end} as the last ${what}`, `${least}`, at + 4 * (offsets.length - 1));
  }
}

/** The tags of a row rise. */
function checkRows(rowOffsets: Uint32Array, rowTags: Uint16Array, numTags: number, at: number): void {
  for (let a = 0; a + 1 < rowOffsets.length; a++) {
    let least = 0;
    for (let r = rowOffsets[a]; r < rowOffsets[a + 1]; r++) {
      if (rowTags[r] < least || rowTags[r] >= numTags) {
        throw new ModelFileError(`a tag from ${least} to ${numTags - 1}`, `${rowTags[r]}`, at + 2 * r);
      }
      least = rowTags[r] + 1;
    }
  }
}

/** Every slot is free or has the number of an attribute, and at least one is free, so that every search ends. */
function checkSlots(slots: Uint32Array, numAttributes: number, at: number): void {
  const mask = slots.length - 1;
  let used = 0;
  for (let i = 0; i < slots.length; i++) {
    if (slots[i] === 0) continue;
    used++;
    const number = slots[i] & mask;
    if (number < 1 || number > numAttributes) {
      throw new ModelFileError(`a slot with a number from 1 to ${numAttributes}`, `${number}`, at + 4 * i);
    }
  }
  if (used !== numAttributes) {
    throw new ModelFileError(`${numAttributes} slots in use`, `${used}`, at);
  }
}
