import { CrfInputError, show } from '../errors.js';
import type { ModelWeights } from '../weights.js';
import { cqdbSize, writeCqdb, type Names } from './cqdb-writer.js';
import { FileWriter } from './file-writer.js';
import { encodeInto, BYTES_PER_UNIT } from '../wtf8.js';

/*
 * Writes the format that crfsuite-file.ts describes, chunk by chunk in CRFsuite's order, to the byte as CRFsuite would: features
 * by attribute and tag, then transitions.
 */

const HEADER_BYTES = 48;
const CHUNK_BYTES = 12;
const FEATURE_BYTES = 20;
const VERSION = 100;
/** References of two more labels, which CRFsuite reserves for the edges of a sequence and does not use. */
const EDGE_LABELS = 2;
const MAX_BYTES = 2 ** 32 - 1;

const aligned = (at: number): number => (at + 3) & ~3;

/** A model as a file of CRFsuite. @throws CrfInputError for a name that such a file cannot hold. */
export function writeCrfsuiteModel(model: ModelWeights): Uint8Array<ArrayBuffer> {
  const { tags, attributes, rowOffsets, rowTags, stateWeights, transitions } = model;
  const numTags = tags.length;
  const tagNames = namesOf(tags);
  const attributeNames: Names = attributes.arrays();
  checkNames('tag', tagNames, (id) => tags[id]);
  checkNames('attribute', attributeNames, (id) => attributes.at(id));
  const cells = [...transitions.keys()].filter((cell) => transitions[cell] !== 0);
  const numFeatures = stateWeights.length + cells.length;

  const featuresAt = HEADER_BYTES;
  const tagsAt = featuresAt + CHUNK_BYTES + FEATURE_BYTES * numFeatures;
  const attributesAt = tagsAt + cqdbSize(tagNames);
  const tagReferencesAt = alignedUnlessTooLarge(attributesAt + cqdbSize(attributeNames));
  const tagListsAt = tagReferencesAt + CHUNK_BYTES + 4 * (numTags + EDGE_LABELS);
  const attributeReferencesAt = tagListsAt + 4 * (numTags + cells.length);
  const attributeListsAt = attributeReferencesAt + CHUNK_BYTES + 4 * attributes.size;
  const size = attributeListsAt + 4 * (attributes.size + stateWeights.length);
  alignedUnlessTooLarge(size);
  const file = new FileWriter(size);

  file.text('lCRF');
  file.u32(size);
  file.text('FOMC');
  file.u32(VERSION);
  file.u32(0);
  file.u32(numTags);
  file.u32(attributes.size);
  for (const at of [featuresAt, tagsAt, attributesAt, tagReferencesAt, attributeReferencesAt]) file.u32(at);

  file.text('FEAT');
  file.u32(tagsAt - featuresAt);
  file.u32(numFeatures);
  for (let a = 0; a < attributes.size; a++) {
    for (let r = rowOffsets[a]; r < rowOffsets[a + 1]; r++) {
      writeFeature(file, 0, a, rowTags[r], stateWeights[r]);
    }
  }
  for (const cell of cells) {
    writeFeature(file, 1, Math.floor(cell / numTags), cell % numTags, transitions[cell]);
  }

  writeCqdb(file, tagNames);
  writeCqdb(file, attributeNames);

  file.at = tagReferencesAt;
  const transitionCounts = new Uint32Array(numTags + EDGE_LABELS);
  for (const cell of cells) transitionCounts[Math.floor(cell / numTags)]++;
  writeReferences(file, 'LFRF', transitionCounts, numTags, stateWeights.length);
  const stateCounts = new Uint32Array(attributes.size);
  for (let a = 0; a < attributes.size; a++) stateCounts[a] = rowOffsets[a + 1] - rowOffsets[a];
  writeReferences(file, 'AFRF', stateCounts, attributes.size, 0);
  return file.bytes;
}

function writeFeature(file: FileWriter, type: number, source: number, target: number, weight: number): void {
  file.u32(type);
  file.u32(source);
  file.u32(target);
  file.f64(weight);
}

/**
 * A chunk of references: for each of the first `listed` sources a list of its features, which are numbered one after the other from
 * `firstFeature` on; the others have no list.
 */
function writeReferences(
  file: FileWriter,
  chunk: 'LFRF' | 'AFRF',
  counts: Uint32Array,
  listed: number,
  firstFeature: number,
): void {
  const lists = file.at + CHUNK_BYTES + 4 * counts.length;
  const features = counts.reduce((sum, count) => sum + count, 0);
  file.text(chunk);
  file.u32(CHUNK_BYTES + 4 * (counts.length + listed + features));
  file.u32(counts.length);
  for (let source = 0, at = lists; source < counts.length; source++) {
    file.u32(source < listed ? at : 0);
    at += 4 * (1 + counts[source]);
  }
  for (let source = 0, feature = firstFeature; source < listed; source++) {
    file.u32(counts[source]);
    for (let k = 0; k < counts[source]; k++) file.u32(feature++);
  }
}

function namesOf(tags: readonly string[]): Names {
  const bytes = new Uint8Array(tags.reduce((sum, tag) => sum + tag.length * BYTES_PER_UNIT, 0));
  const offsets = new Uint32Array(tags.length + 1);
  for (const [id, tag] of tags.entries()) offsets[id + 1] = encodeInto(tag, bytes, offsets[id]);
  return { bytes, offsets };
}

/** A name ends with a zero in the file and is UTF-8. */
function checkNames(what: string, { bytes, offsets }: Names, nameOf: (id: number) => string): void {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  for (let id = 0; id + 1 < offsets.length; id++) {
    const name = bytes.subarray(offsets[id], offsets[id + 1]);
    if (name.includes(0)) {
      const expected = `the name of each ${what} to be without the character U+0000, where CRFsuite's names end`;
      throw new CrfInputError(`toCrfsuite: expected ${expected}, got ${show(nameOf(id))}`);
    }
    try {
      decoder.decode(name);
    } catch {
      const expected = `the name of each ${what} to be well-formed Unicode`;
      throw new CrfInputError(`toCrfsuite: expected ${expected}, got ${show(nameOf(id))}`);
    }
  }
}

function alignedUnlessTooLarge(size: number): number {
  if (size <= MAX_BYTES) return aligned(size) >>> 0;
  throw new RangeError(`toCrfsuite: expected a file of at most ${MAX_BYTES} bytes, got ${size}`);
}
