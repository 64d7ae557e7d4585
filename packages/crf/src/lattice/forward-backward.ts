import { checkLength } from './checks.js';
import { load } from './load.js';
import { sumOuterProducts } from './matrix.js';
import { forward, forwardAndBackward, writeEdges, writeMarginals } from './passes.js';
import type { Constraints, Lattice, PreparedLattice } from './types.js';
import { grown, workspaceOf, type LatticeWorkspace } from './workspace.js';

/** Where {@link forwardBackward} leaves what it computes. Arrays must not overlap with those of the lattice. */
export interface ForwardBackwardOutput {
  /** `[t * numTags + tag]`, overwritten: the marginals. May be longer than the lattice; the rest is left as it is. */
  readonly marginals?: Float64Array | undefined;
  /** `[from * numTags + to]`, added to: the expected number of times that `to` directly follows `from`. */
  readonly edgeSums?: Float64Array | undefined;
}

/** The gradient of the log partition in each kind of score: the expected number of times that the score is used. */
export interface LogPartitionGradient {
  readonly logPartition: number;
  /** `[t * numTags + tag]` */
  readonly emissions: Float64Array;
  /** `[from * numTags + to]` */
  readonly transitions: Float64Array;
  /** `[numTags]` */
  readonly startTransitions: Float64Array;
  /** `[numTags]` */
  readonly endTransitions: Float64Array;
}

/**
 * log Z, the logarithm of the sum of exp(score) over all allowed paths: Lafferty et al. 2001, "Conditional Random
 * Fields". 0 for a lattice without tokens (its only path is empty), -Infinity where no path is allowed.
 *
 * @throws RangeError where an array has the wrong length, or a score is NaN or +Infinity.
 */
export function logPartition(
  lattice: Lattice | PreparedLattice,
  constraints?: Constraints,
  workspace?: LatticeWorkspace,
): number {
  const space = workspaceOf(workspace);
  load(space, lattice, constraints, true);
  return space.length === 0 ? 0 : forward(space);
}

/**
 * The log partition, and in the same pass the marginals and the expected number of times that each transition is used,
 * into the caller's buffers: what training needs of a sentence, without an allocation. The gradient of the log partition
 * in the start transitions is the first row of the marginals, that in the end transitions the last.
 *
 * @throws NoPathError where no path is allowed; RangeError as for {@link logPartition}. The buffers are unchanged then.
 */
export function forwardBackward(
  lattice: Lattice | PreparedLattice,
  into: ForwardBackwardOutput,
  constraints?: Constraints,
  workspace?: LatticeWorkspace,
): number {
  const space = workspaceOf(workspace);
  load(space, lattice, constraints, true);
  const { length, numTags } = space;
  const { marginals, edgeSums } = into;
  if (marginals && !(marginals.length >= length * numTags)) {
    checkLength('marginals', marginals, length * numTags, 'length * numTags, or more');
  }
  if (edgeSums) checkLength('edgeSums', edgeSums, numTags * numTags, 'numTags * numTags');
  if (length === 0) return 0;
  const total = forwardAndBackward(space);
  if (marginals) writeMarginals(space, marginals);
  if (edgeSums) addEdges(space, edgeSums);
  return total;
}

/**
 * The log partition and its gradient in all scores, in arrays of their own; all zero for a lattice without tokens.
 * {@link forwardBackward} does the same without the allocations.
 *
 * @throws NoPathError where no path is allowed; RangeError as for {@link logPartition}.
 */
export function logPartitionGradient(
  lattice: Lattice | PreparedLattice,
  constraints?: Constraints,
  workspace?: LatticeWorkspace,
): LogPartitionGradient {
  const space = workspaceOf(workspace);
  load(space, lattice, constraints, true);
  const { length, numTags } = space;
  const size = length * numTags;
  const emissions = new Float64Array(size);
  const transitions = new Float64Array(numTags * numTags);
  const startTransitions = new Float64Array(numTags);
  const endTransitions = new Float64Array(numTags);
  let total = 0;
  if (length > 0) {
    total = forwardAndBackward(space);
    writeMarginals(space, emissions);
    addEdges(space, transitions);
    startTransitions.set(emissions.subarray(0, numTags));
    endTransitions.set(emissions.subarray(size - numTags));
  }
  return { logPartition: total, emissions, transitions, startTransitions, endTransitions };
}

/**
 * The probability of each tag at each position, `[t * numTags + tag]`, among the allowed paths.
 *
 * Each row sums to 1 within 1e-9 whatever the scores; each probability that a float can hold is right relative to
 * itself, 1e-200 as well as 0.5 (see the README on accuracy).
 *
 * @throws NoPathError where no path is allowed; RangeError as for {@link logPartition}.
 */
export function marginals(
  lattice: Lattice | PreparedLattice,
  constraints?: Constraints,
  workspace?: LatticeWorkspace,
): Float64Array {
  const space = workspaceOf(workspace);
  load(space, lattice, constraints, true);
  const out = new Float64Array(space.length * space.numTags);
  if (space.length > 0) {
    forwardAndBackward(space);
    writeMarginals(space, out);
  }
  return out;
}

/**
 * The probability of each pair of neighbouring tags, `[t * numTags * numTags + from * numTags + to]` for tag `from` at
 * position t and `to` at t + 1, t = 0 .. length - 2; empty for fewer than two tokens.
 *
 * @throws NoPathError where no path is allowed; RangeError as for {@link logPartition}.
 */
export function edgeMarginals(
  lattice: Lattice | PreparedLattice,
  constraints?: Constraints,
  workspace?: LatticeWorkspace,
): Float64Array {
  const space = workspaceOf(workspace);
  load(space, lattice, constraints, true);
  const square = space.numTags * space.numTags;
  const out = new Float64Array(Math.max(0, space.length - 1) * square);
  if (space.length > 0) forwardAndBackward(space);
  for (let t = 0; t < space.length - 1; t++) writeEdges(space, t, out, t * square);
  return out;
}

/** After both passes: adds the expected counts of transitions. */
function addEdges(space: LatticeWorkspace, sums: Float64Array): void {
  const { length, numTags, alpha, emissionWeights } = space;
  const { weights } = space.transitions;
  const square = numTags * numTags;
  const edges = (space.edges = grown(space.edges, square));
  if (space.arithmetic === 'scaled') {
    // The probability of an edge is alpha * weight * head, and its weight is the same at every position.
    sumOuterProducts(alpha, emissionWeights, length - 1, numTags, edges);
    for (let p = 0; p < square; p++) sums[p] += edges[p] * weights[p];
    return;
  }
  for (let t = 0; t < length - 1; t++) {
    writeEdges(space, t, edges, 0);
    for (let p = 0; p < square; p++) sums[p] += edges[p];
  }
}
