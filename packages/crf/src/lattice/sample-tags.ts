import { checkCount } from './checks.js';
import { exp } from './exp.js';
import { load } from './load.js';
import { forwardOrThrow } from './passes.js';
import type { Constraints, Lattice, PreparedLattice } from './types.js';
import { LatticeWorkspace } from './workspace.js';

/**
 * Draws tag sequences, independently of each other, each allowed one with its probability: forward filtering, backward
 * sampling.
 *
 * @param random Gives uniform numbers from [0, 1). It is asked once per token, from the last token of the first sequence
 *   to the first token of the last: the same numbers give the same tags.
 * @returns `count` arrays of `[length]` tags.
 * @throws NoPathError where no path is allowed; RangeError where an array has the wrong length, a score is NaN or
 *   +Infinity, or `random` gives anything else.
 */
export function sampleTags(
  lattice: Lattice | PreparedLattice,
  count: number,
  random: () => number,
  constraints?: Constraints,
  workspace?: LatticeWorkspace,
): Int32Array[] {
  checkCount('count', count, 0);
  // Not the shared workspace: `random` is the caller's code, and may use it.
  const space = workspace ?? new LatticeWorkspace();
  load(space, lattice, constraints, true);
  const { length, numTags, transitions } = space;
  if (length > 0) forwardOrThrow(space);
  const scaled = space.arithmetic === 'scaled';
  const edges = scaled ? transitions.weights : transitions.scores;
  const ends = scaled ? transitions.endWeights : transitions.endScores;
  const shares = new Float64Array(numTags);

  return Array.from({ length: count }, () => {
    const tags = new Int32Array(length);
    let row = (length - 1) * numTags;
    let tag = -1;
    for (let t = length - 1; t >= 0; t--, row -= numTags) {
      if (tag < 0) ways(space.alpha, row, ends, 0, 1, shares, scaled);
      else ways(space.alpha, row, edges, tag, numTags, shares, scaled);
      tag = draw(shares, random);
      tags[t] = tag;
    }
    return tags;
  });
}

/** Fills `shares` with what each tag of the row weighs, given what follows. */
function ways(
  alpha: Float64Array,
  row: number,
  edges: Float64Array,
  at: number,
  step: number,
  shares: Float64Array,
  scaled: boolean,
): void {
  const n = shares.length;
  if (scaled) {
    for (let i = 0, p = at; i < n; i++, p += step) shares[i] = alpha[row + i] * edges[p];
    return;
  }
  let most = -Infinity;
  for (let i = 0, p = at; i < n; i++, p += step) {
    shares[i] = alpha[row + i] + edges[p];
    if (shares[i] > most) most = shares[i];
  }
  for (let i = 0; i < n; i++) shares[i] = exp(shares[i] - most);
}

/** An index with the probability of its share in the sum of all; never one whose share is 0. */
export function draw(shares: Float64Array, random: () => number): number {
  const uniform = random();
  if (!(uniform >= 0 && uniform < 1)) {
    throw new RangeError(`random: expected a number from 0 to less than 1, got ${String(uniform)}`);
  }
  let sum = 0;
  for (const share of shares) sum += share;
  let rest = uniform * sum;
  let last = 0;
  for (let i = 0; i < shares.length; i++) {
    if (shares[i] === 0) continue;
    last = i;
    rest -= shares[i];
    if (rest < 0) break;
  }
  return last;
}
