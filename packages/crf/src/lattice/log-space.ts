/*
 * Forward-backward on logarithms: for lattices whose paths differ by more than the range of floats. Each row is shifted
 * so that its maximum is 0; rows then keep their digits however long the sentence is.
 *
 * A sum over the ways to one tag takes an exponential for each way, which is what makes this slow. Most sums are spared
 * it: a row is exponentiated once and goes through the matrix product of the scaled arithmetic; of what comes out, each
 * sum above SURE is right to the last digit, because the terms that have become 0 on the way are below exp(-SCORE_RANGE) each.
 * Only the sums below are worked out term by term.
 */
import { exp } from './exp.js';
import { matrixTimes, timesMatrix } from './matrix.js';
import { RunningSum } from './running-sum.js';
import { SCORE_RANGE } from './scaled-range.js';
import { grown, type LatticeWorkspace } from './workspace.js';

/** exp(45) times what any lost term can amount to. */
const SURE = exp(45 - SCORE_RANGE);

/** A product of factors up to 1 that is above this has none that lost digits to underflow. */
const SURELY_NORMAL = 1e-290;

/**
 * Fills `alpha` (logarithms, the maximum of each row 0) and `forwardScale` (what was subtracted from each row of alpha, the
 * position's peak apart) for a lattice of at least one token.
 *
 * @returns the log partition; -Infinity where no path is allowed, with `deadEnd` set.
 */
export function logForward(space: LatticeWorkspace): number {
  const { length, numTags, scores, peaks, transitions } = space;
  const { scores: edges, weights, shift } = transitions;
  const size = length * numTags;
  const alpha = (space.alpha = grown(space.alpha, size));
  const forwardScale = (space.forwardScale = grown(space.forwardScale, length));
  const powers = (space.emissionWeights = grown(space.emissionWeights, numTags));
  const total = new RunningSum();

  for (let t = 0, row = 0; t < length; t++, row += numTags) {
    const peak = peaks[t];
    const before = row - numTags;
    if (t > 0) {
      for (let i = 0; i < numTags; i++) powers[i] = exp(alpha[before + i]);
      timesMatrix(powers, 0, weights, numTags, alpha, row);
    }
    let most = -Infinity;
    for (let j = 0, p = row; j < numTags; j++, p++) {
      let reached = -Infinity;
      if (scores[p] > -Infinity) {
        if (t === 0) reached = transitions.startScores[j];
        else if (alpha[p] > SURE) reached = Math.log(alpha[p]) + shift;
        else reached = logTimes(alpha, before, edges, j, numTags, numTags);
        reached += scores[p] - peak;
      }
      alpha[p] = reached;
      if (reached > most) most = reached;
    }
    if (most === -Infinity) {
      space.deadEnd = t;
      return -Infinity;
    }
    for (let p = row, end = row + numTags; p < end; p++) alpha[p] -= most;
    forwardScale[t] = most;
    total.add(peak);
    total.add(most);
  }

  const ending = logTimes(alpha, size - numTags, transitions.endScores, 0, 1, numTags);
  if (ending === -Infinity) {
    space.deadEnd = length;
    return -Infinity;
  }
  total.add(ending);
  return total.value;
}

/**
 * After {@link logForward} gave a finite number: fills `beta` (logarithms, the maximum of each row 0; -Infinity for tags
 * that cannot be reached) and `backwardScale` (what was subtracted from each row of beta).
 */
export function logBackward(space: LatticeWorkspace): void {
  const { length, numTags, alpha, transitions } = space;
  const { scores: edges, weights, shift } = transitions;
  const size = length * numTags;
  const beta = (space.beta = grown(space.beta, size));
  const backwardScale = (space.backwardScale = grown(space.backwardScale, length));
  // Scores of the heads of edges (emission less peak, plus beta), their maximum, and exp(head - maximum).
  const heads = (space.headScores = grown(space.headScores, numTags));
  const powers = (space.emissionWeights = grown(space.emissionWeights, numTags));
  let top = 0;

  for (let t = length - 1, row = size - numTags; t >= 0; t--, row -= numTags) {
    const last = t === length - 1;
    if (!last) matrixTimes(weights, numTags, powers, 0, beta, row);
    let most = -Infinity;
    for (let i = 0, p = row; i < numTags; i++, p++) {
      let way = -Infinity;
      if (alpha[p] > -Infinity) {
        if (last) way = transitions.endScores[i];
        else if (beta[p] > SURE) way = Math.log(beta[p]) + shift + top;
        else way = logTimes(heads, 0, edges, i * numTags, 1, numTags);
      }
      beta[p] = way;
      if (way > most) most = way;
    }
    backwardScale[t] = most;
    for (let p = row, end = row + numTags; p < end; p++) beta[p] -= most;
    top = headScores(space, t, heads);
    for (let j = 0; j < numTags; j++) powers[j] = exp(heads[j] - top);
  }
}

/** Fills `heads` with what each tag of the row and all ways from it add to the score of an edge; gives the maximum. */
function headScores(space: LatticeWorkspace, t: number, heads: Float64Array): number {
  const { numTags, scores, beta } = space;
  const peak = space.peaks[t];
  let top = -Infinity;
  for (let j = 0, p = t * numTags; j < numTags; j++, p++) {
    const head = scores[p] - peak + beta[p];
    heads[j] = head;
    if (head > top) top = head;
  }
  return top;
}

/**
 * After both passes: `out[at + from * numTags + to]`, the probability of the tags `from` at t and `to` at t + 1.
 */
export function writeLogEdges(space: LatticeWorkspace, t: number, out: Float64Array, at: number): void {
  const { numTags, alpha, transitions } = space;
  const { scores: edges, weights, shift } = transitions;
  const tails = t * numTags;
  const powers = (space.emissionWeights = grown(space.emissionWeights, numTags));
  const heads = (space.headScores = grown(space.headScores, numTags));
  const top = headScores(space, t + 1, heads);
  for (let j = 0; j < numTags; j++) powers[j] = exp(heads[j] - top);

  let sum = 0;
  for (let i = 0, p = 0; i < numTags; i++) {
    const tail = exp(alpha[tails + i]);
    for (let j = 0; j < numTags; j++, p++) {
      const product = tail * weights[p] * powers[j];
      out[at + p] = product;
      sum += product;
    }
  }
  if (!(sum > SURE)) {
    writeEdgesByTerms(space, t, heads, out, at);
    return;
  }
  const inverse = 1 / sum;
  const all = Math.log(sum) + shift + top;
  for (let i = 0, p = 0; i < numTags; i++) {
    for (let j = 0; j < numTags; j++, p++) {
      const product = out[at + p];
      out[at + p] =
        product > SURELY_NORMAL
          ? Math.min(1, product * inverse)
          : exp(Math.min(0, alpha[tails + i] + edges[p] + heads[j] - all));
    }
  }
}

/** The same with an exponential for every edge. */
function writeEdgesByTerms(
  space: LatticeWorkspace,
  t: number,
  heads: Float64Array,
  out: Float64Array,
  at: number,
): void {
  const { numTags, alpha, transitions } = space;
  const edges = transitions.scores;
  const tails = t * numTags;
  let most = -Infinity;
  for (let i = 0, p = 0; i < numTags; i++) {
    for (let j = 0; j < numTags; j++, p++) {
      const score = alpha[tails + i] + edges[p] + heads[j];
      out[at + p] = score;
      if (score > most) most = score;
    }
  }
  let sum = 0;
  const end = at + numTags * numTags;
  for (let p = at; p < end; p++) sum += exp(out[p] - most);
  const all = most + Math.log(sum);
  for (let p = at; p < end; p++) out[p] = exp(Math.min(0, out[p] - all));
}

/** log sum over k < count of exp(x[xAt + k] + y[yAt + k * yStep]); -Infinity where there is nothing to add. */
export function logTimes(
  x: Float64Array,
  xAt: number,
  y: Float64Array,
  yAt: number,
  yStep: number,
  count: number,
): number {
  let most = -Infinity;
  for (let k = 0, p = xAt, q = yAt; k < count; k++, p++, q += yStep) {
    const term = x[p] + y[q];
    if (term > most) most = term;
  }
  if (most === -Infinity) return most;
  let sum = 0;
  for (let k = 0, p = xAt, q = yAt; k < count; k++, p++, q += yStep) {
    sum += exp(x[p] + y[q] - most);
  }
  return most + Math.log(sum);
}
