import {
  oracleLogEdgeMarginals,
  oracleLogMarginals,
  oracleLogPartition,
  oracleLogSpanMarginals,
  randomLattice,
  seededRandom,
} from '@cognate/testing';
import { describe, expect, test } from 'vitest';
import {
  edgeMarginals,
  LatticeWorkspace,
  logPartition,
  marginals,
  spanMarginals,
  viterbi,
  type Lattice,
} from '../../src/index.js';
import { expectClose, expectProbabilities, inLogSpace } from './helpers.js';

/** Checks everything that sums over paths and says which arithmetic did it: of the sum, and of the marginals. */
function arithmetics(lattice: Lattice): string {
  const space = new LatticeWorkspace();
  expectClose(logPartition(lattice, undefined, space), oracleLogPartition(lattice));
  const ofSum = space.arithmetic;
  expectProbabilities(marginals(lattice, undefined, space), oracleLogMarginals(lattice));
  const ofMarginals = space.arithmetic;
  expectProbabilities(edgeMarginals(lattice, undefined, space), oracleLogEdgeMarginals(lattice));
  const { numTags, length } = lattice;
  const spans = [{ start: 0, tags: Array.from({ length }, () => numTags - 1) }];
  expectProbabilities(
    spanMarginals(lattice, spans, undefined, space),
    oracleLogSpanMarginals(lattice, spans),
  );
  return `${ofSum} ${ofMarginals}`;
}

describe('where scaled arithmetic gives way to logarithms', () => {
  const zeros = (size: number): Float64Array => new Float64Array(size);

  test.each([
    { below: 0, expected: 'scaled scaled' },
    { below: 224.99, expected: 'scaled scaled' },
    // Too far below for a weight, too near to be forgotten.
    { below: 225.01, expected: 'log log' },
    { below: 745, expected: 'log log' },
    { below: 750.6, expected: 'log log' },
    // More than 750 + log 2: not to be told from 0.
    { below: 750.8, expected: 'scaled scaled' },
    { below: 1e300, expected: 'scaled scaled' },
    { below: Infinity, expected: 'scaled scaled' },
  ])('an emission $below below the best', ({ below, expected }) => {
    expect(
      arithmetics({
        length: 1,
        numTags: 2,
        emissions: Float64Array.of(17, 17 - below),
        transitions: zeros(4),
      }),
    ).toBe(expected);
  });

  test.each([
    { below: 224.99, expected: 'scaled scaled' },
    { below: 225.01, expected: 'log log' },
    // The bound counts 2^3 paths of 3 tokens, and each step adds up to half of the weight or more.
    { below: 749, expected: 'log log' },
    { below: 753, expected: 'scaled scaled' },
  ])('a transition $below below the best', ({ below, expected }) => {
    const transitions = Float64Array.of(-4, -4, -4, -4 - below);
    expect(arithmetics({ length: 3, numTags: 2, emissions: zeros(6), transitions })).toBe(expected);
  });

  test.each(['startTransitions', 'endTransitions'] as const)('%s', (kind) => {
    const lattice = { length: 2, numTags: 2, emissions: zeros(4), transitions: zeros(4) };
    expect(arithmetics({ ...lattice, [kind]: Float64Array.of(-224.9, 0) })).toBe('scaled scaled');
    expect(arithmetics({ ...lattice, [kind]: Float64Array.of(-225.1, 0) })).toBe('log log');
    expect(arithmetics({ ...lattice, [kind]: Float64Array.of(-1e4, 0) })).toBe('scaled scaled');
  });

  // Tags that never follow one another: the paths drift apart step by step, though no score is remarkable.
  const drift = (length: number, perToken: number): Lattice => ({
    length,
    numTags: 2,
    emissions: Float64Array.from({ length: 2 * length }, (_, p) => (p % 2) * -perToken),
    transitions: Float64Array.of(0, -Infinity, -Infinity, 0),
  });

  test('forward weights that drift apart', () => {
    expect(arithmetics(drift(7, 32))).toBe('scaled scaled'); // 224
    expect(arithmetics(drift(9, 25.01))).toBe('log log'); // 225.09
    expect(arithmetics(drift(12, 80))).toBe('log log');
  });

  test('paths that drift further apart than floats reach and meet again at the end', () => {
    const lattice = drift(10, 150);
    const emissions = Float64Array.from(lattice.emissions);
    for (let t = 5; t < 10; t++) emissions[2 * t + 1] = 150.1;
    expect(arithmetics({ ...lattice, emissions })).toBe('log log');
    expect(marginals({ ...lattice, emissions })[0]).toBeCloseTo(1 / (1 + Math.exp(0.5)), 10);
  });

  test('backward weights that drift apart where the forward ones do not', () => {
    // 2 -> 0 -> 0 and 3 -> 1 -> 0: both steps of the second way cost.
    const lattice = (cost: number): Lattice => {
      const transitions = new Float64Array(16).fill(-Infinity);
      transitions[2 * 4] = 0;
      transitions[3 * 4 + 1] = -cost;
      transitions[0] = 0;
      transitions[1 * 4] = -cost;
      return { length: 3, numTags: 4, emissions: zeros(12), transitions };
    };
    expect(arithmetics(lattice(112))).toBe('scaled scaled');
    expect(arithmetics(lattice(113))).toBe('scaled log');
    expect(arithmetics(lattice(220))).toBe('scaled log');
  });

  test('a tag out of reach may have any future', () => {
    // Ever better scores for a tag that nothing leads to.
    const length = 60;
    const { transitions, numTags } = drift(length, 0);
    const lattice = {
      length,
      numTags,
      transitions,
      emissions: Float64Array.from({ length: 2 * length }, (_, p) => (p % 2) * 40),
      startTransitions: Float64Array.of(0, -Infinity),
    };
    const space = new LatticeWorkspace();
    expect(logPartition(lattice, undefined, space)).toBe(0);
    expect(marginals(lattice, undefined, space)).toEqual(
      lattice.emissions.map((score) => (score === 0 ? 1 : 0)),
    );
    expect(
      spanMarginals(lattice, [
        { start: 3, tags: [1] },
        { start: 3, tags: [0, 0] },
      ]),
    ).toEqual(Float64Array.of(0, 1));
    expect(space.arithmetic).toBe('scaled');
  });

  test('nor does it cost the others their digits in log space', () => {
    const two = randomLattice(seededRandom(21), { length: 10_000, numTags: 2, scale: 2 });
    delete two.startTransitions;
    delete two.endTransitions;
    const { emissions, transitions } = two;
    const third = {
      length: two.length,
      numTags: 3,
      emissions: Float64Array.from({ length: 30_000 }, (_, p) =>
        p % 3 === 2 ? 1000 : emissions[Math.floor(p / 3) * 2 + (p % 3)],
      ),
      transitions: Float64Array.of(
        ...[transitions[0], transitions[1], -Infinity],
        ...[transitions[2], transitions[3], -Infinity],
        ...[0, 0, 0],
      ),
      startTransitions: Float64Array.of(0, 0, -Infinity),
    };
    const expected = inLogSpace(two).marginals;
    const actual = inLogSpace(third).marginals.filter((_, p) => p % 3 !== 2);
    expectProbabilities(actual, expected.map(Math.log), 1e-11);
  });

  test('a fixed tag may be far below the ones that it rules out', () => {
    const lattice = {
      length: 2,
      numTags: 2,
      emissions: Float64Array.of(0, -1e3, 0, 1),
      transitions: zeros(4),
    };
    const space = new LatticeWorkspace();
    expectClose(logPartition(lattice, { tags: [1, -1] }, space), -1e3 + Math.log(1 + Math.E));
    expect(space.arithmetic).toBe('scaled');
    expectClose(
      logPartition(lattice, { allowed: Uint8Array.of(0, 1, 1, 1) }, space),
      -1e3 + Math.log(1 + Math.E),
    );
    expect(space.arithmetic).toBe('scaled');
  });

  test('where only dropped transitions lead on, they count', () => {
    // The one path that starts with tag 1 has to take the bad transition.
    const lattice = {
      length: 2,
      numTags: 2,
      emissions: Float64Array.of(-Infinity, 0, 0, 0),
      transitions: Float64Array.of(0, 0, -1e4, -1e4 - 1),
    };
    expect(arithmetics(lattice)).toBe('log log');
    expectClose(logPartition(lattice), -1e4 + Math.log1p(Math.exp(-1)), 1e-15);
  });

  test('scores such as -1e4 in the place of a mask work as one, at full speed', () => {
    const random = seededRandom(3);
    const space = new LatticeWorkspace();
    for (const [length, bad] of [
      [30, -1e4],
      [2000, -1e9],
    ]) {
      const soft = randomLattice(random, { length, numTags: 7, scale: 6 });
      const transitions = Float64Array.from(soft.transitions);
      for (const edge of [1, 9, 17, 40]) {
        soft.transitions[edge] = bad;
        transitions[edge] = -Infinity;
      }
      const hard = { ...soft, transitions };
      expect(logPartition(soft, undefined, space)).toBe(logPartition(hard));
      expect(space.arithmetic).toBe('scaled');
      expect(marginals(soft, undefined, space)).toEqual(marginals(hard));
      expect(space.arithmetic).toBe('scaled');
    }
  });
});

describe('both arithmetics agree', () => {
  const random = seededRandom(8);
  test.each([
    { length: 5, numTags: 2, scale: 1 },
    { length: 30, numTags: 9, scale: 4 },
    { length: 30, numTags: 40, scale: 4 },
    { length: 60, numTags: 17, scale: 25 },
    { length: 400, numTags: 6, scale: 50 },
  ])('$length tokens, $numTags tags, scores to $scale', ({ length, numTags, scale }) => {
    const lattice = randomLattice(random, { length, numTags, scale });
    const space = new LatticeWorkspace();
    const logs = inLogSpace(lattice);
    expectClose(logPartition(lattice, undefined, space), logs.logPartition, 1e-13);
    expectProbabilities(marginals(lattice, undefined, space), logs.marginals.map(Math.log), 1e-10);
    expect(space.arithmetic).toBe('scaled');
    expectProbabilities(edgeMarginals(lattice, undefined, space), logs.edges.map(Math.log), 1e-10);
  });
});

test('sums in log space, from those that a matrix product can be trusted with to those far below', () => {
  for (let cost = 0; cost < 800; cost += 7) {
    // Tag 1 is reached and left at a cost, by two ways that weigh about the same.
    const lattice = {
      length: 4,
      numTags: 3,
      emissions: Float64Array.of(0, 1, 0.5, 0, -cost / 3, 0.2, 0.1, 0.3, 0.4, 0, 0, 0),
      transitions: Float64Array.of(0, -cost, 0.5, 0.3 - cost / 2, 0.2 - cost, 0, 0.1, 0.4 - cost, 0),
    };
    const actual = inLogSpace(lattice);
    expectClose(actual.logPartition, oracleLogPartition(lattice), 1e-14);
    expectProbabilities(actual.marginals, oracleLogMarginals(lattice), 1e-12);
    expectProbabilities(actual.edges, oracleLogEdgeMarginals(lattice), 1e-12);
  }
});

describe('sums that a matrix product gets wrong in log space', () => {
  const no = -Infinity;
  // Two ways to the same tag: the better one has a transition without a weight, the worse one starts low.
  const transitions = Float64Array.of(0, 0, -230, 0, 0, 0, -230, 0, 0);
  const cases: [string, Lattice][] = [
    ['forward', { length: 2, numTags: 3, emissions: Float64Array.of(0, -300, no, no, no, 0), transitions }],
    ['backward', { length: 2, numTags: 3, emissions: Float64Array.of(no, 0, 0, 0, -300, no), transitions }],
    [
      'an edge whose product has lost digits',
      {
        length: 2,
        numTags: 2,
        emissions: Float64Array.of(0, -400, 0, -330),
        transitions: Float64Array.of(-170, -171, -172, 0),
      },
    ],
  ];

  test.each(cases)('%s', (_, lattice) => {
    expect(arithmetics(lattice)).toBe('log log');
  });
});

describe('small probabilities', () => {
  test.each([-50, -150, -200, -300])('1e%i is not lost', (exponent) => {
    const log = exponent * Math.log(10);
    const lattice = {
      length: 2,
      numTags: 3,
      emissions: Float64Array.of(0, log / 2, log, 0.5, 0, log / 2),
      transitions: Float64Array.of(0, 0.1, 0.2, log / 2, 0, 0, 0.3, 0, 0.4),
    };
    const expected = oracleLogMarginals(lattice);
    const actual = marginals(lattice);
    expectProbabilities(actual, expected, 1e-12);
    expect(actual[2]).toBeGreaterThan(0);
    expect(actual[2]).toBeLessThan(10 ** exponent * 10);
    expectProbabilities(edgeMarginals(lattice), oracleLogEdgeMarginals(lattice), 1e-12);
  });

  test('a long span of rare tags', () => {
    // 60 tokens at 1e-4 each, independent of each other: 1e-240 in all, of conditionals that are ordinary.
    const numTags = 2;
    const length = 60;
    const emissions = Float64Array.from({ length: length * 2 }, (_, p) => Math.log(p % 2 ? 1e-4 : 1 - 1e-4));
    const lattice = { length, numTags, emissions, transitions: new Float64Array(4) };
    const space = new LatticeWorkspace();
    const tags = new Array<number>(length).fill(1);
    const [probability] = spanMarginals(lattice, [{ start: 0, tags }], undefined, space);
    expect(space.arithmetic).toBe('scaled');
    expect(Math.abs(Math.log(probability) - length * Math.log(1e-4))).toBeLessThan(1e-10);
  });
});

test('the best path does not depend on the arithmetic of sums', () => {
  const lattice = {
    length: 3,
    numTags: 2,
    emissions: Float64Array.of(1e3, -1e3, 0, 1e-3, -1e3, 1e3),
    transitions: Float64Array.of(0, -5e2, 0, 0),
  };
  expect([...viterbi(lattice).tags]).toEqual([0, 1, 1]);
});
