import type { Tensor } from '@tensorflow/tfjs-core';
import {
  forwardBackward,
  LatticeWorkspace,
  prepareTransitions,
  viterbi,
  type PreparedLattice,
} from '../lattice/index.js';
import {
  inSentence,
  readLayout,
  transitionValues,
  valuesOf,
  type BatchLayout,
  type CrfBatchOptions,
  type CrfTransitions,
} from './batch.js';

/** The best tagging of each sentence of a batch. */
export interface CrfDecoding {
  /** One tag a row of the emissions; -1 for rows of padding. */
  readonly tags: Int32Array;
  /** `[sentences]`: the score of each sentence's tags. */
  readonly scores: Float64Array;
}

/**
 * One lattice a sentence of a batch: for k-best, span marginals, sampling and whatever else the main entry does with a
 * lattice. Transitions are prepared once, under the mask; the emissions of all are views of one copy on the host.
 *
 * @param emissions `[sum of lengths, numTags]`, or padded: `[sentences, longest, numTags]`
 * @throws RangeError for shapes that do not fit, and for transitions that are NaN or +Infinity
 */
export function crfLattices(
  emissions: Tensor,
  lengths: ArrayLike<number>,
  scores: CrfTransitions,
  options: CrfBatchOptions = {},
): PreparedLattice[] {
  return latticesOf(readLayout(emissions, lengths, scores), emissions, scores, options);
}

function latticesOf(
  { numTags, lengths, starts }: BatchLayout,
  emissions: Tensor,
  scores: CrfTransitions,
  { mask }: CrfBatchOptions,
): PreparedLattice[] {
  const transitions = prepareTransitions(transitionValues(numTags, scores), mask);
  const values = valuesOf(emissions);
  return Array.from(lengths, (length, sentence) => {
    const at = starts[sentence] * numTags;
    return { length, emissions: values.subarray(at, at + length * numTags), transitions };
  });
}

/**
 * The best tagging of each sentence (Viterbi).
 *
 * @param emissions `[sum of lengths, numTags]`, or padded: `[sentences, longest, numTags]`
 * @throws RangeError for shapes that do not fit, and for scores that are NaN or +Infinity; NoPathError where the mask leaves a
 *   sentence no tagging
 */
export function crfDecode(
  emissions: Tensor,
  lengths: ArrayLike<number>,
  scores: CrfTransitions,
  options: CrfBatchOptions = {},
): CrfDecoding {
  const layout = readLayout(emissions, lengths, scores);
  const workspace = new LatticeWorkspace();
  const tags = new Int32Array(layout.rows).fill(-1);
  const best = new Float64Array(layout.lengths.length);
  latticesOf(layout, emissions, scores, options).forEach((lattice, sentence) => {
    const path = inSentence(sentence, () => viterbi(lattice, undefined, workspace));
    tags.set(path.tags, layout.starts[sentence]);
    best[sentence] = path.score;
  });
  return { tags, scores: best };
}

/**
 * The probability of each tag for each token.
 *
 * @param emissions `[sum of lengths, numTags]`, or padded: `[sentences, longest, numTags]`
 * @returns `[row * numTags + tag]`; 0 in rows of padding
 * @throws as {@link crfDecode}
 */
export function crfMarginals(
  emissions: Tensor,
  lengths: ArrayLike<number>,
  scores: CrfTransitions,
  options: CrfBatchOptions = {},
): Float64Array {
  const layout = readLayout(emissions, lengths, scores);
  const { numTags, starts } = layout;
  const workspace = new LatticeWorkspace();
  const out = new Float64Array(layout.rows * numTags);
  latticesOf(layout, emissions, scores, options).forEach((lattice, sentence) => {
    const at = starts[sentence] * numTags;
    const marginals = out.subarray(at, at + lattice.length * numTags);
    inSentence(sentence, () => forwardBackward(lattice, { marginals }, undefined, workspace));
  });
  return out;
}
