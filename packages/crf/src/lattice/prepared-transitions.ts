import { checkCount, checkLength, scoreError } from './checks.js';
import { exp } from './exp.js';
import { SCORE_RANGE } from './scaled-range.js';
import type { Scores, TransitionConstraints, TransitionScores } from './types.js';

/**
 * Checked, masked and exponentiated transitions. Made by {@link prepareTransitions}; what is inside serves the lattice
 * functions only.
 */
export class PreparedTransitions {
  readonly numTags: number;
  /** `[from * numTags + to]`: the scores, -Infinity where a mask forbids the transition. */
  readonly scores: Float64Array;
  /** `[numTags]` */
  readonly startScores: Float64Array;
  /** `[numTags]` */
  readonly endScores: Float64Array;

  /** `[from * numTags + to]`: exp(score - shift), or 0 (forbidden, or dropped: see scaled-range.ts). */
  readonly weights: Float64Array;
  /** `[numTags]` */
  readonly startWeights: Float64Array;
  /** `[numTags]` */
  readonly endWeights: Float64Array;
  /** The largest score of each kind, 0 where there is none. */
  shift = 0;
  startShift = 0;
  endShift = 0;
  /** How far under the maximum the nearest dropped score lies; Infinity where none was dropped. */
  gap = Infinity;
  startGap = Infinity;
  endGap = Infinity;

  constructor(numTags: number) {
    this.numTags = numTags;
    this.scores = new Float64Array(numTags * numTags);
    this.startScores = new Float64Array(numTags);
    this.endScores = new Float64Array(numTags);
    this.weights = new Float64Array(numTags * numTags);
    this.startWeights = new Float64Array(numTags);
    this.endWeights = new Float64Array(numTags);
  }

  /** Takes over scores, under masks; of those that are prepared already, their masks stay in force. */
  readScores(source: TransitionScores | PreparedTransitions, masks: TransitionConstraints | undefined): void {
    const n = this.numTags;
    const prepared = source instanceof PreparedTransitions;
    const transitions = prepared ? source.scores : source.transitions;
    const start = prepared ? source.startScores : source.startTransitions;
    const end = prepared ? source.endScores : source.endTransitions;
    const edge = (i: number) => `from tag ${Math.floor(i / n)} to tag ${i % n}`;
    const tag = (i: number) => `for tag ${i}`;
    copyScores('transitions', this.scores, transitions, 'numTags * numTags', edge);
    if (start) copyScores('startTransitions', this.startScores, start, 'numTags', tag);
    else this.startScores.fill(0);
    if (end) copyScores('endTransitions', this.endScores, end, 'numTags', tag);
    else this.endScores.fill(0);
    forbid('constraints.transitions', this.scores, masks?.transitions, 'numTags * numTags');
    forbid('constraints.start', this.startScores, masks?.start, 'numTags');
    forbid('constraints.end', this.endScores, masks?.end, 'numTags');
  }

  /** Makes the weights of the scores that were read. */
  weigh(): void {
    this.shift = largest(this.scores);
    this.startShift = largest(this.startScores);
    this.endShift = largest(this.endScores);
    this.gap = toWeights(this.scores, this.weights, this.shift);
    this.startGap = toWeights(this.startScores, this.startWeights, this.startShift);
    this.endGap = toWeights(this.endScores, this.endWeights, this.endShift);
  }
}

/**
 * Does once what every lattice function would do for every sentence: checks the transitions, applies the masks of
 * `constraints`, and takes the exponentials. The result goes in the place of `transitions` in a
 * {@link PreparedLattice}. It is a copy: later changes to the arrays do not reach it.
 *
 * @param reuse The result of an earlier call for as many tags, to be overwritten and returned; saves the allocation
 *   where transitions change between batches, as in training.
 * @throws RangeError where an array has the wrong length or a score is NaN or +Infinity.
 */
export function prepareTransitions(
  source: TransitionScores,
  constraints?: TransitionConstraints,
  reuse?: PreparedTransitions,
): PreparedTransitions {
  checkCount('numTags', source.numTags, 1);
  if (reuse && reuse.numTags !== source.numTags) {
    throw new RangeError(`reuse: expected transitions of ${source.numTags} tags, got ${reuse.numTags}`);
  }
  const prepared = reuse ?? new PreparedTransitions(source.numTags);
  prepared.readScores(source, constraints);
  prepared.weigh();
  return prepared;
}

function copyScores(
  name: string,
  target: Float64Array,
  source: Scores,
  shape: string,
  where: (index: number) => string,
): void {
  checkLength(name, source, target.length, shape);
  target.set(source);
  for (let i = 0; i < target.length; i++) {
    if (!(target[i] < Infinity)) throw scoreError(name, target[i], where(i));
  }
}

function forbid(name: string, scores: Float64Array, mask: Uint8Array | undefined, shape: string): void {
  if (mask === undefined) return;
  checkLength(name, mask, scores.length, shape);
  for (let i = 0; i < scores.length; i++) if (mask[i] === 0) scores[i] = -Infinity;
}

function largest(scores: Float64Array): number {
  let most = -Infinity;
  for (let i = 0; i < scores.length; i++) if (scores[i] > most) most = scores[i];
  return most > -Infinity ? most : 0;
}

/** Gives how far under `shift` the nearest finite score lies that is too low for a weight. */
function toWeights(scores: Float64Array, weights: Float64Array, shift: number): number {
  let gap = Infinity;
  for (let i = 0; i < scores.length; i++) {
    const below = shift - scores[i];
    if (below <= SCORE_RANGE) {
      weights[i] = exp(-below);
    } else {
      weights[i] = 0;
      if (below < gap) gap = below;
    }
  }
  return gap;
}
