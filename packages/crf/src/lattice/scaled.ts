/*
 * Forward-backward on exponentials (Rabiner 1989, section V.A, with the scores of each kind shifted by their maximum
 * first). scaled-range.ts says when its results stand; where they do not, these functions say so.
 */
import { exp } from './exp.js';
import { matrixTimes, timesMatrix } from './matrix.js';
import { RunningSum } from './running-sum.js';
import { LEAST_WEIGHT, NEGLIGIBLE, SCORE_RANGE } from './scaled-range.js';
import { grown, type LatticeWorkspace } from './workspace.js';

/**
 * Fills `alpha`, `emissionWeights` and `forwardScale` for a lattice of at least one token.
 *
 * @returns the log partition; -Infinity where no path is allowed, with `deadEnd` set; NaN where log space is needed.
 */
export function scaledForward(space: LatticeWorkspace): number {
  const { length, numTags, scores, peaks, transitions } = space;
  const { weights, startWeights, endWeights } = transitions;
  const size = length * numTags;
  const alpha = (space.alpha = grown(space.alpha, size));
  const emissionWeights = (space.emissionWeights = grown(space.emissionWeights, size));
  const forwardScale = (space.forwardScale = grown(space.forwardScale, length));

  const total = new RunningSum();
  total.add((length - 1) * (length > 1 ? transitions.shift : 0));
  total.add(transitions.startShift);
  total.add(transitions.endShift);
  let gap = Math.min(transitions.startGap, transitions.endGap, length > 1 ? transitions.gap : Infinity);
  // The logarithm of the product of all scales: few are taken, of products that are still far from underflow.
  let logScales = 0;
  let product = 1;

  for (let t = 0, row = 0; t < length; t++, row += numTags) {
    const peak = peaks[t];
    if (peak === -Infinity) {
      space.deadEnd = t;
      return -Infinity;
    }
    total.add(peak);
    if (t > 0) timesMatrix(alpha, row - numTags, weights, numTags, alpha, row);
    else alpha.set(startWeights);
    let sum = 0;
    for (let p = row, end = row + numTags; p < end; p++) {
      const below = peak - scores[p];
      let weight = 0;
      if (below <= SCORE_RANGE) weight = exp(-below);
      else if (below < gap) gap = below;
      emissionWeights[p] = weight;
      const reached = weight * alpha[p];
      alpha[p] = reached;
      sum += reached;
    }
    if (sum === 0) {
      // With nothing dropped, no weight has become 0 but by a score of -Infinity.
      if (gap < Infinity) return NaN;
      space.deadEnd = t;
      return -Infinity;
    }
    const inverse = 1 / sum;
    for (let p = row, end = row + numTags; p < end; p++) {
      const share = alpha[p] * inverse;
      if (share < LEAST_WEIGHT && share > 0) return NaN;
      alpha[p] = share;
    }
    forwardScale[t] = sum;
    if (sum < 1e-100) {
      logScales += Math.log(sum);
    } else {
      product *= sum;
      if (product < 1e-200 || product > 1e200) {
        logScales += Math.log(product);
        product = 1;
      }
    }
  }

  let ending = 0;
  for (let j = 0, p = size - numTags; j < numTags; j++, p++) ending += alpha[p] * endWeights[j];
  if (ending === 0) {
    if (gap < Infinity) return NaN;
    space.deadEnd = length;
    return -Infinity;
  }
  logScales += Math.log(product) + Math.log(ending);
  if (gap < Infinity && !(gap + logScales - length * Math.log(numTags) > NEGLIGIBLE)) return NaN;
  total.add(logScales);
  return total.value;
}

/**
 * After {@link scaledForward} gave a finite number: fills `beta`, scaled so that alpha * beta is the probability of the
 * tag, and turns `emissionWeights` into the weights of edge heads.
 *
 * @returns false where log space is needed.
 */
export function scaledBackward(space: LatticeWorkspace): boolean {
  const { length, numTags, alpha, emissionWeights, forwardScale, transitions } = space;
  const { weights, endWeights } = transitions;
  const size = length * numTags;
  const beta = (space.beta = grown(space.beta, size));

  for (let t = length - 1, row = size - numTags; t >= 0; t--, row -= numTags) {
    if (t === length - 1) {
      for (let j = 0; j < numTags; j++) beta[row + j] = endWeights[j];
    } else {
      matrixTimes(weights, numTags, emissionWeights, row + numTags, beta, row);
    }
    let sum = 0;
    for (let p = row, end = row + numTags; p < end; p++) sum += alpha[p] * beta[p];
    const inverse = 1 / sum;
    const headScale = 1 / forwardScale[t];
    for (let p = row, end = row + numTags; p < end; p++) {
      // From a tag that cannot be reached the way to the end may weigh any amount; it counts for nothing.
      const share = alpha[p] > 0 ? beta[p] * inverse : 0;
      if (share < LEAST_WEIGHT && share > 0) return false;
      beta[p] = share;
      emissionWeights[p] *= headScale;
      emissionWeights[p] *= share;
    }
  }
  return true;
}
