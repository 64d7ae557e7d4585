import type { Corpus } from '../../corpus.js';
import type { FeatureSet } from '../../features.js';

/**
 * How the weights of an attribute lie in the table that the kernels read:
 *
 * - `DENSE`: a row of `stride` weights, one a tag; those that are no features stay 0. A row takes as many loads as it has pairs of
 *   tags and no number of a tag to look up. For attributes that have features for at least a third of the tags, and for all with two
 *   features or more where there are no more than 8 tags, since then a row is a cache line or less.
 * - `SPARSE`: a compressed row, weights and beside them their tags. For the rest of the attributes.
 * - `LONE`: one weight, of an attribute that only ever comes with one tag. At each of its tokens it speaks for the token's own tag.
 * - `ONCE`: the same for an attribute that comes once in all. These lie in the order of tokens, so that no list names them, and no
 *   two threads meet at one.
 * - `NONE`: no feature (left out by `feature.minfreq`).
 *
 * In most corpora nine attributes of ten are `LONE` or `ONCE`, and the dense rows of the others fit into the cache.
 */
export const NONE = 0;
export const DENSE = 1;
export const SPARSE = 2;
export const LONE = 3;
export const ONCE = 4;

/** Up to so many tags every row of two features or more is dense. */
const ALWAYS_DENSE = 8;
/** Beyond that: dense if the row has one feature for so many tags. */
const TAGS_A_FEATURE = 3;

export interface Arrangement {
  /** numTags, padded to an even number. */
  readonly stride: number;
  /** [numAttributes]: one of the above. */
  readonly kinds: Uint8Array;
  /** [numAttributes]: dense: the place of the row in the table; sparse: the number of the row; lone: the place of the weight. */
  readonly placeOf: Uint32Array;
  /** Attributes of all tokens by kind. */
  readonly occurrences: readonly number[];
  readonly sparseRows: number;
  readonly sparseWeights: number;
  /** Where the dense rows end, and the lone weights begin. */
  readonly denseEnd: number;
  /** Where the compressed rows begin in the table, and where the weights of attributes that come once do. */
  readonly sparseBase: number;
  readonly onceBase: number;
  /** Places in the table. */
  readonly size: number;
}

/** Decides where each weight lies. Dense rows come after a row of transitions for each tag. */
export function arrange(corpus: Corpus, features: FeatureSet): Arrangement {
  const { numTags, numAttributes, rowOffsets } = features;
  const { attributeIds } = corpus;
  const stride = numTags + (numTags & 1);
  const kinds = new Uint8Array(numAttributes);
  const counts = new Uint32Array(numAttributes);
  for (let i = 0; i < attributeIds.length; i++) counts[attributeIds[i]]++;
  for (let a = 0; a < numAttributes; a++) {
    const size = rowOffsets[a + 1] - rowOffsets[a];
    if (size === 0) kinds[a] = NONE;
    else if (size === 1) kinds[a] = counts[a] === 1 ? ONCE : LONE;
    else kinds[a] = stride <= ALWAYS_DENSE || size * TAGS_A_FEATURE >= stride ? DENSE : SPARSE;
  }
  unlone(corpus, features, kinds);

  const occurrences = [0, 0, 0, 0, 0];
  const placeOf = new Uint32Array(numAttributes);
  let place = numTags * stride;
  for (let a = 0; a < numAttributes; a++) {
    occurrences[kinds[a]] += counts[a];
    if (kinds[a] !== DENSE) continue;
    placeOf[a] = place;
    place += stride;
  }
  const denseEnd = place;
  for (let a = 0; a < numAttributes; a++) if (kinds[a] === LONE) placeOf[a] = place++;
  const sparseBase = place;
  let sparseRows = 0;
  for (let a = 0; a < numAttributes; a++) {
    if (kinds[a] !== SPARSE) continue;
    placeOf[a] = sparseRows++;
    place += rowOffsets[a + 1] - rowOffsets[a];
  }
  return {
    stride,
    kinds,
    placeOf,
    occurrences,
    sparseRows,
    sparseWeights: place - sparseBase,
    denseEnd,
    sparseBase,
    onceBase: place,
    size: place + occurrences[ONCE],
  };
}

/** An attribute with one feature that comes with other tags, too (`feature.minfreq`), is sparse. */
function unlone(corpus: Corpus, features: FeatureSet, kinds: Uint8Array): void {
  const { numTokens, tokenOffsets, attributeIds, tags } = corpus;
  const { rowOffsets, rowTags } = features;
  for (let t = 0; t < numTokens; t++) {
    for (let i = tokenOffsets[t]; i < tokenOffsets[t + 1]; i++) {
      const a = attributeIds[i];
      if (kinds[a] >= LONE && rowTags[rowOffsets[a]] !== tags[t]) kinds[a] = SPARSE;
    }
  }
}
