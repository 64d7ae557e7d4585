import type { Breathe } from './breathe.js';
import type { Corpus } from './corpus.js';
import type { HoldoutResult, TagResult } from './events.js';
import type { FeatureSet } from './features.js';
import { logPartition } from '../lattice/forward-backward.js';
import { prepareTransitions } from '../lattice/prepared-transitions.js';
import { scoreTags } from '../lattice/score-tags.js';
import { viterbi } from '../lattice/viterbi.js';
import { addStateScores } from './state-scores.js';

/** What is counted on held-out data; all results follow from it. */
export interface HoldoutCounts {
  loss: number;
  unknownTagSequences: number;
  correctTokens: number;
  correctSequences: number;
  /** [numTags] each */
  readonly gold: Float64Array;
  readonly predicted: Float64Array;
  readonly correct: Float64Array;
}

/** Tags held-out data with the weights of the moment and counts what is right. */
export async function evaluateHoldout(
  corpus: Corpus,
  features: FeatureSet,
  weights: Float64Array, // [numFeatures]
  breathe: Breathe,
): Promise<HoldoutCounts> {
  const { numTags, numStateFeatures, transitionCells, rowOffsets, rowTags } = features;
  const { numSequences, sequenceOffsets, tokenOffsets, attributeIds, attributeValues } = corpus;
  const transitions = new Float64Array(numTags * numTags);
  for (let k = 0; k < transitionCells.length; k++) {
    transitions[transitionCells[k]] = weights[numStateFeatures + k];
  }
  const prepared = prepareTransitions({ numTags, transitions });

  const gold = new Float64Array(numTags);
  const predicted = new Float64Array(numTags);
  const correct = new Float64Array(numTags);
  let correctTokens = 0;
  let correctSequences = 0;
  let unknownTagSequences = 0;
  let loss = 0;
  for (let s = 0; s < numSequences; s++) {
    const from = sequenceOffsets[s];
    const to = sequenceOffsets[s + 1];
    const goldTags = corpus.tags.subarray(from, to);
    const emissions = new Float64Array((to - from) * numTags);
    for (let t = from; t < to; t++) {
      const o = (t - from) * numTags;
      for (let i = tokenOffsets[t]; i < tokenOffsets[t + 1]; i++) {
        const value = attributeValues ? attributeValues[i] : 1;
        addStateScores(emissions, o, attributeIds[i], value, rowOffsets, rowTags, weights);
      }
    }
    const lattice = { length: to - from, emissions, transitions: prepared };
    if (goldTags.includes(-1)) unknownTagSequences++;
    else loss += logPartition(lattice) - scoreTags(lattice, goldTags);
    const path = viterbi(lattice).tags;
    let right = 0;
    for (let t = 0; t < path.length; t++) {
      predicted[path[t]]++;
      if (goldTags[t] >= 0) gold[goldTags[t]]++;
      if (goldTags[t] !== path[t]) continue;
      correct[path[t]]++;
      right++;
    }
    correctTokens += right;
    if (right === path.length) correctSequences++;
    const pause = breathe();
    if (pause !== undefined) await pause;
  }

  return { loss, unknownTagSequences, correctTokens, correctSequences, gold, predicted, correct };
}

/** The results that follow from counts. */
export function holdoutResult(
  { numTokens, numSequences }: Corpus,
  tags: readonly string[],
  counts: HoldoutCounts,
): HoldoutResult {
  const { loss, unknownTagSequences, correctTokens, correctSequences, gold, predicted, correct } = counts;
  const perTag = tags.map((tag, k): TagResult => {
    const precision = quotient(correct[k], predicted[k]);
    const recall = quotient(correct[k], gold[k]);
    const f1 = quotient(2 * correct[k], predicted[k] + gold[k]);
    return { tag, gold: gold[k], predicted: predicted[k], correct: correct[k], precision, recall, f1 };
  });
  const mean = (field: 'precision' | 'recall' | 'f1') =>
    quotient(
      perTag.reduce((sum, result) => sum + result[field], 0),
      perTag.length,
    );
  return {
    loss,
    unknownTagSequences,
    tokens: numTokens,
    correctTokens,
    tokenAccuracy: quotient(correctTokens, numTokens),
    sequences: numSequences,
    correctSequences,
    sequenceAccuracy: quotient(correctSequences, numSequences),
    perTag,
    macro: { precision: mean('precision'), recall: mean('recall'), f1: mean('f1') },
  };
}

const quotient = (part: number, whole: number): number => (whole === 0 ? 0 : part / whole);
