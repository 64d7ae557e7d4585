import { PreparedTransitions } from './prepared-transitions.js';

const none = new Float64Array(0);

/**
 * Scratch memory of the lattice functions. Each takes one as its last argument and leaves nothing in it that a later
 * call relies on; a program that works through many sentences passes the same one to all calls and then allocates only
 * what the functions return. It grows to the largest lattice it has seen. Calls without one share a workspace of
 * their own, which is dropped after a lattice of unusual size.
 *
 * All fields but `arithmetic` are internal.
 */
export class LatticeWorkspace {
  /**
   * How the last call that summed over paths did it: with scaled exponentials, or, where those could have lost a path,
   * with logarithms throughout (several times slower).
   */
  arithmetic: 'scaled' | 'log' = 'scaled';

  length = 0;
  numTags = 0;
  transitions: PreparedTransitions = new PreparedTransitions(0);
  private own = this.transitions;

  /** `[t * numTags + tag]`: emissions under the constraints; the caller's own array where there are none. */
  scores: Float64Array = none;
  /** `[t * numTags + tag]`: memory for `scores` where they have to be a copy. */
  scoreCopy: Float64Array = none;
  /** `[t]`: the largest emission of the position. */
  peaks: Float64Array = none;

  /** `[t * numTags + tag]`: weight of all ways to reach the tag, as a share of the position's (scaled) or its logarithm. */
  alpha: Float64Array = none;
  /** `[t * numTags + tag]`: the same from the tag to the end. */
  beta: Float64Array = none;
  /**
   * `[t * numTags + tag]`, scaled: exp(emission - peak); the backward pass multiplies it by beta / forwardScale, so that
   * the probability of an edge is alpha of its tail * transition weight * this of its head. Log space: exponentials of
   * one row.
   */
  emissionWeights: Float64Array = none;
  /** `[t]`: what alpha was divided by (scaled), or the logarithm of that. */
  forwardScale: Float64Array = none;
  /** `[t]`: the same for beta; log space only. */
  backwardScale: Float64Array = none;
  /** `[tag]`: scores of the heads of edges between two positions; log space only. */
  headScores: Float64Array = none;
  /** `[from * numTags + to]`: sums over positions. */
  edges: Float64Array = none;
  /** Where the last pass found that no path goes on; `length` if none may end; -1 if there is a path. */
  deadEnd = -1;

  /** The transitions for a lattice that brings none which are prepared. */
  ownTransitions(numTags: number): PreparedTransitions {
    if (this.own.numTags !== numTags) this.own = new PreparedTransitions(numTags);
    return this.own;
  }

  /** Bytes held, roughly. */
  get size(): number {
    return 8 * (this.scoreCopy.length + this.alpha.length + this.beta.length + this.emissionWeights.length);
  }
}

/** The buffer itself if it holds `size` numbers, else a larger one; contents are not kept. */
export function grown(buffer: Float64Array, size: number): Float64Array {
  return buffer.length >= size ? buffer : new Float64Array(Math.max(size, 2 * buffer.length));
}

const LARGEST_SHARED = 4 << 20;
let shared: LatticeWorkspace | undefined;

/** The caller's workspace, or the shared one. */
export function workspaceOf(given: LatticeWorkspace | undefined): LatticeWorkspace {
  if (given) return given;
  if (!shared || shared.size > LARGEST_SHARED) shared = new LatticeWorkspace();
  return shared;
}
