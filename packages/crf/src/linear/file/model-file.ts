import { MAX_TAGS } from '../corpus.js';
import { ModelFileError, show } from '../errors.js';
import { QuickCheck } from '../tagging/quick-check.js';
import { decode } from '../wtf8.js';
import { BLOCK, blockBytes, LONG, u32At } from './attribute-blocks.js';
import { checksumOf } from './checksum.js';
import { HOST_IS_LITTLE_ENDIAN } from './little-endian.js';
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
  type Sections,
} from './model-format.js';
import { numberBits } from './packed-names.js';
import { PackedModel, viewsOf, type Views } from './packed-model.js';

/**
 * Reads what `writeModel` wrote. Nothing is believed before it is checked: the length and the checksum first, then, as the
 * file may be made by hand, every number that is used as an index. Makes no array that is larger than the file. The bytes become the
 * model's; they are copied only where they do not lie at a multiple of 8 bytes.
 */
export function readModel(bytes: Uint8Array): PackedModel {
  const given: unknown = bytes;
  if (!(given instanceof Uint8Array)) throw new ModelFileError('a Uint8Array', show(given), 0);
  checkMagic(bytes);
  checkLength(bytes);
  const quick = QuickCheck.get();
  const counts = readCounts(bytes, checksumOf(bytes, CHECKED_FROM, quick));
  const at = sections(counts);
  const file = alignedFile(bytes);
  const views = viewsOf(file, at, counts.attributes);
  checkOffsets('offset of a name', views.tagOffsets, counts.tagBytes, at.tagOffsets.at);
  checkOffsets('offset of a prefix', views.prefixOffsets, counts.prefixBytes, at.prefixOffsets.at);
  // Where the quick check says no, the other says why, or that it was wrong.
  if (quick?.isSound(file, counts, at) !== true) checkViews(views, counts, at);
  return new PackedModel(readTags(views, at.tagNames.at), file, counts, at, views);
}

/** Bytes of which typed arrays can be made, in the order of this host. */
function alignedFile(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const inPlace = bytes.byteOffset % 8 === 0 && bytes.buffer instanceof ArrayBuffer && HOST_IS_LITTLE_ENDIAN;
  return inPlace ? (bytes as Uint8Array<ArrayBuffer>) : new Uint8Array(bytes);
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

/** Version and length; before anything is made of it. */
function checkLength(bytes: Uint8Array): void {
  if (bytes.length < HEADER_BYTES) {
    throw new ModelFileError(`a header of ${HEADER_BYTES} bytes`, `${bytes.length} bytes`, bytes.length);
  }
  const header = new DataView(bytes.buffer, bytes.byteOffset, HEADER_BYTES);
  const version = header.getUint32(VERSION_AT, true);
  if (version !== VERSION) {
    throw new ModelFileError(`version ${VERSION} of the format`, `${version}`, VERSION_AT);
  }
  const length = header.getFloat64(LENGTH_AT, true);
  if (length !== bytes.length) {
    throw new ModelFileError(
      `a file of ${length} bytes, as its header says`,
      `${bytes.length} bytes`,
      LENGTH_AT,
    );
  }
}

function readCounts(file: Uint8Array, checksum: number): Counts {
  const header = new DataView(file.buffer, file.byteOffset, HEADER_BYTES);
  const stored = header.getUint32(CHECKSUM_AT, true);
  if (stored !== checksum) {
    throw new ModelFileError(
      `the checksum ${hex(stored)}`,
      `${hex(checksum)}: the file is damaged`,
      CHECKSUM_AT,
    );
  }
  const counts = Object.fromEntries(
    COUNT_NAMES.map((name, i) => [name, header.getUint32(COUNTS_AT + 4 * i, true)]),
  ) as Counts;
  const countAt = (name: keyof Counts): number => COUNTS_AT + 4 * COUNT_NAMES.indexOf(name);
  if (counts.tags < 1 || counts.tags > MAX_TAGS) {
    throw new ModelFileError(`1 to ${MAX_TAGS} tags`, `${counts.tags}`, countAt('tags'));
  }
  if (counts.prefixes < 1 || counts.prefixes > MAX_PREFIXES) {
    throw new ModelFileError(`1 to ${MAX_PREFIXES} prefixes`, `${counts.prefixes}`, countAt('prefixes'));
  }
  const needed = sections(counts).length;
  if (needed !== file.length) {
    throw new ModelFileError(
      `${needed} bytes for the numbers of tags, attributes and weights given`,
      `${file.length} bytes`,
      COUNTS_AT,
    );
  }
  if (counts.slots <= counts.attributes) {
    throw new ModelFileError(
      `more than ${counts.attributes} slots for as many attributes`,
      `${counts.slots}`,
      countAt('slots'),
    );
  }
  return counts;
}

const hex = (value: number): string => value.toString(16).padStart(2, '0');

function readTags({ tagOffsets, tagNames }: Views, at: number): string[] {
  const tags = Array.from({ length: tagOffsets.length - 1 }, (_, id) =>
    decode(tagNames, tagOffsets[id], tagOffsets[id + 1]),
  );
  const names = new Set(tags).size;
  if (names !== tags.length)
    throw new ModelFileError(`${tags.length} tags of different names`, `${names}`, at);
  return tags;
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

/** Every number that is used as an index, and that every weight is finite: what `isSound` in assembly/ checks as well. */
function checkViews(views: Views, counts: Counts, at: Sections): void {
  checkFinite('transition weight', views.transitions, at.transitions.at);
  checkFinite('state weight', views.stateWeights, at.stateWeights.at);
  checkRows(views, counts, at);
  checkNames(views, counts, at);
  checkSlots(views.slots, counts.attributes, at.slots.at);
}

function checkFinite(what: string, values: Float64Array, at: number): void {
  for (let i = 0; i < values.length; i++) {
    if (!Number.isFinite(values[i])) {
      throw new ModelFileError(`a finite ${what}`, `${values[i]}`, at + 8 * i);
    }
  }
}

/** The sizes of rows give the places that are noted, and all weights in the end; the tags of a row rise. */
function checkRows({ blocks, rowTags }: Views, { tags, weights }: Counts, at: Sections): void {
  const tagBytes = rowTags.BYTES_PER_ELEMENT;
  let end = 0;
  for (let a = 0; a < blocks.size; a++) {
    if (a % BLOCK === 0) checkStart(blocks.rowsStart(a / BLOCK), end, a, at);
    const start = end;
    end += blocks.rowSize(a);
    if (end > weights) {
      throw new ModelFileError(
        `a row of at most ${weights - start} weights`,
        `${end - start}`,
        at.blocks.at + blocks.rowSizeAt(a),
      );
    }
    let least = 0;
    for (let r = start; r < end; r++) {
      if (rowTags[r] < least || rowTags[r] >= tags) {
        const expected = `a tag from ${least} to ${tags - 1}`;
        throw new ModelFileError(expected, `${rowTags[r]}`, at.rowTags.at + tagBytes * r);
      }
      least = rowTags[r] + 1;
    }
  }
  if (end !== weights) {
    throw new ModelFileError(`rows of ${weights} weights in all`, `${end}`, at.blocks.at);
  }
}

/** The same for the names; each has one of the prefixes. */
function checkNames({ blocks, names }: Views, { prefixes, nameBytes }: Counts, at: Sections): void {
  let end = 0;
  for (let a = 0; a < blocks.size; a++) {
    if (a % BLOCK === 0) checkStart(blocks.namesStart(a / BLOCK), end, a, at, 4);
    const prefix = blocks.prefix(a);
    if (prefix >= prefixes) {
      const expected = `a prefix from 0 to ${prefixes - 1}`;
      throw new ModelFileError(expected, `${prefix}`, at.blocks.at + blocks.prefixAt(a));
    }
    const left = nameBytes - end;
    const stored = blocks.nameSize(a);
    const size = stored < LONG ? stored : 4 + (left < 4 ? 0 : u32At(names, end));
    if (size > left) {
      throw new ModelFileError(
        `a name of at most ${left} bytes`,
        `${size}`,
        at.blocks.at + blocks.nameSizeAt(a),
      );
    }
    end += size;
  }
  if (end !== nameBytes) {
    throw new ModelFileError(`names of ${nameBytes} bytes in all`, `${end}`, at.blocks.at);
  }
}

/** What is noted at the start of a record follows from the records before it. */
function checkStart(noted: number, start: number, attribute: number, at: Sections, shift = 0): void {
  if (noted === start) return;
  const place = at.blocks.at + (attribute / BLOCK) * blockBytes(at.narrow) + shift;
  throw new ModelFileError(`a start at ${start}`, `${noted}`, place);
}

/** Every slot is free or has the number of an attribute, and at least one is free, so that every search ends. */
function checkSlots(slots: Uint32Array, numAttributes: number, at: number): void {
  const mask = 2 ** numberBits(numAttributes) - 1;
  let used = 0;
  for (let i = 0; i < slots.length; i++) {
    if (slots[i] === 0) continue;
    used++;
    const number = (slots[i] & mask) >>> 0;
    if (number < 1 || number > numAttributes) {
      throw new ModelFileError(`a slot with a number from 1 to ${numAttributes}`, `${number}`, at + 4 * i);
    }
  }
  if (used !== numAttributes) {
    throw new ModelFileError(`${numAttributes} slots in use`, `${used}`, at);
  }
}
