/*
 * Forward-backward on logarithms: for lattices whose paths differ by more than the range of floats. Each row is shifted
 * so that its maximum is 0; rows then keep their digits however long the sentence is.
 */
import { exp } from './exp.js';
import { RunningSum } from './running-sum.js';
import { grown, type LatticeWorkspace } from './workspace.js';

/**
 * Fills `alpha` (logarithms, the maximum of each row 0) and `forwardScale` (what was subtracted from each row of alpha, the
 * position's peak apart) for a lattice of at least one token.
 *
 * @returns the log partition; -Infinity where no path is allowed, with `deadEnd` set.
 */
export function logForward(space: LatticeWorkspace): number {
  const { length, numTags, scores, peaks, transitions } = space;
  const edges = transitions.scores;
  const size = length * numTags;
  const alpha = (space.alpha = grown(space.alpha, size));
  const forwardScale = (space.forwardScale = grown(space.forwardScale, length));
  const total = new RunningSum();

  for (let t = 0, row = 0; t < length; t++, row += numTags) {
    const peak = peaks[t];
    let most = -Infinity;
    for (let j = 0, p = row; j < numTags; j++, p++) {
      let reached = -Infinity;
      if (scores[p] > -Infinity) {
        const way =
          t > 0 ? logTimes(alpha, row - numTags, edges, j, numTags, numTags) : transitions.startScores[j];
        reached = way + (scores[p] - peak);
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
  const { length, numTags, scores, peaks, alpha, transitions } = space;
  const edges = transitions.scores;
  const size = length * numTags;
  const beta = (space.beta = grown(space.beta, size));
  const backwardScale = (space.backwardScale = grown(space.backwardScale, length));
  // Scores of the heads of edges: emission less peak, plus beta.
  const heads = (space.edges = grown(space.edges, numTags * numTags));

  for (let t = length - 1, row = size - numTags; t >= 0; t--, row -= numTags) {
    let most = -Infinity;
    for (let i = 0, p = row; i < numTags; i++, p++) {
      let way = -Infinity;
      if (alpha[p] > -Infinity) {
        way = t < length - 1 ? logTimes(heads, 0, edges, i * numTags, 1, numTags) : transitions.endScores[i];
      }
      beta[p] = way;
      if (way > most) most = way;
    }
    backwardScale[t] = most;
    for (let p = row, end = row + numTags, j = 0; p < end; p++, j++) {
      beta[p] -= most;
      heads[j] = scores[p] > -Infinity ? scores[p] - peaks[t] + beta[p] : -Infinity;
    }
  }
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
