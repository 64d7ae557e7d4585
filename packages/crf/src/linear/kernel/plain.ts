import type { Breathe } from '../breathe.js';
import type { Corpus } from '../corpus.js';
import type { FeatureSet } from '../features.js';
import { chainPass } from './chain-pass.js';
import { plainVectors } from '../optimize/vectors.js';
import type { TrainingKernel } from './kernel.js';
import { arrangeStateRows, padded } from './state-rows.js';

/** How many tokens are worked on between two looks at the clock. */
const TOKENS_PER_LOOK = 2000;

/** The kernel in plain TypeScript, on one thread: the reference for every other, and what runs where they cannot. */
export function plainKernel(corpus: Corpus, features: FeatureSet): TrainingKernel {
  const { numTags, numFeatures, numStateFeatures, transitionCells, observed } = features;
  const { numSequences, sequenceOffsets, tags, weights: counts } = corpus;
  const stride = padded(numTags);
  const rows = arrangeStateRows(corpus, features);
  const maxLength = longest(corpus);
  const chain = chainPass(numTags, maxLength);
  const transitions = new Float64Array(numTags * numTags); // [from * numTags + to]; 0 where there is no feature
  const scores = new Float64Array(maxLength * stride); // [t * stride + tag]

  function addSequence(sequence: number, gradient: Float64Array): number {
    const from = sequenceOffsets[sequence];
    const to = sequenceOffsets[sequence + 1];
    rows.score(from, to, scores);
    let path = 0;
    for (let t = from, o = 0; t < to; t++, o += stride) {
      path += scores[o + tags[t]];
      if (t > from) path += transitions[tags[t - 1] * numTags + tags[t]];
    }
    const count = counts ? counts[sequence] : 1;
    const logPartition = chain.run(to - from, scores, count);
    if (count !== 1) for (let i = 0, end = (to - from) * stride; i < end; i++) scores[i] *= count;
    rows.addExpectations(from, to, scores, gradient);
    return count * (logPartition - path);
  }

  return {
    name: 'plain',
    threads: 1,
    notes: [],
    vectors: plainVectors(numFeatures),
    async lossAndGradient(weights: Float64Array, gradient: Float64Array, breathe: Breathe) {
      rows.load(weights);
      for (let k = 0; k < transitionCells.length; k++) {
        transitions[transitionCells[k]] = weights[numStateFeatures + k];
      }
      if (!chain.begin(transitions)) return NaN;
      for (let k = 0; k < numFeatures; k++) gradient[k] = -observed[k];
      let loss = 0;
      let look = TOKENS_PER_LOOK;
      for (let s = 0; s < numSequences; s++) {
        loss += addSequence(s, gradient);
        if (sequenceOffsets[s + 1] >= look) {
          look = sequenceOffsets[s + 1] + TOKENS_PER_LOOK;
          const pause = breathe();
          if (pause !== undefined) await pause;
        }
      }
      rows.collect(gradient);
      const expected = chain.expectedTransitions();
      for (let k = 0; k < transitionCells.length; k++) {
        gradient[numStateFeatures + k] += expected[transitionCells[k]];
      }
      return loss;
    },
    close() {
      // Nothing but memory is held.
    },
  };
}

/** The most tokens in a sequence. */
function longest({ numSequences, sequenceOffsets }: Corpus): number {
  let most = 0;
  for (let s = 0; s < numSequences; s++) most = Math.max(most, sequenceOffsets[s + 1] - sequenceOffsets[s]);
  return most;
}
