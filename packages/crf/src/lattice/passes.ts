/* Forward and backward in whichever arithmetic the lattice needs. */
import { exp } from './exp.js';
import { logBackward, logForward, logTimes, writeLogEdges } from './log-space.js';
import { NoPathError } from './no-path-error.js';
import { scaledBackward, scaledForward } from './scaled.js';
import type { LatticeWorkspace } from './workspace.js';

/** The log partition of the loaded lattice (at least one token); -Infinity where no path is allowed. */
export function forward(space: LatticeWorkspace): number {
  space.deadEnd = -1;
  space.arithmetic = 'scaled';
  let logPartition = scaledForward(space);
  if (Number.isNaN(logPartition)) {
    space.arithmetic = 'log';
    logPartition = logForward(space);
  }
  return space.deadEnd >= 0 ? -Infinity : checkSum(logPartition);
}

/** The same, with a {@link NoPathError} in the place of -Infinity. */
export function forwardOrThrow(space: LatticeWorkspace): number {
  const logPartition = forward(space);
  if (space.deadEnd >= 0) throw new NoPathError(space.deadEnd, space.length);
  return logPartition;
}

/** Both passes; gives the log partition. */
export function forwardAndBackward(space: LatticeWorkspace): number {
  let logPartition = forwardOrThrow(space);
  if (space.arithmetic === 'scaled') {
    if (scaledBackward(space)) return logPartition;
    space.arithmetic = 'log';
    logPartition = checkSum(logForward(space));
  }
  logBackward(space);
  return logPartition;
}

/** Throws where finite scores have added up to something that is not. */
export function checkSum(total: number): number {
  if (Number.isFinite(total)) return total;
  throw new RangeError(
    `the scores are too large: they add up to ${total}, beyond the range of floating-point numbers`,
  );
}

/** After both passes: `out[t * numTags + tag]`, the probability that token t has the tag. */
export function writeMarginals(space: LatticeWorkspace, out: Float64Array): void {
  const { length, numTags, alpha, beta } = space;
  const size = length * numTags;
  if (space.arithmetic === 'scaled') {
    for (let p = 0; p < size; p++) {
      const probability = alpha[p] * beta[p];
      out[p] = probability > 1 ? 1 : probability;
    }
    return;
  }
  for (let row = 0; row < size; row += numTags) {
    const all = logTimes(alpha, row, beta, row, 1, numTags);
    for (let p = row, end = row + numTags; p < end; p++) out[p] = exp(Math.min(0, alpha[p] + beta[p] - all));
  }
}

/** After both passes: `out[at + from * numTags + to]`, the probability of the tags `from` at t and `to` at t + 1. */
export function writeEdges(space: LatticeWorkspace, t: number, out: Float64Array, at: number): void {
  if (space.arithmetic === 'log') {
    writeLogEdges(space, t, out, at);
    return;
  }
  const { numTags, alpha, emissionWeights, transitions } = space;
  const { weights } = transitions;
  const tails = t * numTags;
  const heads = tails + numTags;
  for (let i = 0, p = 0; i < numTags; i++) {
    const tail = alpha[tails + i];
    for (let j = 0; j < numTags; j++, p++) {
      const probability = tail * weights[p] * emissionWeights[heads + j];
      out[at + p] = probability > 1 ? 1 : probability;
    }
  }
}
