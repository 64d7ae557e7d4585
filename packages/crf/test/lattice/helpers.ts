import { expect } from 'vitest';
import type { Constraints, Lattice } from '../../src/index.js';
import { logBackward, logForward } from '../../src/lattice/log-space.js';
import { load } from '../../src/lattice/load.js';
import { writeEdges, writeMarginals } from '../../src/lattice/passes.js';
import { LatticeWorkspace } from '../../src/lattice/workspace.js';

/** Below the logarithm of the least normal number a probability may lose digits. */
const LEAST_LOG = -708;

/** Each probability equals exp of its logarithm, relative to itself, down to the least normal number. */
export function expectProbabilities(
  actual: Float64Array,
  expectedLogs: Float64Array,
  relative = 1e-11,
): void {
  expect(actual.length).toBe(expectedLogs.length);
  expectedLogs.forEach((log, i) => {
    const value = actual[i];
    if (log < LEAST_LOG) {
      if (!(value >= 0 && value < 1e-307)) expect.fail(`[${i}] is ${value}, expected exp(${log})`);
    } else if (!(Math.abs(Math.log(value) - log) <= relative)) {
      expect.fail(`[${i}] is ${value}, expected ${Math.exp(log)}`);
    }
    if (!(value <= 1)) expect.fail(`[${i}] is ${value}, more than 1`);
  });
}

export function expectClose(actual: number, expected: number, relative = 1e-12): void {
  if (actual === expected) return;
  const error = Math.abs(actual - expected) / Math.max(1, Math.abs(expected));
  if (!(error <= relative)) expect.fail(`${actual}, expected ${expected}: off by ${error}`);
}

/** Partition, marginals and edges with logarithms throughout, whatever the lattice needs. */
export function inLogSpace(
  lattice: Lattice,
  constraints?: Constraints,
): { logPartition: number; marginals: Float64Array; edges: Float64Array } {
  const space = new LatticeWorkspace();
  load(space, lattice, constraints, true);
  space.arithmetic = 'log';
  const square = space.numTags * space.numTags;
  const logPartition = logForward(space);
  logBackward(space);
  const marginals = new Float64Array(space.length * space.numTags);
  writeMarginals(space, marginals);
  const edges = new Float64Array((space.length - 1) * square);
  for (let t = 0; t < space.length - 1; t++) writeEdges(space, t, edges, t * square);
  return { logPartition, marginals, edges };
}

/** The largest distance from 1 of the sum of a row. */
export function rowSumError(marginals: Float64Array, numTags: number): number {
  let worst = 0;
  for (let row = 0; row < marginals.length; row += numTags) {
    const sum = marginals.subarray(row, row + numTags).reduce((a, b) => a + b, 0);
    worst = Math.max(worst, Math.abs(sum - 1));
  }
  return worst;
}
