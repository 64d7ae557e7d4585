import { describe, expect, test } from 'vitest';
import {
  enumeratePaths,
  finiteDifferences,
  gradientError,
  oracleKBest,
  oracleLogEdgeMarginals,
  oracleLogMarginals,
  oracleLogPartition,
  oracleLogSpanMarginals,
} from '../src/index.js';

// Worked by hand: paths 00, 01, 10, 11 weigh 2 * 3 * 5, 2 * 7 * 11, 13 * 17 * 5 and 13 * 19 * 11.
const lattice = {
  length: 2,
  numTags: 2,
  emissions: [2, 13, 5, 11].map(Math.log),
  transitions: [3, 7, 17, 19].map(Math.log),
};
const weights = [30, 154, 1105, 2717];
const sum = weights.reduce((a, b) => a + b);

describe('lattice oracle', () => {
  test('enumerates and sums', () => {
    expect(enumeratePaths(lattice)).toHaveLength(4);
    expect(oracleLogPartition(lattice)).toBeCloseTo(Math.log(sum), 12);
    expect(oracleKBest(lattice, 3).map(({ tags }) => tags)).toEqual([
      [1, 1],
      [1, 0],
      [0, 1],
    ]);
  });

  test('gives logarithms of probabilities', () => {
    const close = (actual: Float64Array, expected: number[]): void => {
      expect(actual).toHaveLength(expected.length);
      expected.forEach((weight, i) => expect(Math.exp(actual[i]) * sum).toBeCloseTo(weight, 8));
    };
    close(oracleLogMarginals(lattice), [184, 3822, 1135, 2871]);
    close(oracleLogEdgeMarginals(lattice), weights);
    const spans = [
      { start: 0, tags: [1], followedBy: [1, 0] },
      { start: 1, tags: [1], precededBy: [1, 0], followedBy: [0, 0] },
      { start: 0, tags: [0, 1] },
    ];
    close(oracleLogSpanMarginals(lattice, spans), [1105, 154, 154]);
  });

  test('knows constraints', () => {
    const count = (constraints: object): number => enumeratePaths(lattice, constraints).length;
    expect(count({ transitions: [1, 0, 1, 1] })).toBe(3);
    expect(count({ start: [0, 1] })).toBe(2);
    expect(count({ end: [0, 1], tags: [0, -1] })).toBe(1);
    expect(count({ allowed: [1, 1, 0, 0] })).toBe(0);
    expect(count({ tags: [-1, -1] })).toBe(4);
  });
});

describe('finite differences', () => {
  test('give the gradient of a function that is known', () => {
    const at = Float64Array.of(0.5, -1, 2);
    const loss = (): number => Math.sin(at[0]) * at[1] + Math.exp(at[2]);
    const gradient = [-Math.cos(0.5), Math.sin(0.5), Math.exp(2)];
    expect(gradientError(loss, at, gradient)).toBeLessThan(1e-10);
    expect(gradientError(loss, at, [gradient[0], gradient[1] + 1e-3, gradient[2]])).toBeCloseTo(1e-3, 6);
    expect(gradientError(loss, at, [gradient[0], NaN, gradient[2]])).toBe(Infinity);
    expect([...finiteDifferences(loss, at, { indices: [1] })].map((x) => x.toFixed(6))).toEqual([
      '0.000000',
      Math.sin(0.5).toFixed(6),
      '0.000000',
    ]);
    expect([...at]).toEqual([0.5, -1, 2]);
  });
});
