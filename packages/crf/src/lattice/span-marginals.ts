import { checkSpan } from './checks.js';
import { exp } from './exp.js';
import { load } from './load.js';
import { logTimes } from './log-space.js';
import { forwardAndBackward } from './passes.js';
import type { Constraints, Lattice, PreparedLattice, SpanPattern } from './types.js';
import { workspaceOf, type LatticeWorkspace } from './workspace.js';

/**
 * The probability that the tokens of each span have exactly its tags, between neighbours that it admits: with the pattern of
 * an entity, the probability of the whole entity (constrained forward-backward, Culotta and McCallum 2004), in one pass
 * for all spans. 0 for a span that the constraints rule out.
 *
 * @returns `[spans.length]`
 * @throws NoPathError where no path is allowed; RangeError where an array has the wrong length, a span reaches out of the
 *   lattice or has a tag that is none, or a score is NaN or +Infinity.
 */
export function spanMarginals(
  lattice: Lattice | PreparedLattice,
  spans: readonly SpanPattern[],
  constraints?: Constraints,
  workspace?: LatticeWorkspace,
): Float64Array {
  const space = workspaceOf(workspace);
  load(space, lattice, constraints, true);
  const { length, numTags } = space;
  for (let s = 0; s < spans.length; s++) checkSpan(spans[s], s, length, numTags);
  const out = new Float64Array(spans.length);
  if (length === 0) return out;
  forwardAndBackward(space);
  const probability = space.arithmetic === 'scaled' ? scaledProbability : logProbability;
  for (let s = 0; s < spans.length; s++) out[s] = Math.min(1, probability(space, spans[s]));
  return out;
}

/*
 * Given the tag before it, a tag does not depend on what comes earlier, so the probability of a span is a product of
 * probabilities (chain rule): of its first tag after the neighbour before, of each further tag given the last one, and of
 * the neighbour after given its last tag. No factor and no partial product leaves the range of floats unless the result
 * does, however long the span.
 */

function scaledProbability(space: LatticeWorkspace, span: SpanPattern): number {
  const { length, numTags, alpha, beta, emissionWeights, transitions } = space;
  const { weights } = transitions;
  const { start, tags, precededBy, followedBy } = span;
  const first = start * numTags + tags[0];
  let product = alpha[first] * beta[first];
  if (precededBy && start > 0) {
    let ways = 0;
    for (let i = 0, p = first - tags[0] - numTags; i < numTags; i++, p++) {
      if (precededBy[i] !== 0) ways += alpha[p] * weights[i * numTags + tags[0]];
    }
    product = ways * emissionWeights[first];
  }
  let last = first;
  for (let k = 1; k < tags.length; k++) {
    if (product === 0) return 0;
    const next = (start + k) * numTags + tags[k];
    product *= (weights[tags[k - 1] * numTags + tags[k]] * emissionWeights[next]) / beta[last];
    last = next;
  }
  if (product === 0) return 0;
  if (followedBy && start + tags.length < length) {
    const tag = tags[tags.length - 1];
    let ways = 0;
    for (let j = 0, p = last - tag + numTags; j < numTags; j++, p++) {
      if (followedBy[j] !== 0) ways += weights[tag * numTags + j] * emissionWeights[p];
    }
    product *= ways / beta[last];
  }
  return product;
}

function logProbability(space: LatticeWorkspace, span: SpanPattern): number {
  const { length, numTags, alpha, beta, backwardScale, transitions } = space;
  const edges = transitions.scores;
  const { start, tags, precededBy, followedBy } = span;
  const row = start * numTags;
  let sum: number;
  if (precededBy && start > 0) {
    const before = row - numTags;
    const all = logTimes(alpha, before, beta, before, 1, numTags) + backwardScale[start - 1];
    const ways = new Float64Array(numTags);
    for (let i = 0; i < numTags; i++) {
      ways[i] = precededBy[i] === 0 ? -Infinity : edges[i * numTags + tags[0]];
    }
    sum = logTimes(alpha, before, ways, 0, 1, numTags) + headScore(space, start, tags[0]) - all;
  } else {
    sum = alpha[row + tags[0]] + beta[row + tags[0]] - logTimes(alpha, row, beta, row, 1, numTags);
  }
  for (let k = 1; k < tags.length; k++) {
    if (sum === -Infinity) return 0;
    const t = start + k;
    const all = beta[(t - 1) * numTags + tags[k - 1]] + backwardScale[t - 1];
    sum += edges[tags[k - 1] * numTags + tags[k]] + headScore(space, t, tags[k]) - all;
  }
  if (sum === -Infinity) return 0;
  const after = start + tags.length;
  if (followedBy && after < length) {
    const tag = tags[tags.length - 1];
    const all = beta[(after - 1) * numTags + tag] + backwardScale[after - 1];
    const heads = new Float64Array(numTags);
    for (let j = 0; j < numTags; j++) {
      heads[j] = followedBy[j] === 0 ? -Infinity : headScore(space, after, j);
    }
    sum += logTimes(heads, 0, edges, tag * numTags, 1, numTags) - all;
  }
  return exp(sum);
}

/** Log space: what a tag and all ways from it to the end add to the score of an edge that leads to it. */
function headScore(space: LatticeWorkspace, t: number, tag: number): number {
  const p = t * space.numTags + tag;
  return space.scores[p] - space.peaks[t] + space.beta[p];
}
