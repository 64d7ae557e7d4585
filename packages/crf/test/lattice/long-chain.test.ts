import {
  oracleKBest,
  oracleLogMarginals,
  oracleLogPartition,
  randomLattice,
  seededRandom,
} from '@cognate/testing';
import { describe, expect, test } from 'vitest';
import {
  kBest,
  LatticeWorkspace,
  logPartition,
  marginals,
  sampleTags,
  scoreTags,
  viterbi,
  type Lattice,
} from '../../src/index.js';
import { expectClose, expectProbabilities, rowSumError } from './helpers.js';

const length = 10_000;

/**
 * With the tag of every fourth token fixed, a chain falls into pieces that are short enough to enumerate: the pieces of a
 * lattice, the first with the start and all others without the emission that the piece before has counted.
 */
function pieces(lattice: Lattice, tags: Int32Array): { piece: Lattice; tags: Int32Array; from: number }[] {
  const { numTags } = lattice;
  const result = [];
  for (let from = 0; from < length - 1; from += 4) {
    const to = Math.min(length, from + 5);
    const emissions = Float64Array.from(lattice.emissions.subarray(from * numTags, to * numTags));
    if (from > 0) emissions.fill(0, 0, numTags);
    const piece = { length: to - from, numTags, emissions, transitions: lattice.transitions };
    result.push({ piece, tags: tags.slice(from, to), from });
  }
  return result;
}

describe.each([
  { scale: 3, arithmetic: 'scaled' },
  { scale: 50, arithmetic: 'scaled' },
  { scale: 1000, arithmetic: 'log' },
])('10,000 tokens, scores of ±$scale', ({ scale, arithmetic }) => {
  const random = seededRandom(scale);
  const numTags = 3;
  const lattice = randomLattice(random, { length, numTags, scale });
  delete lattice.startTransitions;
  delete lattice.endTransitions;
  const tags = Int32Array.from({ length }, (_, t) => (t % 4 === 0 ? Math.floor(random() * 3) : -1));
  const parts = pieces(lattice, tags);
  const space = new LatticeWorkspace();

  test('log partition', () => {
    let expected = 0;
    for (const { piece, tags } of parts) expected += oracleLogPartition(piece, { tags });
    expectClose(logPartition(lattice, { tags }, space), expected, 1e-13);
    expect(space.arithmetic).toBe(arithmetic);
  });

  test('marginals', () => {
    const actual = marginals(lattice, { tags }, space);
    expect(space.arithmetic).toBe(arithmetic);
    expect(rowSumError(actual, numTags)).toBeLessThan(1e-12);
    for (const { piece, tags, from } of parts) {
      const row = actual.subarray(from * numTags, (from + piece.length) * numTags);
      expectProbabilities(row, oracleLogMarginals(piece, { tags }), 1e-10);
    }
  });

  test('best path', () => {
    const expected = new Int32Array(length);
    for (const { piece, tags, from } of parts) expected.set(oracleKBest(piece, 1, { tags })[0].tags, from);
    const best = viterbi(lattice, { tags }, space);
    expect(best.tags).toEqual(expected);
    expect(best.score).toBe(scoreTags(lattice, best.tags));
  });

  test('with nothing fixed: rows sum to 1, the best path weighs less than all, k best are in order', () => {
    const free = marginals(lattice, undefined, space);
    expect(rowSumError(free, numTags)).toBeLessThan(1e-12);
    expect(free.every((p) => p >= 0 && p <= 1)).toBe(true);
    const best = kBest(lattice, 20, undefined, space);
    expect(best[0]).toEqual(viterbi(lattice));
    for (let i = 1; i < best.length; i++) expect(best[i].score).toBeLessThanOrEqual(best[i - 1].score);
    expect(new Set(best.map(({ tags }) => tags.join())).size).toBe(20);
    const total = logPartition(lattice, undefined, space);
    expect(total).toBeGreaterThanOrEqual(best[0].score - 1e-6);
    expect(total).toBeLessThan(best[0].score + length * Math.log(numTags));
    expect(sampleTags(lattice, 1, random)[0]).toHaveLength(length);
  });
});

test('tokens that do not depend on each other, 10,000 of them', () => {
  const random = seededRandom(2);
  for (const scale of [5, 1000]) {
    const lattice = {
      ...randomLattice(random, { length, numTags: 4, scale }),
      transitions: new Float64Array(16),
    };
    delete lattice.startTransitions;
    delete lattice.endTransitions;
    const expected = new Float64Array(4 * length);
    let total = 0;
    for (let row = 0; row < 4 * length; row += 4) {
      const scores = lattice.emissions.subarray(row, row + 4);
      const most = Math.max(...scores);
      const sum = scores.reduce((sum, score) => sum + Math.exp(score - most), 0);
      total += most + Math.log(sum);
      scores.forEach((score, j) => (expected[row + j] = score - most - Math.log(sum)));
    }
    expectClose(logPartition(lattice), total, 1e-13);
    expectProbabilities(marginals(lattice), expected, 1e-11);
  }
});

test('100,000 tokens: nothing drifts', () => {
  const lattice = randomLattice(seededRandom(1), { length: 100_000, numTags: 5, scale: 4 });
  expect(rowSumError(marginals(lattice), 5)).toBeLessThan(1e-13);
});
