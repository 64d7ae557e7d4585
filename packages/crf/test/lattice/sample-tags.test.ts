import { enumeratePaths, pathsLogSum, randomLattice, seededRandom } from '@cognate/testing';
import { describe, expect, test } from 'vitest';
import {
  LatticeWorkspace,
  logPartition,
  sampleTags,
  viterbi,
  type Constraints,
  type Lattice,
} from '../../src/index.js';
import { draw } from '../../src/lattice/sample-tags.js';

/** Pearson's statistic of the samples against the probabilities of all paths, and its degrees of freedom. */
function chiSquare(
  lattice: Lattice,
  constraints: Constraints | undefined,
  samples: readonly Int32Array[],
): { statistic: number; freedom: number; impossible: number } {
  const paths = enumeratePaths(lattice, constraints);
  const total = pathsLogSum(paths);
  const count = samples.length;
  const seen = new Map<string, number>();
  for (const tags of samples) seen.set(tags.join(), (seen.get(tags.join()) ?? 0) + 1);
  let statistic = 0;
  let cells = 0;
  // Paths too rare for the statistic's approximation make one cell.
  let rareExpected = 0;
  let rareSeen = 0;
  for (const { tags, score } of paths) {
    const expected = count * Math.exp(score - total);
    const observed = seen.get(tags.join()) ?? 0;
    seen.delete(tags.join());
    if (expected < 5) {
      rareExpected += expected;
      rareSeen += observed;
      continue;
    }
    statistic += (observed - expected) ** 2 / expected;
    cells++;
  }
  if (rareExpected >= 5) {
    statistic += (rareSeen - rareExpected) ** 2 / rareExpected;
    cells++;
  }
  return { statistic, freedom: cells - 1, impossible: seen.size };
}

describe('samples follow the distribution', () => {
  const random = seededRandom(4);
  const lattice = randomLattice(random, { length: 4, numTags: 3, scale: 1 });
  const cases: [string, Lattice, Constraints | undefined][] = [
    ['plain', lattice, undefined],
    [
      'constrained',
      lattice,
      { tags: [-1, -1, 1, -1], transitions: Uint8Array.of(1, 0, 1, 1, 1, 1, 1, 1, 1) },
    ],
    [
      'forbidden scores',
      randomLattice(random, { length: 4, numTags: 3, scale: 1, forbidden: 0.15 }),
      undefined,
    ],
    // The first token's third tag is out of reach, which takes the rest to log space.
    [
      'log space',
      { ...lattice, emissions: lattice.emissions.map((x, p) => (p === 2 ? -400 : x)) },
      undefined,
    ],
  ];

  // Four standard deviations of the statistic above its mean; the seed is fixed, so it holds always or never.
  const most = (freedom: number): number => freedom + 4 * Math.sqrt(2 * freedom);

  test.each(cases)('%s', (_, lattice, constraints) => {
    const samples = sampleTags(lattice, 20_000, seededRandom(99), constraints);
    const { statistic, freedom, impossible } = chiSquare(lattice, constraints, samples);
    expect(impossible).toBe(0);
    expect(freedom).toBeGreaterThan(5);
    expect(statistic).toBeLessThan(most(freedom));
  });

  test('the last case is in log space', () => {
    const space = new LatticeWorkspace();
    logPartition(cases[3][1], undefined, space);
    expect(space.arithmetic).toBe('log');
  });

  test('a wrong distribution would be noticed', () => {
    const off = { ...lattice, emissions: lattice.emissions.map((x, p) => (p === 4 ? x + 0.2 : x)) };
    const { statistic, freedom } = chiSquare(lattice, undefined, sampleTags(off, 20_000, seededRandom(99)));
    expect(statistic).toBeGreaterThan(most(freedom));
  });
});

describe('samples and the numbers they come from', () => {
  const lattice = randomLattice(seededRandom(6), { length: 5, numTags: 4, scale: 2 });

  test('the same numbers give the same tags, one number per token', () => {
    let asked = 0;
    const counted = seededRandom(1);
    const samples = sampleTags(lattice, 7, () => {
      asked++;
      return counted();
    });
    expect(asked).toBe(35);
    expect(samples).toEqual(sampleTags(lattice, 7, seededRandom(1)));
    expect(samples).not.toEqual(sampleTags(lattice, 7, seededRandom(2)));
  });

  test('the ends of the interval never give a forbidden tag', () => {
    const allowed = Uint8Array.from({ length: 20 }, (_, p) => (p % 4 === 1 || p % 4 === 2 ? 1 : 0));
    for (const value of [0, 1 - 2 ** -53]) {
      const [tags] = sampleTags(lattice, 1, () => value, { allowed });
      expect([...tags]).toEqual(new Array(5).fill(value === 0 ? 1 : 2));
    }
  });

  test('nor does what rounding leaves over', () => {
    const random = seededRandom(12);
    for (let i = 0; i < 2000; i++) {
      // Forty shares, summed upwards and used up from the front: their roundings do not cancel.
      const shares = Float64Array.from({ length: 41 }, (_, tag) => (tag < 40 ? random() / 3 : 0));
      if (draw(shares, () => 1 - 2 ** -53) === 40) expect.fail('a share of 0 was drawn');
    }
  });

  test('random may itself use the library', () => {
    const random = seededRandom(3);
    const nosy = (): number => {
      viterbi({ ...lattice, emissions: lattice.emissions.map((x) => -x) });
      return random();
    };
    expect(sampleTags(lattice, 3, nosy)).toEqual(sampleTags(lattice, 3, seededRandom(3)));
  });
});
