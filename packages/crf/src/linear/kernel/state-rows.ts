import type { Corpus } from '../corpus.js';
import type { FeatureSet } from '../features.js';

/** Tags are handled four at a time, so rows of tags are padded to a multiple of four. */
export const padded = (numTags: number): number => (numTags + 3) & ~3;

/**
 * The state features of a training set, arranged for the two loops in which training spends its time: the scores of each
 * token's tags, and the gradient from their probabilities.
 *
 * An attribute that has weights for a third of the tags or more gets a dense row of `stride` weights: four tags of all a
 * token's dense rows are summed in registers, without a tag number to look up, which is about three times as fast per
 * weight. So dense rows take at most three times the room of their weights. Most attributes are rare and have one weight
 * only: they stand in the token's list by that weight's number and tag. What lies between stays a compressed row.
 */
export interface StateRows {
  /** Takes over weights [numFeatures] for the calls that follow, and forgets the last gradient. */
  load(weights: Float64Array): void;
  /** scores [tokens * stride] = the state scores of tokens `from` to `to`; the padding gets 0. */
  score(from: number, to: number, scores: Float64Array): void;
  /** Adds probabilities [tokens * stride] of tokens `from` to `to` to the gradient. */
  addExpectations(from: number, to: number, probabilities: Float64Array, gradient: Float64Array): void;
  /** Adds what was kept in dense rows to gradient [numFeatures]. */
  collect(gradient: Float64Array): void;
}

/** The attributes of each token that are arranged in one of the three ways, with their values unless all are 1. */
interface Items {
  /** [numTokens + 1] */
  readonly offsets: Int32Array;
  /** Dense: where the row starts in the dense weights. Single: the number of the feature. Compressed: of the attribute. */
  readonly places: Int32Array;
  readonly values: Float64Array | undefined;
}

const NONE = 0; // no feature (minfreq)
const SINGLE = 1;
const COMPRESSED = 2;
const DENSE = 3;

export function arrangeStateRows(corpus: Corpus, features: FeatureSet): StateRows {
  const { numTags, numAttributes, rowOffsets, rowTags } = features;
  const stride = padded(numTags);

  const kinds = new Uint8Array(numAttributes); // [numAttributes]
  const places = new Int32Array(numAttributes); // [numAttributes], as in `Items`
  let denseSize = 0;
  for (let a = 0; a < numAttributes; a++) {
    const size = rowOffsets[a + 1] - rowOffsets[a];
    if (size === 0) {
      kinds[a] = NONE;
    } else if (size * 3 >= stride) {
      kinds[a] = DENSE;
      places[a] = denseSize;
      denseSize += stride;
    } else {
      kinds[a] = size === 1 ? SINGLE : COMPRESSED;
      places[a] = size === 1 ? rowOffsets[a] : a;
    }
  }
  const items = sortItems(corpus, kinds, places);
  const dense = items[DENSE];
  const single = items[SINGLE];
  const compressed = items[COMPRESSED];
  const singleTags = Uint16Array.from(single.places, (feature) => rowTags[feature]);
  const denseWeights = new Float64Array(denseSize);
  const denseGradient = new Float64Array(denseSize);
  let weights = new Float64Array(0);

  return {
    load(newWeights) {
      weights = newWeights as Float64Array<ArrayBuffer>;
      for (let a = 0; a < numAttributes; a++) {
        if (kinds[a] !== DENSE) continue;
        for (let r = rowOffsets[a]; r < rowOffsets[a + 1]; r++) {
          denseWeights[places[a] + rowTags[r]] = weights[r];
        }
      }
      denseGradient.fill(0);
    },
    score(from, to, scores) {
      scoreDense(dense, denseWeights, stride, from, to, scores);
      scoreSingle(single, singleTags, weights, stride, from, to, scores);
      scoreCompressed(compressed, weights, rowOffsets, rowTags, stride, from, to, scores);
    },
    addExpectations(from, to, probabilities, gradient) {
      addDense(dense, denseGradient, stride, from, to, probabilities);
      addSingle(single, singleTags, gradient, stride, from, to, probabilities);
      addCompressed(compressed, gradient, rowOffsets, rowTags, stride, from, to, probabilities);
    },
    collect(gradient) {
      for (let a = 0; a < numAttributes; a++) {
        if (kinds[a] !== DENSE) continue;
        for (let r = rowOffsets[a]; r < rowOffsets[a + 1]; r++) {
          gradient[r] += denseGradient[places[a] + rowTags[r]];
        }
      }
    },
  };
}

/** The attributes of each token, by kind; `NONE` is left empty. */
function sortItems(corpus: Corpus, kinds: Uint8Array, placeOf: Int32Array): Items[] {
  const { numTokens, tokenOffsets, attributeIds, attributeValues } = corpus;
  const counts = [0, 0, 0, 0];
  for (let i = 0; i < attributeIds.length; i++) counts[kinds[attributeIds[i]]]++;
  counts[NONE] = 0;
  const items = counts.map((count) => ({
    offsets: new Int32Array(numTokens + 1),
    places: new Int32Array(count),
    values: attributeValues && new Float64Array(count),
  }));
  const ends = [0, 0, 0, 0];
  for (let t = 0; t < numTokens; t++) {
    for (let i = tokenOffsets[t]; i < tokenOffsets[t + 1]; i++) {
      const attribute = attributeIds[i];
      const kind = kinds[attribute];
      if (kind === NONE) continue;
      const { places, values } = items[kind];
      const end = ends[kind]++;
      places[end] = placeOf[attribute];
      if (values && attributeValues) values[end] = attributeValues[i];
    }
    for (let kind = SINGLE; kind <= DENSE; kind++) items[kind].offsets[t + 1] = ends[kind];
  }
  return items;
}

function scoreDense(
  { offsets, places, values }: Items,
  rows: Float64Array, // [denseSize]
  stride: number,
  from: number,
  to: number,
  scores: Float64Array, // [(to - from) * stride]
): void {
  for (let t = from, o = 0; t < to; t++, o += stride) {
    const first = offsets[t];
    const end = offsets[t + 1];
    for (let j = 0; j < stride; j += 4) {
      let s0 = 0;
      let s1 = 0;
      let s2 = 0;
      let s3 = 0;
      if (values === undefined) {
        for (let i = first; i < end; i++) {
          const q = places[i] + j;
          s0 += rows[q];
          s1 += rows[q + 1];
          s2 += rows[q + 2];
          s3 += rows[q + 3];
        }
      } else {
        for (let i = first; i < end; i++) {
          const q = places[i] + j;
          const value = values[i];
          s0 += value * rows[q];
          s1 += value * rows[q + 1];
          s2 += value * rows[q + 2];
          s3 += value * rows[q + 3];
        }
      }
      scores[o + j] = s0;
      scores[o + j + 1] = s1;
      scores[o + j + 2] = s2;
      scores[o + j + 3] = s3;
    }
  }
}

function scoreSingle(
  { offsets, places, values }: Items,
  tags: Uint16Array, // [places]
  weights: Float64Array, // [numFeatures]
  stride: number,
  from: number,
  to: number,
  scores: Float64Array, // [(to - from) * stride]
): void {
  for (let t = from, o = 0; t < to; t++, o += stride) {
    for (let i = offsets[t], end = offsets[t + 1]; i < end; i++) {
      const weight = weights[places[i]];
      scores[o + tags[i]] += values === undefined ? weight : values[i] * weight;
    }
  }
}

function scoreCompressed(
  { offsets, places, values }: Items,
  weights: Float64Array, // [numFeatures]
  rowOffsets: Int32Array,
  rowTags: Uint16Array,
  stride: number,
  from: number,
  to: number,
  scores: Float64Array, // [(to - from) * stride]
): void {
  for (let t = from, o = 0; t < to; t++, o += stride) {
    for (let i = offsets[t], end = offsets[t + 1]; i < end; i++) {
      const attribute = places[i];
      const value = values === undefined ? 1 : values[i];
      for (let r = rowOffsets[attribute], rowEnd = rowOffsets[attribute + 1]; r < rowEnd; r++) {
        scores[o + rowTags[r]] += value * weights[r];
      }
    }
  }
}

function addDense(
  { offsets, places, values }: Items,
  rows: Float64Array, // [denseSize]
  stride: number,
  from: number,
  to: number,
  probabilities: Float64Array, // [(to - from) * stride]
): void {
  for (let t = from, o = 0; t < to; t++, o += stride) {
    const first = offsets[t];
    const end = offsets[t + 1];
    for (let j = 0; j < stride; j += 4) {
      const p0 = probabilities[o + j];
      const p1 = probabilities[o + j + 1];
      const p2 = probabilities[o + j + 2];
      const p3 = probabilities[o + j + 3];
      if (values === undefined) {
        for (let i = first; i < end; i++) {
          const q = places[i] + j;
          rows[q] += p0;
          rows[q + 1] += p1;
          rows[q + 2] += p2;
          rows[q + 3] += p3;
        }
      } else {
        for (let i = first; i < end; i++) {
          const q = places[i] + j;
          const value = values[i];
          rows[q] += value * p0;
          rows[q + 1] += value * p1;
          rows[q + 2] += value * p2;
          rows[q + 3] += value * p3;
        }
      }
    }
  }
}

function addSingle(
  { offsets, places, values }: Items,
  tags: Uint16Array, // [places]
  gradient: Float64Array, // [numFeatures]
  stride: number,
  from: number,
  to: number,
  probabilities: Float64Array, // [(to - from) * stride]
): void {
  for (let t = from, o = 0; t < to; t++, o += stride) {
    for (let i = offsets[t], end = offsets[t + 1]; i < end; i++) {
      const probability = probabilities[o + tags[i]];
      gradient[places[i]] += values === undefined ? probability : values[i] * probability;
    }
  }
}

function addCompressed(
  { offsets, places, values }: Items,
  gradient: Float64Array, // [numFeatures]
  rowOffsets: Int32Array,
  rowTags: Uint16Array,
  stride: number,
  from: number,
  to: number,
  probabilities: Float64Array, // [(to - from) * stride]
): void {
  for (let t = from, o = 0; t < to; t++, o += stride) {
    for (let i = offsets[t], end = offsets[t + 1]; i < end; i++) {
      const attribute = places[i];
      const value = values === undefined ? 1 : values[i];
      for (let r = rowOffsets[attribute], rowEnd = rowOffsets[attribute + 1]; r < rowEnd; r++) {
        gradient[r] += value * probabilities[o + rowTags[r]];
      }
    }
  }
}
