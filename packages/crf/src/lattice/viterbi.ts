import { load } from './load.js';
import { NoPathError } from './no-path-error.js';
import { checkSum } from './passes.js';
import { pathScore } from './score-tags.js';
import type { Constraints, Lattice, Path, PreparedLattice } from './types.js';
import { grown, workspaceOf, type LatticeWorkspace } from './workspace.js';

/**
 * The allowed path with the highest score (Viterbi 1967). Of paths that score the same, the one with the lowest tag at the
 * last position where they differ. A lattice without tokens has one path, empty, with score 0.
 *
 * @throws NoPathError where no path is allowed; RangeError where an array has the wrong length, or a score is NaN or
 *   +Infinity.
 */
export function viterbi(
  lattice: Lattice | PreparedLattice,
  constraints?: Constraints,
  workspace?: LatticeWorkspace,
): Path {
  const space = workspaceOf(workspace);
  load(space, lattice, constraints, false);
  const tags = new Int32Array(space.length);
  if (space.length === 0) return { tags, score: 0 };
  bestScores(space);
  bestPath(space, tags);
  return { tags, score: scoreOf(space, tags) };
}

/** The score of a path of the loaded lattice. */
export function scoreOf(space: LatticeWorkspace, tags: Int32Array): number {
  const { scores, startScores, endScores } = space.transitions;
  return checkSum(pathScore(tags, space.length, space.numTags, space.scores, scores, startScores, endScores));
}

/**
 * Fills `alpha[t * numTags + tag]` with the score of the best way to the tag, less `forwardScale[t]`, which makes the best
 * of each row 0 (so that long sentences keep their digits).
 */
export function bestScores(space: LatticeWorkspace): void {
  const { length, numTags, scores, transitions } = space;
  const edges = transitions.scores;
  const size = length * numTags;
  const best = (space.alpha = grown(space.alpha, size));
  const scale = (space.forwardScale = grown(space.forwardScale, length));
  for (let t = 0, row = 0; t < length; t++, row += numTags) {
    if (t === 0) best.set(transitions.startScores);
    else bestWays(best, row - numTags, edges, numTags, best, row);
    let most = -Infinity;
    for (let p = row, end = row + numTags; p < end; p++) {
      const score = best[p] + scores[p];
      best[p] = score;
      if (score > most) most = score;
    }
    if (most === -Infinity) throw new NoPathError(t, length);
    checkSum(most);
    for (let p = row, end = row + numTags; p < end; p++) best[p] -= most;
    scale[t] = most;
  }
}

/** y[yAt + j] = max over i of x[xAt + i] + m[i * n + j]; four at once as in matrix.ts. */
function bestWays(
  x: Float64Array,
  xAt: number,
  m: Float64Array,
  n: number,
  y: Float64Array,
  yAt: number,
): void {
  let j = 0;
  for (; j + 3 < n; j += 4) {
    let y0 = -Infinity;
    let y1 = -Infinity;
    let y2 = -Infinity;
    let y3 = -Infinity;
    for (let i = 0, p = j; i < n; i++, p += n) {
      const a = x[xAt + i];
      const s0 = a + m[p];
      const s1 = a + m[p + 1];
      const s2 = a + m[p + 2];
      const s3 = a + m[p + 3];
      if (s0 > y0) y0 = s0;
      if (s1 > y1) y1 = s1;
      if (s2 > y2) y2 = s2;
      if (s3 > y3) y3 = s3;
    }
    y[yAt + j] = y0;
    y[yAt + j + 1] = y1;
    y[yAt + j + 2] = y2;
    y[yAt + j + 3] = y3;
  }
  for (; j < n; j++) {
    let most = -Infinity;
    for (let i = 0, p = j; i < n; i++, p += n) {
      const score = x[xAt + i] + m[p];
      if (score > most) most = score;
    }
    y[yAt + j] = most;
  }
}

/**
 * The lowest tag i with the largest `x[xAt + i] + y[yAt + i * yStep]`; -1 where all are -Infinity. Which tags the best
 * path goes through is found by asking again on the way back: cheaper than to note it for every tag on the way there.
 */
export function bestTag(
  x: Float64Array,
  xAt: number,
  y: Float64Array,
  yAt: number,
  yStep: number,
  numTags: number,
): number {
  let best = -1;
  let most = -Infinity;
  for (let i = 0, p = yAt; i < numTags; i++, p += yStep) {
    const score = x[xAt + i] + y[p];
    if (score > most) {
      most = score;
      best = i;
    }
  }
  return best;
}

function bestPath(space: LatticeWorkspace, tags: Int32Array): void {
  const { length, numTags, alpha, transitions } = space;
  let row = (length - 1) * numTags;
  let tag = bestTag(alpha, row, transitions.endScores, 0, 1, numTags);
  if (tag < 0) throw new NoPathError(length, length);
  tags[length - 1] = tag;
  for (let t = length - 2; t >= 0; t--) {
    row -= numTags;
    tag = bestTag(alpha, row, transitions.scores, tag, numTags, numTags);
    tags[t] = tag;
  }
}
