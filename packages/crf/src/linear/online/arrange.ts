import type { Corpus } from '../corpus.js';
import type { FeatureSet } from '../features.js';
import { padded } from '../kernel/state-rows.js';

/**
 * A training set and its weights as the trainers want them that go through it sequence by sequence and change weights after
 * each. The weights stand in one array:
 *
 * - dense rows, `stride` weights each, of the attributes that have a feature for every tag: four tags at a time are scored
 *   and changed, and as a row's padding gets only zeros added, it stays 0;
 * - compressed rows of the other attributes, one after the other, with the tag of each weight beside them;
 * - transitions, [from * stride + to]; cells that are no features stay 0.
 */
export interface Arrangement {
  readonly numTags: number;
  readonly stride: number;
  readonly maxLength: number;
  /** [numSequences + 1], in tokens. */
  readonly sequenceOffsets: Int32Array;
  /** [numTokens] */
  readonly tags: Int32Array;
  readonly dense: Items;
  readonly compressed: Items;
  readonly denseRows: number;
  readonly compressedRows: number;
  /** [compressedRows + 1], in `weights`: where each compressed row begins. */
  readonly rowStarts: Int32Array;
  /** [compressed weights]: the tag of each; that of `weights[rowStarts[0] + i]` is at `i`. */
  readonly rowTags: Uint16Array;
  /** Where the transitions begin in `weights`. */
  readonly transitionStart: number;
  /** [transition features], from * stride + to. */
  readonly transitionCells: Int32Array;
  readonly weights: Float64Array;
  /** [numFeatures]: where the weight of each feature is in `weights`. */
  readonly places: Int32Array;
}

/** The attributes of each token that have one kind of row, with their values unless all are 1. */
export interface Items {
  /** [numTokens + 1] */
  readonly offsets: Int32Array;
  /** The number of the row, among those of its kind. */
  readonly rows: Int32Array;
  readonly values: Float64Array | undefined;
}

const NONE = 0;
const COMPRESSED = 1;
const DENSE = 2;

export function arrange(corpus: Corpus, features: FeatureSet): Arrangement {
  const { numSequences, numTokens, tokenOffsets, attributeIds, attributeValues } = corpus;
  const { numTags, numAttributes, numFeatures, numStateFeatures, rowOffsets } = features;
  const stride = padded(numTags);

  const kinds = new Uint8Array(numAttributes); // [numAttributes]
  const rowOf = new Int32Array(numAttributes); // [numAttributes], among the rows of its kind
  const counts = [0, 0, 0];
  for (let a = 0; a < numAttributes; a++) {
    const size = rowOffsets[a + 1] - rowOffsets[a];
    kinds[a] = size === 0 ? NONE : size === numTags ? DENSE : COMPRESSED;
    rowOf[a] = counts[kinds[a]]++;
  }
  const [, compressedRows, denseRows] = counts;
  const compressedSize = numStateFeatures - denseRows * numTags;

  const occurrences = [0, 0, 0];
  for (let i = 0; i < attributeIds.length; i++) occurrences[kinds[attributeIds[i]]]++;
  const itemsOf = (kind: number): Items => ({
    offsets: new Int32Array(numTokens + 1),
    rows: new Int32Array(occurrences[kind]),
    values: attributeValues && new Float64Array(occurrences[kind]),
  });
  const compressed = itemsOf(COMPRESSED);
  const dense = itemsOf(DENSE);
  let compressedEnd = 0;
  let denseEnd = 0;
  for (let t = 0; t < numTokens; t++) {
    for (let i = tokenOffsets[t]; i < tokenOffsets[t + 1]; i++) {
      const attribute = attributeIds[i];
      const kind = kinds[attribute];
      if (kind === NONE) continue;
      const [items, end] = kind === DENSE ? [dense, denseEnd++] : [compressed, compressedEnd++];
      items.rows[end] = rowOf[attribute];
      if (items.values && attributeValues) items.values[end] = attributeValues[i];
    }
    compressed.offsets[t + 1] = compressedEnd;
    dense.offsets[t + 1] = denseEnd;
  }

  const rowStarts = new Int32Array(compressedRows + 1);
  const rowTags = new Uint16Array(compressedSize);
  const places = new Int32Array(numFeatures); // [numFeatures]
  const compressedStart = denseRows * stride;
  let end = compressedStart;
  rowStarts[0] = end;
  for (let a = 0; a < numAttributes; a++) {
    for (let r = rowOffsets[a]; r < rowOffsets[a + 1]; r++) {
      if (kinds[a] === DENSE) {
        places[r] = rowOf[a] * stride + features.rowTags[r];
      } else {
        rowTags[end - compressedStart] = features.rowTags[r];
        places[r] = end++;
      }
    }
    if (kinds[a] === COMPRESSED) rowStarts[rowOf[a] + 1] = end;
  }
  // Rows of transitions begin where four numbers may be read at once.
  const transitionStart = padded(end);
  const transitionCells = new Int32Array(features.transitionCells.length);
  for (let k = 0; k < transitionCells.length; k++) {
    const cell = features.transitionCells[k];
    transitionCells[k] = Math.floor(cell / numTags) * stride + (cell % numTags);
    places[numStateFeatures + k] = transitionStart + transitionCells[k];
  }

  const sequenceOffsets = corpus.sequenceOffsets.slice();
  const tags = corpus.tags.slice();
  let maxLength = 0;
  for (let s = 0; s < numSequences; s++) {
    maxLength = Math.max(maxLength, sequenceOffsets[s + 1] - sequenceOffsets[s]);
  }
  return {
    numTags,
    stride,
    maxLength,
    sequenceOffsets,
    tags,
    dense,
    compressed,
    denseRows,
    compressedRows,
    rowStarts,
    rowTags,
    transitionStart,
    transitionCells,
    weights: new Float64Array(transitionStart + numTags * stride),
    places,
  };
}
