import { MAX_TAGS } from '../corpus.js';
import { ModelFileError, show } from '../errors.js';
import { GrowableFloat64, GrowableInt32 } from '../growable.js';
import type { ModelWeights } from '../weights.js';
import { readCqdb } from './cqdb.js';
import { FileReader } from './file-reader.js';

/*
 * CRFsuite's model files ("lCRF", written by its first-order model, "FOMC"). All numbers little-endian, all offsets from the
 * start of the file:
 *
 *   header   "lCRF", file size, "FOMC", version 100, 0, labels, attributes, offsets of the five chunks below
 *   FEAT     features: type (0 state, 1 transition), source (attribute or label), target label, weight (f64)
 *   CQDB     names of the labels, and another of the attributes: see cqdb.ts
 *   LFRF     for each label an offset to the numbers of its transition features; two more for edges of a sequence, not used
 *   AFRF     for each attribute an offset to the numbers of its state features
 */

const HEADER_BYTES = 48;
const FEATURE_BYTES = 20;
const STATE = 0;
const TRANSITION = 1;
const VERSION = 100;

/** How `readCrfsuiteModel` reads a file. */
export interface CrfsuiteFileOptions {
  /**
   * How names were encoded when the model was trained, any label that `TextDecoder` knows; CRFsuite itself only sees bytes.
   * Default `utf-8`.
   */
  readonly encoding?: string | undefined;
}

interface Features {
  readonly count: number;
  /** Type, source, target and weight of a feature. */
  readonly type: (feature: number) => number;
  readonly source: (feature: number) => number;
  readonly target: (feature: number) => number;
  readonly weight: (feature: number) => number;
  readonly at: (feature: number) => number;
}

/** Reads a model file of CRFsuite. Damage and malice give a `ModelFileError`; what is allocated is bounded by the file. */
export function readCrfsuiteModel(bytes: Uint8Array, options: CrfsuiteFileOptions = {}): ModelWeights {
  const given: unknown = bytes;
  if (!(given instanceof Uint8Array)) throw new ModelFileError('a Uint8Array', show(given), 0);
  const file = new FileReader(bytes);
  file.text(0, 'lCRF', 'the header of a CRFsuite model');
  file.room(0, HEADER_BYTES, 'the header of a CRFsuite model');
  const size = file.u32(4);
  if (size !== bytes.length) {
    throw new ModelFileError(`a file of ${size} bytes, as its header says`, `${bytes.length} bytes`, 4);
  }
  file.text(8, 'FOMC', 'a first-order model');
  if (file.u32(12) !== VERSION) {
    throw new ModelFileError(`version ${VERSION} of the format`, `${file.u32(12)}`, 12);
  }
  const numTags = file.u32(20);
  const numAttributes = file.u32(24);
  if (numTags < 1 || numTags > MAX_TAGS) {
    throw new ModelFileError(`1 to ${MAX_TAGS} labels`, `${numTags}`, 20);
  }
  const decoder = decoderFor(options.encoding ?? 'utf-8');

  const features = readFeatures(file, file.u32(28));
  const tagTable = readCqdb(file, file.u32(32), numTags, decoder);
  const attributes = readCqdb(file, file.u32(36), numAttributes, decoder);
  const tagReferences = references(file, file.u32(40), 'LFRF', numTags, features, TRANSITION);
  const attributeReferences = references(file, file.u32(44), 'AFRF', numAttributes, features, STATE);

  const transitions = new Float64Array(numTags * numTags);
  for (let from = 0; from < numTags; from++) {
    tagReferences(from, (feature) => {
      transitions[from * numTags + target(features, feature, numTags)] = features.weight(feature);
    });
  }
  return {
    tags: Array.from({ length: numTags }, (_, id) => tagTable.at(id)),
    attributes,
    transitions,
    ...readRows(numAttributes, numTags, features, attributeReferences),
  };
}

function decoderFor(encoding: string): TextDecoder {
  try {
    return new TextDecoder(encoding, { fatal: true, ignoreBOM: true });
  } catch {
    throw new RangeError(`encoding: expected a label that TextDecoder knows, got ${show(encoding)}`);
  }
}

function readFeatures(file: FileReader, at: number): Features {
  file.text(at, 'FEAT', 'the chunk of features');
  file.room(at, 12, 'the chunk of features');
  const count = file.u32(at + 8);
  const first = at + 12;
  file.room(first, count * FEATURE_BYTES, `${count} features`);
  return {
    count,
    at: (feature) => first + feature * FEATURE_BYTES,
    type: (feature) => file.u32(first + feature * FEATURE_BYTES),
    source: (feature) => file.u32(first + feature * FEATURE_BYTES + 4),
    target: (feature) => file.u32(first + feature * FEATURE_BYTES + 8),
    weight: (feature) => {
      const weight = file.f64(first + feature * FEATURE_BYTES + 12);
      if (Number.isFinite(weight)) return weight;
      throw new ModelFileError('a finite weight', `${weight}`, first + feature * FEATURE_BYTES + 12);
    },
  };
}

function target(features: Features, feature: number, numTags: number): number {
  const tag = features.target(feature);
  if (tag < numTags) return tag;
  throw new ModelFileError(`a label from 0 to ${numTags - 1}`, `${tag}`, features.at(feature) + 8);
}

/** Calls `take` with the features that a label or attribute refers to. */
type References = (source: number, take: (feature: number) => void) => void;

function references(
  file: FileReader,
  at: number,
  chunk: 'LFRF' | 'AFRF',
  least: number,
  features: Features,
  type: number,
): References {
  const what = `the chunk ${chunk} of references`;
  file.text(at, chunk, what);
  file.room(at, 12, what);
  const count = file.u32(at + 8);
  if (count < least) throw new ModelFileError(`at least ${least} lists of references`, `${count}`, at + 8);
  file.room(at + 12, count * 4, `${count} lists of references`);
  // Each feature has one source, so lists that overlap or repeat themselves betray a file made to keep the reader busy.
  let left = features.count;
  return (source, take) => {
    const list = file.u32(at + 12 + 4 * source);
    file.room(list, 4, 'a list of references');
    const length = file.u32(list);
    if (length > left) {
      throw new ModelFileError(`at most ${left} more references to features`, `${length}`, list);
    }
    left -= length;
    file.room(list + 4, length * 4, `${length} references`);
    for (let k = 0; k < length; k++) {
      const where = list + 4 + 4 * k;
      const feature = file.u32(where);
      if (feature >= features.count) {
        throw new ModelFileError(`a feature from 0 to ${features.count - 1}`, `${feature}`, where);
      }
      if (features.type(feature) !== type || features.source(feature) !== source) {
        const kind = type === STATE ? 'a state feature of attribute' : 'a transition feature of label';
        throw new ModelFileError(`${kind} ${source}`, 'another', features.at(feature));
      }
      take(feature);
    }
  };
}

/** The state weights by attribute, then tag. */
function readRows(
  numAttributes: number,
  numTags: number,
  features: Features,
  referencesOf: References,
): Pick<ModelWeights, 'rowOffsets' | 'rowTags' | 'stateWeights'> {
  const rowOffsets = new Int32Array(numAttributes + 1);
  const rowTags = new GrowableInt32();
  const stateWeights = new GrowableFloat64();
  const row = new Float64Array(numTags);
  const seen = new Uint8Array(numTags);
  const used: number[] = [];
  for (let a = 0; a < numAttributes; a++) {
    referencesOf(a, (feature) => {
      const tag = target(features, feature, numTags);
      if (seen[tag] === 0) used.push(tag);
      seen[tag] = 1;
      row[tag] += features.weight(feature);
      if (!Number.isFinite(row[tag])) {
        throw new ModelFileError('weights with a finite sum', `${row[tag]}`, features.at(feature));
      }
    });
    used.sort((x, y) => x - y);
    for (const tag of used) {
      rowTags.push(tag);
      stateWeights.push(row[tag]);
      row[tag] = 0;
      seen[tag] = 0;
    }
    used.length = 0;
    rowOffsets[a + 1] = rowTags.length;
  }
  return {
    rowOffsets,
    rowTags: Uint16Array.from(rowTags.view()),
    stateWeights: stateWeights.view().slice(),
  };
}
