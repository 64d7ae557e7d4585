import { checkCount, checkLength, checkTags, scoreError } from './checks.js';
import { PreparedTransitions } from './prepared-transitions.js';
import type { Constraints, Lattice, PreparedLattice } from './types.js';
import { grown, type LatticeWorkspace } from './workspace.js';

/**
 * Checks a lattice and its constraints and puts them into the workspace: transitions and emissions with -Infinity for
 * all that is forbidden, and the peaks.
 *
 * @param weights Whether the caller needs the weights of transitions, not only their scores.
 */
export function load(
  space: LatticeWorkspace,
  lattice: Lattice | PreparedLattice,
  constraints: Constraints | undefined,
  weights: boolean,
): void {
  space.length = lattice.length;
  checkCount('length', lattice.length, 0);
  space.transitions = readTransitions(space, lattice, constraints, weights);
  space.numTags = space.transitions.numTags;
  readEmissions(space, lattice);
  if (constraints?.allowed) forbidTags(space, constraints.allowed);
  if (constraints?.tags) fixTags(space, constraints.tags);
}

function readTransitions(
  space: LatticeWorkspace,
  lattice: Lattice | PreparedLattice,
  constraints: Constraints | undefined,
  weights: boolean,
): PreparedTransitions {
  const masked = constraints?.transitions ?? constraints?.start ?? constraints?.end;
  let source;
  if (isPrepared(lattice)) {
    source = lattice.transitions;
    if (!masked) return source;
  } else {
    source = lattice;
    checkCount('numTags', lattice.numTags, 1);
  }
  const own = space.ownTransitions(source.numTags);
  own.readScores(source, constraints);
  if (weights) own.weigh();
  return own;
}

export function isPrepared(lattice: Lattice | PreparedLattice): lattice is PreparedLattice {
  return lattice.transitions instanceof PreparedTransitions;
}

function readEmissions(space: LatticeWorkspace, lattice: Lattice | PreparedLattice): void {
  const { length, numTags } = space;
  const { emissions } = lattice;
  checkLength('emissions', emissions, length * numTags, 'length * numTags');
  // One kind of array from here on: code that meets two kinds runs at half the speed.
  if (emissions instanceof Float64Array) {
    space.scores = emissions;
  } else {
    space.scoreCopy = grown(space.scoreCopy, length * numTags);
    space.scoreCopy.set(emissions);
    space.scores = space.scoreCopy;
  }
  space.peaks = grown(space.peaks, length);
  const { scores, peaks } = space;
  for (let t = 0, p = 0; t < length; t++) {
    let peak = -Infinity;
    for (const end = p + numTags; p < end; p++) {
      const score = scores[p];
      if (!(score < Infinity)) {
        throw scoreError('emissions', score, `at position ${t}, tag ${p - t * numTags}`);
      }
      if (score > peak) peak = score;
    }
    peaks[t] = peak;
  }
}

/** Makes sure that changes to the scores do not reach the caller's array. */
function ownScores(space: LatticeWorkspace): Float64Array {
  if (space.scores !== space.scoreCopy) {
    space.scoreCopy = grown(space.scoreCopy, space.length * space.numTags);
    space.scoreCopy.set(space.scores);
    space.scores = space.scoreCopy;
  }
  return space.scoreCopy;
}

function forbidTags(space: LatticeWorkspace, allowed: Uint8Array): void {
  const { length, numTags, peaks } = space;
  checkLength('constraints.allowed', allowed, length * numTags, 'length * numTags');
  const scores = ownScores(space);
  for (let t = 0, p = 0; t < length; t++) {
    let peak = -Infinity;
    for (const end = p + numTags; p < end; p++) {
      if (allowed[p] === 0) scores[p] = -Infinity;
      if (scores[p] > peak) peak = scores[p];
    }
    peaks[t] = peak;
  }
}

function fixTags(space: LatticeWorkspace, tags: ArrayLike<number>): void {
  const { length, numTags, peaks } = space;
  checkTags('constraints.tags', tags, length, numTags, true);
  const scores = ownScores(space);
  for (let t = 0; t < length; t++) {
    const tag = tags[t];
    if (tag === -1) continue;
    const row = t * numTags;
    const score = scores[row + tag];
    scores.fill(-Infinity, row, row + numTags);
    scores[row + tag] = score;
    peaks[t] = score;
  }
}
