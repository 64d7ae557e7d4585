import { randomInteger, seededRandom } from '@cognate/testing';
import { describe, expect, test } from 'vitest';
import {
  edgeMarginals,
  forwardBackward,
  kBest,
  LatticeWorkspace,
  logPartition,
  logPartitionGradient,
  marginals,
  NoPathError,
  prepareTransitions,
  sampleTags,
  scoreTags,
  spanMarginals,
  viterbi,
  type Constraints,
  type Lattice,
  type Path,
} from '../../src/index.js';

const numTags = 3;
const calm = (length: number): Lattice => ({
  length,
  numTags,
  emissions: Float64Array.from({ length: length * numTags }, (_, p) => (p % 5) / 4),
  transitions: Float64Array.from({ length: numTags * numTags }, (_, p) => (p % 4) / 8),
  startTransitions: Float64Array.of(0.1, 0.2, 0.3),
  endTransitions: Float64Array.of(0.3, 0.2, 0.1),
});

/** Every function on one lattice, for what all of them have to do alike. */
const functions: Record<string, (lattice: Lattice, constraints?: Constraints) => unknown> = {
  logPartition,
  viterbi,
  marginals,
  edgeMarginals,
  logPartitionGradient,
  kBest: (lattice, constraints) => kBest(lattice, 2, constraints),
  forwardBackward: (lattice, constraints) => forwardBackward(lattice, {}, constraints),
  spanMarginals: (lattice, constraints) => spanMarginals(lattice, [], constraints),
  sampleTags: (lattice, constraints) => sampleTags(lattice, 1, () => 0.5, constraints),
  scoreTags: (lattice, constraints) =>
    scoreTags(lattice, new Int32Array(Math.max(0, lattice.length)), constraints),
};
const names = Object.keys(functions);

describe('no tokens', () => {
  test('one path, empty, of score 0', () => {
    const lattice = calm(0);
    // Nothing starts or ends, so these forbid nothing.
    const constraints = { start: new Uint8Array(3), end: new Uint8Array(3) };
    for (const given of [undefined, constraints]) {
      expect(logPartition(lattice, given)).toBe(0);
      expect(scoreTags(lattice, [], given)).toBe(0);
      expect(viterbi(lattice, given)).toEqual({ tags: new Int32Array(0), score: 0 });
      expect(kBest(lattice, 5, given)).toEqual([{ tags: new Int32Array(0), score: 0 }]);
      expect(marginals(lattice, given)).toEqual(new Float64Array(0));
      expect(edgeMarginals(lattice, given)).toEqual(new Float64Array(0));
      expect(spanMarginals(lattice, [], given)).toEqual(new Float64Array(0));
      expect(sampleTags(lattice, 2, () => 0, given)).toEqual([new Int32Array(0), new Int32Array(0)]);
      const edgeSums = new Float64Array(9).fill(2);
      expect(forwardBackward(lattice, { edgeSums }, given)).toBe(0);
      expect(edgeSums).toEqual(new Float64Array(9).fill(2));
      expect(logPartitionGradient(lattice, given)).toEqual({
        logPartition: 0,
        emissions: new Float64Array(0),
        transitions: new Float64Array(9),
        startTransitions: new Float64Array(3),
        endTransitions: new Float64Array(3),
      });
    }
  });
});

describe('one token, one tag', () => {
  test('one token: start, emission and end', () => {
    const lattice = calm(1);
    const scores = [0.1 + 0 + 0.3, 0.2 + 0.25 + 0.2, 0.3 + 0.5 + 0.1];
    const sum = scores.reduce((all, score) => all + Math.exp(score), 0);
    expect(logPartition(lattice)).toBeCloseTo(Math.log(sum), 14);
    marginals(lattice).forEach((p, tag) => expect(p).toBeCloseTo(Math.exp(scores[tag]) / sum, 14));
    expect(edgeMarginals(lattice)).toHaveLength(0);
    expect(kBest(lattice, 9).map(({ tags }) => tags[0])).toEqual([2, 1, 0]);
  });

  test('one tag: one path, however extreme', () => {
    for (const score of [0, -1e3, 1e3, -1e100, 1e100]) {
      const lattice = {
        length: 4,
        numTags: 1,
        emissions: new Float64Array(4).fill(score),
        transitions: Float64Array.of(-score / 2),
      };
      expect(logPartition(lattice)).toBe(2.5 * score);
      expect(viterbi(lattice)).toEqual({ tags: new Int32Array(4), score: 2.5 * score });
      expect(kBest(lattice, 3)).toHaveLength(1);
      expect(marginals(lattice)).toEqual(new Float64Array(4).fill(1));
      expect(edgeMarginals(lattice)).toEqual(new Float64Array(3).fill(1));
      expect(spanMarginals(lattice, [{ start: 1, tags: [0, 0] }])).toEqual(Float64Array.of(1));
    }
  });
});

describe('ties', () => {
  const level = { length: 3, numTags: 2, emissions: new Float64Array(6), transitions: new Float64Array(4) };

  test('go to the lowest tag', () => {
    expect([...viterbi(level).tags]).toEqual([0, 0, 0]);
    const wide = {
      ...calm(2),
      numTags: 9,
      emissions: new Float64Array(18),
      transitions: new Float64Array(81),
    };
    delete wide.startTransitions;
    delete wide.endTransitions;
    expect([...viterbi(wide).tags]).toEqual([0, 0]);
    expect([...viterbi(wide, { start: Uint8Array.of(0, 0, 1, 1, 1, 1, 1, 1, 1) }).tags]).toEqual([2, 0]);
    // Two paths score 1: 0 1 and 1 0. They differ last at the second token, where 0 is lower.
    expect([
      ...viterbi({
        ...level,
        length: 2,
        emissions: Float64Array.of(0, 1, 0, 1),
        transitions: Float64Array.of(0, 0, 0, -1),
      }).tags,
    ]).toEqual([1, 0]);
  });

  test('k best: by the last tag, then the one before', () => {
    expect(kBest(level, 100).map(({ tags }) => tags.join(''))).toEqual([
      '000',
      '100',
      '010',
      '110',
      '001',
      '101',
      '011',
      '111',
    ]);
    expect(kBest(level, 3).map(({ tags }) => tags.join(''))).toEqual(['000', '100', '010']);
  });
});

describe('k best', () => {
  test('all paths once, where k is larger than their number', () => {
    const lattice = calm(4);
    const all = kBest(lattice, Number.MAX_SAFE_INTEGER);
    expect(all).toHaveLength(81);
    expect(new Set(all.map(({ tags }) => tags.join())).size).toBe(81);
    for (const { tags, score } of all) expect(score).toBe(scoreTags(lattice, tags));
  });

  test('the order holds for the scores as they are given, where sums in another order round otherwise', () => {
    const random = seededRandom(9);
    const tenths = (size: number): Float64Array =>
      Float64Array.from({ length: size }, () => randomInteger(random, 4) / 10);
    for (let i = 0; i < 30; i++) {
      const all = kBest({ length: 5, numTags: 3, emissions: tenths(15), transitions: tenths(9) }, 243);
      const key = ({ tags }: Path): string => [...tags].reverse().join('');
      const ordered = [...all].sort((a, b) => b.score - a.score || (key(a) < key(b) ? -1 : 1));
      expect(all.map(key)).toEqual(ordered.map(key));
    }
  });

  test('no path, no result', () => {
    expect(kBest(calm(2), 3, { end: new Uint8Array(3) })).toEqual([]);
  });

  test.each([0, -1, 1.5, NaN, Infinity])('k = %d is refused', (k) => {
    expect(() => kBest(calm(2), k)).toThrow(`k: expected a whole number of at least 1, got ${k}`);
  });
});

describe('where no path is allowed', () => {
  const blocked: [string, number, Lattice, Constraints?][] = [
    ['a start mask', 0, calm(3), { start: new Uint8Array(3) }],
    [
      'emissions of -Infinity',
      1,
      { ...calm(3), emissions: calm(3).emissions.map((x, p) => (p > 2 && p < 6 ? -Infinity : x)) },
    ],
    ['an allowed mask', 2, calm(3), { allowed: Uint8Array.of(1, 1, 1, 1, 1, 1, 0, 0, 0) }],
    [
      'fixed tags that do not follow each other',
      2,
      calm(4),
      { tags: [-1, 0, 1, -1], transitions: Uint8Array.of(1, 0, 1, 1, 1, 1, 1, 1, 1) },
    ],
    ['transitions', 1, { ...calm(2), transitions: new Float64Array(9).fill(-Infinity) }],
  ];

  test.each(blocked)('%s: position %i', (_, position, lattice, constraints) => {
    expect(logPartition(lattice, constraints)).toBe(-Infinity);
    expect(kBest(lattice, 2, constraints)).toEqual([]);
    for (const name of names.filter((name) => !['logPartition', 'kBest', 'scoreTags'].includes(name))) {
      let thrown: unknown;
      try {
        functions[name](lattice, constraints);
      } catch (error) {
        thrown = error;
      }
      expect(thrown).toBeInstanceOf(NoPathError);
      expect((thrown as NoPathError).position).toBe(position);
      expect((thrown as NoPathError).message).toContain(
        `no tag sequence is allowed: token ${position} of ${lattice.length} cannot be reached`,
      );
    }
  });

  test('none that is reached may end', () => {
    for (const end of [new Float64Array(3).fill(-Infinity), undefined]) {
      const lattice = end ? { ...calm(3), endTransitions: end } : calm(3);
      const constraints = end ? undefined : { end: new Uint8Array(3) };
      expect(logPartition(lattice, constraints)).toBe(-Infinity);
      for (const name of ['marginals', 'viterbi']) {
        expect(() => functions[name](lattice, constraints)).toThrow(
          'no tag sequence is allowed: no tag that token 2 (the last) can be reached with may end the sequence',
        );
      }
      expect(kBest(lattice, 2, constraints)).toEqual([]);
    }
  });

  test('the same in log space', () => {
    const lattice = { ...calm(3), emissions: Float64Array.of(0, 500, 900, 1, 1, 1, 1, 1, 1) };
    const constraints = { allowed: Uint8Array.of(1, 1, 1, 1, 1, 1, 0, 0, 0) };
    expect(logPartition(lattice, constraints)).toBe(-Infinity);
    expect(() => marginals(lattice, constraints)).toThrow('token 2 of 3 cannot be reached');
    const ends = { tags: [-1, -1, 0], end: Uint8Array.of(0, 1, 1) };
    const space = new LatticeWorkspace();
    expect(
      logPartition({ ...lattice, transitions: Float64Array.of(0, 0, 0, 0, 0, 0, 0, 0, -500) }, ends, space),
    ).toBe(-Infinity);
    expect(space.arithmetic).toBe('log');
  });

  test('buffers are left as they were', () => {
    const output = { marginals: new Float64Array(6).fill(7), edgeSums: new Float64Array(9).fill(7) };
    expect(() => forwardBackward(calm(2), output, { end: new Uint8Array(3) })).toThrow(NoPathError);
    expect(output).toEqual({ marginals: new Float64Array(6).fill(7), edgeSums: new Float64Array(9).fill(7) });
  });

  test('a tagging that breaks a constraint scores -Infinity', () => {
    const lattice = calm(2);
    const score = (constraints: Constraints): number => scoreTags(lattice, [0, 1], constraints);
    expect(score({})).toBeGreaterThan(0);
    expect(score({ tags: [-1, 2] })).toBe(-Infinity);
    expect(score({ tags: [0, -1] })).toBeGreaterThan(0);
    expect(score({ start: Uint8Array.of(0, 1, 1) })).toBe(-Infinity);
    expect(score({ end: Uint8Array.of(1, 0, 1) })).toBe(-Infinity);
    expect(score({ allowed: Uint8Array.of(1, 1, 1, 1, 0, 1) })).toBe(-Infinity);
    expect(score({ transitions: Uint8Array.of(1, 0, 1, 1, 1, 1, 1, 1, 1) })).toBe(-Infinity);
    expect(scoreTags({ ...lattice, startTransitions: Float64Array.of(-Infinity, 0, 0) }, [0, 1])).toBe(
      -Infinity,
    );
  });
});

describe('what is no lattice is refused, by every function', () => {
  const bad = (value: number, at: number, size: number): Float64Array => {
    const scores = new Float64Array(size);
    scores[at] = value;
    return scores;
  };
  const good = calm(2);
  const wrong: [string, unknown, unknown, string][] = [
    [
      'NaN emission',
      { emissions: bad(NaN, 0, 6) },
      undefined,
      'emissions: expected a finite score or -Infinity, got NaN at position 0, tag 0',
    ],
    ['infinite emission', { emissions: bad(Infinity, 3, 6) }, undefined, 'got Infinity at position 1, tag 0'],
    [
      'NaN in single precision',
      { emissions: Float32Array.from(bad(NaN, 3, 6)) },
      undefined,
      'got NaN at position 1, tag 0',
    ],
    [
      'NaN transition',
      { transitions: bad(NaN, 0, 9) },
      undefined,
      'transitions: expected a finite score or -Infinity, got NaN from tag 0 to tag 0',
    ],
    [
      'infinite start',
      { startTransitions: bad(Infinity, 0, 3) },
      undefined,
      'startTransitions: expected a finite score or -Infinity, got Infinity for tag 0',
    ],
    [
      'NaN end',
      { endTransitions: bad(NaN, 0, 3) },
      undefined,
      'endTransitions: expected a finite score or -Infinity, got NaN for tag 0',
    ],
    [
      'short emissions',
      { emissions: new Float64Array(5) },
      undefined,
      'emissions: expected 6 values (length * numTags), got 5',
    ],
    [
      'long emissions',
      { emissions: new Float64Array(7) },
      undefined,
      'emissions: expected 6 values (length * numTags), got 7',
    ],
    [
      'no emissions',
      { emissions: undefined },
      undefined,
      'emissions: expected 6 values (length * numTags), got undefined',
    ],
    [
      'no transitions',
      { transitions: null },
      undefined,
      'transitions: expected 9 values (numTags * numTags), got undefined',
    ],
    [
      'short transitions',
      { transitions: new Float64Array(3) },
      undefined,
      'transitions: expected 9 values (numTags * numTags), got 3',
    ],
    [
      'short start',
      { startTransitions: new Float64Array(2) },
      undefined,
      'startTransitions: expected 3 values (numTags), got 2',
    ],
    [
      'long end',
      { endTransitions: new Float64Array(4) },
      undefined,
      'endTransitions: expected 3 values (numTags), got 4',
    ],
    ['no tags', { numTags: 0 }, undefined, 'numTags: expected a whole number of at least 1, got 0'],
    ['half a token', { length: 1.5 }, undefined, 'length: expected a whole number of at least 0, got 1.5'],
    [
      'less than no token',
      { length: -1 },
      undefined,
      'length: expected a whole number of at least 0, got -1',
    ],
    [
      'short mask',
      {},
      { transitions: new Uint8Array(8) },
      'constraints.transitions: expected 9 values (numTags * numTags), got 8',
    ],
    [
      'short start mask',
      {},
      { start: new Uint8Array(2) },
      'constraints.start: expected 3 values (numTags), got 2',
    ],
    ['long end mask', {}, { end: new Uint8Array(4) }, 'constraints.end: expected 3 values (numTags), got 4'],
    [
      'short allowed',
      {},
      { allowed: new Uint8Array(5) },
      'constraints.allowed: expected 6 values (length * numTags), got 5',
    ],
    ['short tags', {}, { tags: [0] }, 'constraints.tags: expected 2 values (length), got 1'],
    [
      'an unknown tag',
      {},
      { tags: [-1, 3] },
      'constraints.tags: expected a tag from 0 to 2 or -1 (free) at position 1, got 3',
    ],
    [
      'a negative tag',
      {},
      { tags: [-2, 0] },
      'constraints.tags: expected a tag from 0 to 2 or -1 (free) at position 0, got -2',
    ],
    [
      'half a tag',
      {},
      { tags: [0.5, 0] },
      'constraints.tags: expected a tag from 0 to 2 or -1 (free) at position 0, got 0.5',
    ],
  ];

  test.each(wrong)('%s', (_, change, constraints, message) => {
    for (const name of names) {
      const call = (): unknown =>
        functions[name]({ ...good, ...(change as object) }, constraints as Constraints | undefined);
      expect(call, name).toThrow(RangeError);
      expect(call, name).toThrow(message);
    }
  });

  test('a forbidden emission has to be a score all the same', () => {
    const lattice = { ...good, emissions: bad(NaN, 4, 6) };
    expect(() => marginals(lattice, { tags: [0, 0] })).toThrow('got NaN at position 1, tag 1');
  });

  test('finite scores that add up to infinity', () => {
    const huge = (size: number): Lattice => ({
      ...good,
      emissions: new Float64Array(6).fill(size),
      transitions: new Float64Array(9).fill(size),
    });
    for (const name of names) {
      expect(() => functions[name](huge(1e308)), name).toThrow('the scores are too large: they add up to');
    }
    // Downwards there is a number for it.
    expect(() => marginals(huge(-1e308))).toThrow('the scores are too large: they add up to -Infinity');
    expect(() => viterbi(huge(-1e308))).toThrow(NoPathError);
    expect(scoreTags(huge(-1e308), [0, 0])).toBe(-Infinity);
  });

  test('paths, spans, samples, buffers, prepared transitions', () => {
    expect(() => scoreTags(good, [0])).toThrow('tags: expected 2 values (length), got 1');
    expect(() => scoreTags(good, [0, -1])).toThrow('tags: expected a tag from 0 to 2 at position 1, got -1');
    const span = (change: object) => () =>
      spanMarginals(good, [
        { start: 0, tags: [0] },
        { start: 0, tags: [0], ...change },
      ]);
    expect(span({ start: -1 })).toThrow('spans[1].start: expected a whole number of at least 0, got -1');
    expect(span({ start: 2 })).toThrow(
      'spans[1]: expected a span within the 2 tokens of the lattice, got 2 to 3',
    );
    expect(span({ tags: [] })).toThrow('spans[1].tags: expected at least one tag, got none');
    expect(span({ tags: [0, 3] })).toThrow('spans[1].tags: expected a tag from 0 to 2 at position 1, got 3');
    expect(span({ precededBy: new Uint8Array(2) })).toThrow(
      'spans[1].precededBy: expected 3 values (numTags), got 2',
    );
    expect(span({ followedBy: new Uint8Array(4) })).toThrow(
      'spans[1].followedBy: expected 3 values (numTags), got 4',
    );
    expect(() => sampleTags(good, -1, () => 0)).toThrow(
      'count: expected a whole number of at least 0, got -1',
    );
    for (const bad of [1, -0.1, NaN]) {
      expect(() => sampleTags(good, 1, () => bad)).toThrow(
        `random: expected a number from 0 to less than 1, got ${bad}`,
      );
    }
    expect(() => forwardBackward(good, { marginals: new Float64Array(5) })).toThrow(
      'marginals: expected 6 values (length * numTags, or more), got 5',
    );
    expect(() => forwardBackward(good, { edgeSums: new Float64Array(10) })).toThrow(
      'edgeSums: expected 9 values (numTags * numTags), got 10',
    );
    expect(() => prepareTransitions({ ...good, numTags: 2 })).toThrow('transitions: expected 4 values');
    const four = prepareTransitions({ numTags: 4, transitions: new Float64Array(16) });
    expect(() => prepareTransitions(good, {}, four)).toThrow('reuse: expected transitions of 3 tags, got 4');
    expect(() => prepareTransitions(good, { end: new Uint8Array(2) })).toThrow(
      'constraints.end: expected 3 values',
    );
  });
});

describe('workspace', () => {
  const results = (
    lattice: Lattice,
    constraints: Constraints | undefined,
    space?: LatticeWorkspace,
  ): unknown => [
    logPartition(lattice, constraints, space),
    viterbi(lattice, constraints, space),
    kBest(lattice, 4, constraints, space),
    marginals(lattice, constraints, space),
    edgeMarginals(lattice, constraints, space),
    logPartitionGradient(lattice, constraints, space),
    spanMarginals(lattice, [{ start: 0, tags: [1] }], constraints, space),
    sampleTags(lattice, 2, () => 0.3, constraints, space),
  ];

  test('what a call leaves behind changes no later result', () => {
    const space = new LatticeWorkspace();
    const constraints = { tags: [-1, 2, -1], end: Uint8Array.of(1, 0, 1) };
    const expected = [results(calm(3), undefined), results(calm(3), constraints)];
    const wild = { ...calm(20), emissions: calm(20).emissions.map((x, p) => (p % 2 ? 900 : x)) };
    const wide = {
      length: 4,
      numTags: 8,
      emissions: new Float64Array(32),
      transitions: new Float64Array(64),
    };
    for (const other of [wild, wide, calm(1), calm(50)]) {
      results(other, undefined, space);
      expect(() =>
        marginals(other, { allowed: new Uint8Array(other.length * other.numTags) }, space),
      ).toThrow(NoPathError);
      expect(results(calm(3), undefined, space)).toEqual(expected[0]);
      expect(results(calm(3), constraints, space)).toEqual(expected[1]);
    }
  });

  test('inputs are not changed', () => {
    const lattice = calm(4);
    const before = structuredClone(lattice);
    const space = new LatticeWorkspace();
    results(
      lattice,
      { tags: [0, -1, -1, 1], allowed: new Uint8Array(12).fill(1), start: Uint8Array.of(1, 0, 0) },
      space,
    );
    results(lattice, undefined, space);
    expect(lattice).toEqual(before);
  });

  test('transitions that are prepared again are those of the second time', () => {
    const prepared = prepareTransitions(calm(3), { start: Uint8Array.of(0, 0, 1) });
    const other = { ...calm(3), transitions: new Float64Array(9).fill(0.5) };
    expect(prepareTransitions(other, undefined, prepared)).toBe(prepared);
    const { length, emissions } = other;
    expect(logPartition({ length, emissions, transitions: prepared })).toBe(logPartition(other));
  });
});
