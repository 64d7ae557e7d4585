import { MAX_TAGS } from '../corpus.js';
import { ModelFileError } from '../errors.js';
import {
  ATTRIBUTES_START,
  BLOCK,
  LONG,
  MOST_SHARED,
  NAMES_START,
  RECORD_BYTES,
  ROWS_START,
  u32At,
} from './ending-records.js';
import {
  CHECKSUM_AT,
  COUNT_NAMES,
  COUNTS_AT,
  countsIn,
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
import { viewsOf, type Views } from './model-views.js';
import { numberBits } from './packed-names.js';
import { rowSize } from './packed-rows.js';

/**
 * Checks a model file, all but the names of its tags, and says what is wrong with it: the length and the checksum first, then, as the
 * file may be made by hand, every number that is used as an index. assembly/tagging/check.ts checks the same, faster. `checksum` is that of the
 * file's bytes.
 *
 * @throws ModelFileError
 */
export function checkModel(file: Uint8Array<ArrayBuffer>, checksum: number): Views {
  checkMagic(file);
  checkLength(file);
  checkChecksum(file, checksum);
  const counts = countsIn(file);
  checkCounts(counts, file.length);
  const views = viewsOf(file, counts);
  checkViews(views, counts, sections(counts));
  return views;
}

function checkMagic(bytes: Uint8Array): void {
  const wrong = MAGIC.findIndex((byte, i) => i < bytes.length && bytes[i] !== byte);
  if (wrong < 0) return;
  throw new ModelFileError(
    'a model file, which begins with 89 43 52 46 0d 0a 1a 0a',
    `${hex(bytes[wrong])} in the place of ${hex(MAGIC[wrong])}`,
    wrong,
  );
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

function checkChecksum(file: Uint8Array, checksum: number): void {
  const header = new DataView(file.buffer, file.byteOffset, HEADER_BYTES);
  const stored = header.getUint32(CHECKSUM_AT, true);
  if (stored !== checksum) {
    throw new ModelFileError(
      `the checksum ${hex(stored)}`,
      `${hex(checksum)}: the file is damaged`,
      CHECKSUM_AT,
    );
  }
}

function checkCounts(counts: Counts, length: number): void {
  const countAt = (name: keyof Counts): number => COUNTS_AT + 4 * COUNT_NAMES.indexOf(name);
  if (counts.tags < 1 || counts.tags > MAX_TAGS) {
    throw new ModelFileError(`1 to ${MAX_TAGS} tags`, `${counts.tags}`, countAt('tags'));
  }
  if (counts.prefixes < 1 || counts.prefixes > Math.min(MAX_PREFIXES, counts.endings)) {
    const expected = `1 to ${MAX_PREFIXES} prefixes, no more than endings`;
    throw new ModelFileError(expected, `${counts.prefixes}`, countAt('prefixes'));
  }
  const needed = sections(counts).length;
  checkNumber(needed, 'bytes for the counts given', length, COUNTS_AT);
  if (counts.slots <= counts.endings) {
    throw new ModelFileError(
      `more than ${counts.endings} slots for as many endings`,
      `${counts.slots}`,
      countAt('slots'),
    );
  }
}

const hex = (value: number): string => value.toString(16).padStart(2, '0');

/** That a number is what follows from others. */
export function checkNumber(expected: number, what: string, got: number, at: number): void {
  if (got !== expected) throw new ModelFileError(`${expected} ${what}`, `${got}`, at);
}

/** Every number that is used as an index, and that every weight is finite. */
function checkViews(views: Views, counts: Counts, at: Sections): void {
  checkFinite('transition weight', views.transitions, at.transitions.at);
  checkFinite('state weight', views.stateWeights, at.stateWeights.at);
  checkRows(views, counts, at);
  checkEndings(views, counts, at);
  checkPrefixes(views.prefixes, counts.prefixes, at.prefixes.at);
  checkSlots(views.slots, counts.endings, at.slots.at);
}

function checkFinite(what: string, values: Float64Array, at: number): void {
  const wrong = values.findIndex((value) => !Number.isFinite(value));
  if (wrong >= 0) throw new ModelFileError(`a finite ${what}`, `${values[wrong]}`, at + 8 * wrong);
}

function checkPrefixes(prefixes: Uint8Array, count: number, at: number): void {
  const wrong = prefixes.findIndex((prefix) => prefix >= count);
  if (wrong >= 0) {
    throw new ModelFileError(`a prefix from 0 to ${count - 1}`, `${prefixes[wrong]}`, at + wrong);
  }
}

/** Rows have all weights, each those of tags that there are. */
function checkRows(views: Views, { tags, weights }: Counts, at: Sections): void {
  const { rowMasks, maskBytes, rowTags, prefixes } = views;
  // Bits past the last tag, in the last byte of each mask.
  const spare = 0xff & -(1 << (((tags - 1) & 7) + 1));
  for (let m = maskBytes - 1; m < rowMasks.length; m += Math.max(1, maskBytes)) {
    if ((rowMasks[m] & spare) !== 0)
      throw new ModelFileError(
        `a mask of ${tags} tags`,
        `${hex(rowMasks[m])} as its last byte`,
        at.rowMasks.at + m,
      );
  }
  let end = 0;
  for (let a = 0; a < prefixes.length; a++) {
    const start = end;
    end += rowSize(views, a);
    if (end > weights) {
      throw new ModelFileError(
        `a row of at most ${weights - start} weights`,
        `${end - start}`,
        maskBytes > 0 ? at.rowMasks.at + maskBytes * a : at.rowSizes.at + 2 * a,
      );
    }
    let least = 0;
    for (let r = start; maskBytes === 0 && r < end; r++) {
      if (rowTags[r] < least || rowTags[r] >= tags) {
        const expected = `a tag from ${least} to ${tags - 1}`;
        throw new ModelFileError(expected, `${rowTags[r]}`, at.rowTags.at + 2 * r);
      }
      least = rowTags[r] + 1;
    }
  }
  checkNumber(weights, 'weights of rows', end, maskBytes > 0 ? at.rowMasks.at : at.rowSizes.at);
}

/** Endings and their attributes follow one another: each record begins where the one before it ends. */
function checkEndings(views: Views, { attributes, endingBytes, prefixes }: Counts, at: Sections): void {
  const { endings, endingNames } = views;
  let name = 0;
  let attribute = 0;
  let row = 0;
  for (let e = 0; e < endings.size; e++) {
    if (e % BLOCK === 0) {
      for (const [what, start] of [
        [ROWS_START, row],
        [NAMES_START, name],
        [ATTRIBUTES_START, attribute],
      ]) {
        const place = at.endings.at + (e / BLOCK) * RECORD_BYTES + what;
        checkNumber(start, 'as a start', endings.start(e / BLOCK, what), place);
      }
    }
    const sizeAt = at.endings.at + endings.nameSizeAt(e);
    const left = endingBytes - name;
    const stored = endings.nameSize(e);
    const size = stored < LONG ? stored : 4 + (left < 4 ? 0 : u32At(endingNames, name));
    const count = endings.attributes(e);
    // The first is empty: no prefix.
    const most = e === 0 ? 0 : e < prefixes || count > 1 ? Math.min(left, MOST_SHARED) : left;
    name += size;
    if (size > most) throw new ModelFileError(`an ending of at most ${most} bytes`, `${size}`, sizeAt);
    const last = attribute + count;
    if (last > attributes) {
      const expected = `an ending of at most ${attributes - attribute} attributes`;
      throw new ModelFileError(expected, `${count}`, sizeAt + BLOCK);
    }
    for (; attribute < last; attribute++) row += rowSize(views, attribute);
  }
  checkNumber(endingBytes, 'bytes of endings', name, at.endings.at);
  checkNumber(attributes, 'attributes of endings', attribute, at.endings.at);
}

/** Every slot is free or has the number of an ending, and at least one is free, so that every search ends. */
function checkSlots(slots: Uint32Array, numEndings: number, at: number): void {
  const mask = 2 ** numberBits(numEndings) - 1;
  let used = 0;
  for (let i = 0; i < slots.length; i++) {
    if (slots[i] === 0) continue;
    used++;
    const number = (slots[i] & mask) >>> 0;
    if (number < 1 || number > numEndings) {
      throw new ModelFileError(`a slot with a number from 1 to ${numEndings}`, `${number}`, at + 4 * i);
    }
  }
  checkNumber(numEndings, 'slots in use', used, at);
}
