import { checkCount, checkLength, checkTags, scoreError } from './checks.js';
import { isPrepared } from './load.js';
import { checkSum } from './passes.js';
import { RunningSum } from './running-sum.js';
import type { Constraints, Lattice, PreparedLattice, Scores } from './types.js';

/**
 * The score of one tagging: the sum of its emissions and transitions. -Infinity where a score on its way is, or where it
 * breaks a constraint; 0 for a lattice without tokens.
 *
 * @param tags `[length]`
 * @throws RangeError where an array has the wrong length, a tag is none, or a score on the way is NaN or +Infinity.
 */
export function scoreTags(
  lattice: Lattice | PreparedLattice,
  tags: ArrayLike<number>,
  constraints?: Constraints,
): number {
  const { length, emissions } = lattice;
  const prepared = isPrepared(lattice);
  const numTags = prepared ? lattice.transitions.numTags : lattice.numTags;
  const transitions = prepared ? lattice.transitions.scores : lattice.transitions;
  const start = prepared ? lattice.transitions.startScores : lattice.startTransitions;
  const end = prepared ? lattice.transitions.endScores : lattice.endTransitions;
  const square = numTags * numTags;

  checkCount('length', length, 0);
  checkCount('numTags', numTags, 1);
  checkLength('emissions', emissions, length * numTags, 'length * numTags');
  checkLength('transitions', transitions, square, 'numTags * numTags');
  if (start) checkLength('startTransitions', start, numTags, 'numTags');
  if (end) checkLength('endTransitions', end, numTags, 'numTags');
  checkTags('tags', tags, length, numTags, false);
  checkConstraints(constraints, length, numTags);
  if (length === 0) return 0;

  const score = pathScore(tags, length, numTags, emissions, transitions, start, end);
  if (!(score < Infinity)) {
    findBadScore(tags, length, numTags, emissions, transitions, start, end);
    checkSum(score);
  }
  return allows(constraints, tags, length, numTags) ? score : -Infinity;
}

/** The sum of the scores along a path of at least one token. */
export function pathScore(
  tags: ArrayLike<number>,
  length: number,
  numTags: number,
  emissions: Scores,
  transitions: Scores,
  start: Scores | undefined,
  end: Scores | undefined,
): number {
  const sum = new RunningSum();
  let tag = tags[0];
  if (start) sum.add(start[tag]);
  sum.add(emissions[tag]);
  for (let t = 1; t < length; t++) {
    const from = tag;
    tag = tags[t];
    sum.add(transitions[from * numTags + tag]);
    sum.add(emissions[t * numTags + tag]);
  }
  if (end) sum.add(end[tag]);
  return sum.value;
}

/** Throws for the first score on the path that is NaN or +Infinity. */
function findBadScore(
  tags: ArrayLike<number>,
  length: number,
  numTags: number,
  emissions: Scores,
  transitions: Scores,
  start: Scores | undefined,
  end: Scores | undefined,
): void {
  const check = (name: string, score: number, where: string): void => {
    if (!(score < Infinity)) throw scoreError(name, score, where);
  };
  for (let t = 0; t < length; t++) {
    const tag = tags[t];
    if (t === 0 && start) check('startTransitions', start[tag], `for tag ${tag}`);
    if (t > 0) {
      check('transitions', transitions[tags[t - 1] * numTags + tag], `from tag ${tags[t - 1]} to tag ${tag}`);
    }
    check('emissions', emissions[t * numTags + tag], `at position ${t}, tag ${tag}`);
    if (t === length - 1 && end) check('endTransitions', end[tag], `for tag ${tag}`);
  }
}

function checkConstraints(constraints: Constraints | undefined, length: number, numTags: number): void {
  if (!constraints) return;
  const { transitions, start, end, tags, allowed } = constraints;
  if (transitions)
    checkLength('constraints.transitions', transitions, numTags * numTags, 'numTags * numTags');
  if (start) checkLength('constraints.start', start, numTags, 'numTags');
  if (end) checkLength('constraints.end', end, numTags, 'numTags');
  if (tags) checkTags('constraints.tags', tags, length, numTags, true);
  if (allowed) checkLength('constraints.allowed', allowed, length * numTags, 'length * numTags');
}

function allows(
  constraints: Constraints | undefined,
  path: ArrayLike<number>,
  length: number,
  numTags: number,
): boolean {
  if (!constraints) return true;
  const { transitions, start, end, tags, allowed } = constraints;
  if (start?.[path[0]] === 0 || end?.[path[length - 1]] === 0) return false;
  for (let t = 0; t < length; t++) {
    if (tags && tags[t] !== -1 && tags[t] !== path[t]) return false;
    if (allowed?.[t * numTags + path[t]] === 0) return false;
    if (t > 0 && transitions?.[path[t - 1] * numTags + path[t]] === 0) return false;
  }
  return true;
}
