import { customGrad, mul, scalar, tensor, type Scalar, type Tensor } from '@tensorflow/tfjs-core';
import {
  forwardBackward,
  LatticeWorkspace,
  prepareTransitions,
  scoreTags,
  type PreparedTransitions,
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

export interface CrfLossOptions extends CrfBatchOptions {
  /** `[sentences]`: what each sentence's loss is multiplied by; 1 for all unless told. */
  readonly weights?: ArrayLike<number> | undefined;
}

/**
 * The negative log-likelihood of a linear-chain CRF: the sum over sentences of `weight * (log Z - score of gold)`, with the
 * analytic gradient (expected minus observed counts; Lafferty et al. 2001) in emissions and transitions.
 *
 * One pass of the lattice functions for each sentence, in double precision on the host, gives value and gradient together:
 * nothing here is made of tensor operations, and scores of ±1e3 are as safe as any. The gradient is that of first order;
 * differentiating it again gives zero.
 *
 * @param emissions `[sum of lengths, numTags]`, sentence after sentence; or padded, `[sentences, longest, numTags]`, where
 *   rows behind a sentence's length are ignored and get the gradient 0
 * @param lengths `[sentences]`; 0 is allowed and adds nothing
 * @param gold one tag a row of `emissions` (those of padding are ignored); -1 where the tag is not known: the likelihood
 *   is then that of all taggings that agree with the tags known
 * @throws RangeError for shapes that do not fit, a tag that is none, a score that is NaN or +Infinity, gold tags that the mask
 *   rules out; NoPathError where no path is allowed. Each says which sentence.
 */
export function crfNegLogLikelihood(
  emissions: Tensor,
  lengths: ArrayLike<number>,
  scores: CrfTransitions,
  gold: ArrayLike<number>,
  options: CrfLossOptions = {},
): Scalar {
  const layout = readLayout(emissions, lengths, scores);
  const count = layout.lengths.length;
  if (gold.length !== layout.rows)
    throw new RangeError(`gold: expected a tag for each of ${layout.rows} rows, got ${gold.length}`);
  const { mask, weights } = options;
  if (weights && weights.length !== count)
    throw new RangeError(`weights: expected one for each of ${count} sentences, got ${weights.length}`);

  const { transitions, start, end } = scores;
  const inputs = [emissions, transitions, ...(start ? [start] : []), ...(end ? [end] : [])];
  const operation = customGrad((...args) => {
    // The last argument saves tensors for the gradient; what it needs stays outside the backend.
    const [emissionTensor, transitionTensor, ...ends] = args.slice(0, inputs.length) as Tensor[];
    const current: CrfTransitions = {
      transitions: transitionTensor,
      ...(start && { start: ends[0] }),
      ...(end && { end: ends[start ? 1 : 0] }),
    };
    const prepared = prepareTransitions(transitionValues(layout.numTags, current), mask);
    const result = lossAndGradient(layout, valuesOf(emissionTensor), prepared, gold, weights);
    return {
      value: scalar(result.loss),
      gradFunc: (dy: Tensor) => {
        const by = (values: Float32Array, like: Tensor): Tensor =>
          mul(tensor(values, like.shape, 'float32'), dy);
        return [
          by(result.emissions, emissions),
          by(result.transitions, transitions),
          ...(start ? [by(result.start, start)] : []),
          ...(end ? [by(result.end, end)] : []),
        ];
      },
    };
  });
  return operation(...inputs) as Scalar;
}

interface LossAndGradient {
  readonly loss: number;
  /** `[row * numTags + tag]` */
  readonly emissions: Float32Array;
  /** `[from * numTags + to]` */
  readonly transitions: Float32Array;
  /** `[numTags]` */
  readonly start: Float32Array;
  /** `[numTags]` */
  readonly end: Float32Array;
}

function lossAndGradient(
  { numTags, lengths, starts, rows }: BatchLayout,
  emissions: Float32Array,
  transitions: PreparedTransitions,
  gold: ArrayLike<number>,
  weights: ArrayLike<number> | undefined,
): LossAndGradient {
  const gradient = new Float32Array(rows * numTags);
  const edges = new Float64Array(numTags * numTags);
  const first = new Float64Array(numTags);
  const last = new Float64Array(numTags);
  const workspace = new LatticeWorkspace();
  let marginals = new Float64Array(0);
  const edgeSums = new Float64Array(numTags * numTags);
  let loss = 0;

  /** Adds `factor` times the log partition of one sentence to the loss, and its gradient to the sums. */
  const addLogPartition = (sentence: number, factor: number, tags: Int32Array | undefined): void => {
    const length = lengths[sentence];
    const at = starts[sentence] * numTags;
    const size = length * numTags;
    if (marginals.length < size) marginals = new Float64Array(2 * size);
    edgeSums.fill(0);
    const lattice = { length, emissions: emissions.subarray(at, at + size), transitions };
    const total = forwardBackward(lattice, { marginals, edgeSums }, tags && { tags }, workspace);
    loss += factor * total;
    for (let p = 0; p < size; p++) gradient[at + p] += factor * marginals[p];
    for (let p = 0; p < edges.length; p++) edges[p] += factor * edgeSums[p];
    for (let tag = 0, p = size - numTags; tag < numTags; tag++, p++) {
      first[tag] += factor * marginals[tag];
      last[tag] += factor * marginals[p];
    }
  };

  /** Subtracts the score of the gold tags, and from the sums what the score consists of. */
  const subtractScore = (sentence: number, factor: number, tags: Int32Array): void => {
    const length = lengths[sentence];
    const at = starts[sentence] * numTags;
    const lattice = { length, emissions: emissions.subarray(at, at + length * numTags), transitions };
    const score = scoreTags(lattice, tags);
    if (score === -Infinity) throw new RangeError('gold: expected tags that the mask and the scores allow');
    loss -= factor * score;
    for (let t = 0; t < length; t++) {
      gradient[at + t * numTags + tags[t]] -= factor;
      if (t > 0) edges[tags[t - 1] * numTags + tags[t]] -= factor;
    }
    first[tags[0]] -= factor;
    last[tags[length - 1]] -= factor;
  };

  for (let sentence = 0; sentence < lengths.length; sentence++) {
    const length = lengths[sentence];
    const weight = weights ? weights[sentence] : 1;
    if (!Number.isFinite(weight))
      throw new RangeError(`weights[${sentence}]: expected a finite number, got ${String(weight)}`);
    const tags = new Int32Array(length);
    let known = true;
    for (let t = 0; t < length; t++) {
      const tag = gold[starts[sentence] + t];
      if (!Number.isInteger(tag) || tag < -1 || tag >= numTags)
        throw new RangeError(
          `sentence ${sentence}: gold: expected a tag from 0 to ${numTags - 1}, or -1 (not known), at position ${t}, got ${String(tag)}`,
        );
      tags[t] = tag;
      known &&= tag >= 0;
    }
    if (length === 0) continue;
    inSentence(sentence, () => {
      addLogPartition(sentence, weight, undefined);
      if (known) subtractScore(sentence, weight, tags);
      else addLogPartition(sentence, -weight, tags);
    });
  }
  return {
    loss,
    emissions: gradient,
    transitions: Float32Array.from(edges),
    start: Float32Array.from(first),
    end: Float32Array.from(last),
  };
}
