import type { Corpus } from './corpus.js';
import { GrowableFloat64, GrowableInt32 } from './growable.js';
import type { ModelWeights } from './weights.js';

/** Which features a model gets, by CRFsuite's rules. */
export interface FeatureRules {
  /** Features seen less often than this (by the sum of attribute values, times weights of sequences) are left out, transitions too. */
  readonly minFrequency: number;
  /** Also pairs of an attribute and a tag that never came together. */
  readonly possibleStates: boolean;
  /** Also transitions that never came. */
  readonly possibleTransitions: boolean;
}

/**
 * The features of a model, in CRFsuite's order: state features (attribute, tag) by attribute, then tag; then transition
 * features (from, to). A feature's number is its place in that order, so the features of an attribute are a run of numbers.
 */
export interface FeatureSet {
  readonly numTags: number;
  readonly numAttributes: number;
  readonly numStateFeatures: number;
  readonly numFeatures: number;
  /** [numAttributes + 1]: state features of attribute `a` are rowOffsets[a] .. rowOffsets[a + 1]. */
  readonly rowOffsets: Int32Array;
  /** [numStateFeatures]: the tag of each. */
  readonly rowTags: Uint16Array;
  /** [numFeatures - numStateFeatures]: from * numTags + to of each transition feature. */
  readonly transitionCells: Int32Array;
  /** [numFeatures]: how often each was seen, as that sum: the observed expectations. */
  readonly observed: Float64Array;
}

/**
 * Generates the features of a corpus. Frequencies are sums of attribute values times the weights of their sequences; with
 * `possibleStates` or `possibleTransitions` those never seen have frequency 0, and `minFrequency` drops them as any other. The features of `kept`, a model whose tags
 * and attributes come first among those here, are features in any case.
 */
export function generateFeatures(
  corpus: Corpus,
  numAttributes: number,
  numTags: number,
  rules: FeatureRules,
  kept?: ModelWeights,
): FeatureSet {
  const { minFrequency, possibleStates, possibleTransitions } = rules;
  const { numSequences, sequenceOffsets, tokenOffsets, attributeIds, attributeValues, tags, weights } =
    corpus;

  // The corpus transposed by counting: for each attribute its occurrences, in order.
  const starts = new Int32Array(numAttributes + 1); // [numAttributes + 1]
  for (let i = 0; i < attributeIds.length; i++) starts[attributeIds[i] + 1]++;
  for (let a = 0; a < numAttributes; a++) starts[a + 1] += starts[a];
  const next = starts.slice(0, numAttributes);
  const occurrenceTags = new Uint16Array(attributeIds.length);
  const occurrenceValues = (attributeValues ?? weights) && new Float64Array(attributeIds.length);
  for (let s = 0; s < numSequences; s++) {
    const weight = weights ? weights[s] : 1;
    for (let t = sequenceOffsets[s]; t < sequenceOffsets[s + 1]; t++) {
      for (let i = tokenOffsets[t]; i < tokenOffsets[t + 1]; i++) {
        const place = next[attributeIds[i]]++;
        occurrenceTags[place] = tags[t];
        if (occurrenceValues)
          occurrenceValues[place] = attributeValues ? weight * attributeValues[i] : weight;
      }
    }
  }

  const rowOffsets = new Int32Array(numAttributes + 1);
  const rowTags = new GrowableInt32();
  const observed = new GrowableFloat64();
  const frequency = new Float64Array(numTags);
  const seen = new Uint8Array(numTags);
  for (let a = 0; a < numAttributes; a++) {
    seen.fill(possibleStates ? 1 : 0);
    frequency.fill(0);
    for (let i = starts[a]; i < starts[a + 1]; i++) {
      seen[occurrenceTags[i]] = 1;
      frequency[occurrenceTags[i]] += occurrenceValues ? occurrenceValues[i] : 1;
    }
    const keptEnd = kept && a < kept.attributes.size ? kept.rowOffsets[a + 1] : 0;
    let keptAt = keptEnd > 0 && kept ? kept.rowOffsets[a] : 0;
    for (let tag = 0; tag < numTags; tag++) {
      const isKept = keptAt < keptEnd && kept?.rowTags[keptAt] === tag;
      if (isKept) keptAt++;
      else if (seen[tag] === 0 || frequency[tag] < minFrequency) continue;
      rowTags.push(tag);
      observed.push(frequency[tag]);
    }
    rowOffsets[a + 1] = rowTags.length;
  }

  const transitionCells = new GrowableInt32();
  const { counts, came } = countTransitions(corpus, numTags);
  for (let cell = 0; cell < counts.length; cell++) {
    const isNew = (came[cell] > 0 || possibleTransitions) && counts[cell] >= minFrequency;
    if (!isNew && !hasTransition(kept, cell, numTags)) continue;
    transitionCells.push(cell);
    observed.push(counts[cell]);
  }

  return {
    numTags,
    numAttributes,
    numStateFeatures: rowTags.length,
    numFeatures: rowTags.length + transitionCells.length,
    rowOffsets,
    rowTags: Uint16Array.from(rowTags.view()),
    transitionCells: transitionCells.view().slice(),
    observed: observed.view().slice(),
  };
}

/** Whether a model has a weight for the transition `cell`, from * numTags + to. */
function hasTransition(model: ModelWeights | undefined, cell: number, numTags: number): boolean {
  if (model === undefined) return false;
  const size = model.tags.length;
  const from = Math.floor(cell / numTags);
  const to = cell % numTags;
  return from < size && to < size && model.transitions[from * size + to] !== 0;
}

/** [numTags * numTags] each: how often `to` followed `from`, by weight, and whether it did at all. */
function countTransitions(corpus: Corpus, numTags: number): { counts: Float64Array; came: Uint8Array } {
  const { sequenceOffsets, tags, numSequences, weights } = corpus;
  const counts = new Float64Array(numTags * numTags);
  const came = new Uint8Array(numTags * numTags);
  for (let s = 0; s < numSequences; s++) {
    const weight = weights ? weights[s] : 1;
    for (let t = sequenceOffsets[s] + 1; t < sequenceOffsets[s + 1]; t++) {
      const cell = tags[t - 1] * numTags + tags[t];
      counts[cell] += weight;
      came[cell] = 1;
    }
  }
  return { counts, came };
}
