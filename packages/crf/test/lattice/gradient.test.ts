import { gradientError, randomLattice, seededRandom } from '@cognate/testing';
import { describe, expect, test } from 'vitest';
import { edgeMarginals, logPartition, logPartitionGradient, marginals } from '../../src/index.js';
import { rowSumError } from './helpers.js';

describe('the gradient of the log partition, by finite differences', () => {
  const random = seededRandom(11);
  const shapes = [
    { length: 1, numTags: 3 },
    { length: 2, numTags: 1 },
    { length: 5, numTags: 4 },
    { length: 12, numTags: 9 },
    { length: 8, numTags: 14 },
  ];
  const constraintsOf = (length: number, numTags: number) => ({
    tags: Int32Array.from({ length }, (_, t) => (t === 3 ? 2 : -1)),
    transitions: Uint8Array.from({ length: numTags * numTags }, (_, p) =>
      p % 5 === 1 && numTags > 3 ? 0 : 1,
    ),
  });

  test.each(shapes)('$length tokens, $numTags tags', ({ length, numTags }) => {
    const lattice = {
      ...randomLattice(random, { length, numTags, scale: 2 }),
      startTransitions: Float64Array.from({ length: numTags }, random),
      endTransitions: Float64Array.from({ length: numTags }, random),
    };
    for (const constraints of [undefined, constraintsOf(length, numTags)]) {
      const gradient = logPartitionGradient(lattice, constraints);
      const loss = (): number => logPartition(lattice, constraints);
      expect(gradient.logPartition).toBeCloseTo(loss(), 12);
      for (const kind of ['emissions', 'transitions', 'startTransitions', 'endTransitions'] as const) {
        expect(gradientError(loss, lattice[kind], gradient[kind])).toBeLessThan(1e-9);
      }
      expect(gradient.emissions).toEqual(marginals(lattice, constraints));
      const edges = edgeMarginals(lattice, constraints);
      gradient.transitions.forEach((sum, edge) => {
        let count = 0;
        for (let p = edge; p < edges.length; p += numTags * numTags) count += edges[p];
        expect(sum).toBeCloseTo(count, 12);
      });
    }
  });

  test('in log space', () => {
    const lattice = randomLattice(random, { length: 4, numTags: 3, scale: 2 });
    // Far enough apart for log space, near enough for a loss that a difference can still see.
    lattice.emissions[4] += 300;
    lattice.transitions.fill(-300, 3, 6);
    const gradient = logPartitionGradient(lattice);
    const loss = (): number => logPartition(lattice);
    expect(gradientError(loss, lattice.emissions, gradient.emissions)).toBeLessThan(1e-7);
    expect(gradientError(loss, lattice.transitions, gradient.transitions)).toBeLessThan(1e-7);
  });

  test('rows of marginals, and edges of one position, sum to 1', () => {
    for (const { length, numTags } of shapes) {
      const lattice = randomLattice(random, { length, numTags, scale: 5 });
      expect(rowSumError(marginals(lattice), numTags)).toBeLessThan(1e-14);
      expect(rowSumError(edgeMarginals(lattice), numTags * numTags)).toBeLessThan(1e-14);
    }
  });
});
