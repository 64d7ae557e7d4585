import {
  enumeratePaths,
  oracleKBest,
  oracleLogEdgeMarginals,
  oracleLogMarginals,
  oracleLogSpanMarginals,
  pathsLogSum,
  randomConstraints,
  randomInteger,
  randomLattice,
  seededRandom,
  type RandomLattice,
} from '@cognate/testing';
import { describe, expect, test } from 'vitest';
import {
  edgeMarginals,
  forwardBackward,
  kBest,
  LatticeWorkspace,
  logPartition,
  marginals,
  NoPathError,
  prepareTransitions,
  sampleTags,
  scoreTags,
  spanMarginals,
  viterbi,
  type Constraints,
  type Lattice,
  type PreparedLattice,
  type SpanPattern,
} from '../../src/index.js';
import { expectClose, expectProbabilities } from './helpers.js';

interface Case {
  name: string;
  lattice: RandomLattice;
  constraints: Constraints | undefined;
  spans: SpanPattern[];
}

function randomSpans(random: () => number, length: number, numTags: number): SpanPattern[] {
  if (length === 0) return [];
  const mask = (): Uint8Array => Uint8Array.from({ length: numTags }, () => (random() < 0.7 ? 1 : 0));
  return Array.from({ length: 6 }, () => {
    const start = randomInteger(random, length);
    const size = 1 + randomInteger(random, length - start);
    return {
      start,
      tags: Array.from({ length: size }, () => randomInteger(random, numTags)),
      ...(random() < 0.5 && { precededBy: mask() }),
      ...(random() < 0.5 && { followedBy: mask() }),
    };
  });
}

/** Lattices of all small shapes: calm and wild scores, with and without -Infinity and constraints. */
function cases(): Case[] {
  const random = seededRandom(20160701);
  const all: Case[] = [];
  for (const scale of [3, 60, 400, 1000]) {
    for (let numTags = 1; numTags <= 5; numTags++) {
      for (let length = 0; length <= (numTags < 4 ? 6 : 4); length++) {
        for (const kind of ['plain', 'forbidden', 'constrained', 'both'] as const) {
          const forbidden = kind === 'forbidden' || kind === 'both' ? 0.2 : 0;
          const lattice = randomLattice(random, { length, numTags, scale, forbidden });
          const constrained = kind === 'constrained' || kind === 'both';
          all.push({
            name: `${kind}, ${length} tokens, ${numTags} tags, scale ${scale}`,
            lattice,
            constraints: constrained ? randomConstraints(random, length, numTags) : undefined,
            spans: randomSpans(random, length, numTags),
          });
        }
      }
    }
  }
  return all;
}

/** Everything the library says about a lattice agrees with what the list of its paths says. */
function check(
  oracle: RandomLattice,
  oracleConstraints: Constraints | undefined,
  spans: SpanPattern[],
  lattice: Lattice | PreparedLattice,
  constraints: Constraints | undefined,
  workspace: LatticeWorkspace | undefined,
): void {
  const { length, numTags } = oracle;
  const paths = enumeratePaths(oracle, oracleConstraints);
  const total = pathsLogSum(paths);
  expectClose(logPartition(lattice, constraints, workspace), total);

  const best = kBest(lattice, 7, constraints, workspace);
  const expected = oracleKBest(oracle, 7, oracleConstraints);
  expect(best.map(({ tags }) => [...tags])).toEqual(expected.map(({ tags }) => tags));
  best.forEach(({ score }, i) => expectClose(score, expected[i].score));

  if (paths.length === 0) {
    expect(total).toBe(-Infinity);
    expect(() => viterbi(lattice, constraints, workspace)).toThrow(NoPathError);
    expect(() => marginals(lattice, constraints, workspace)).toThrow(NoPathError);
    expect(() => edgeMarginals(lattice, constraints, workspace)).toThrow(NoPathError);
    expect(() => spanMarginals(lattice, spans, constraints, workspace)).toThrow(NoPathError);
    expect(() => sampleTags(lattice, 1, () => 0, constraints, workspace)).toThrow(NoPathError);
    expect(() => forwardBackward(lattice, {}, constraints, workspace)).toThrow(NoPathError);
    return;
  }
  const { tags, score } = viterbi(lattice, constraints, workspace);
  expect([...tags]).toEqual(expected[0].tags);
  expect(score).toBe(best[0].score);
  expect(score).toBe(scoreTags(lattice, tags, constraints));

  const logMarginals = oracleLogMarginals(oracle, oracleConstraints);
  const logEdges = oracleLogEdgeMarginals(oracle, oracleConstraints);
  const edges = edgeMarginals(lattice, constraints, workspace);
  expectProbabilities(marginals(lattice, constraints, workspace), logMarginals);
  expectProbabilities(edges, logEdges);
  expectProbabilities(
    spanMarginals(lattice, spans, constraints, workspace),
    oracleLogSpanMarginals(oracle, spans, oracleConstraints),
  );

  const output = {
    marginals: new Float64Array(length * numTags + 2).fill(-1),
    edgeSums: new Float64Array(numTags * numTags).fill(10),
  };
  expectClose(forwardBackward(lattice, output, constraints, workspace), total);
  expectProbabilities(output.marginals.subarray(0, length * numTags), logMarginals);
  expect([...output.marginals.subarray(length * numTags)]).toEqual([-1, -1]);
  output.edgeSums.forEach((sum, edge) => {
    let count = 10;
    for (let p = edge; p < edges.length; p += numTags * numTags) count += edges[p];
    expectClose(sum, count);
  });

  const random = seededRandom(length * 31 + numTags);
  for (const sample of sampleTags(lattice, 3, random, constraints, workspace)) {
    expect(scoreTags(lattice, sample, constraints)).toBeGreaterThan(-Infinity);
  }
}

describe('against enumeration of all paths', () => {
  const all = cases();
  const shared = new LatticeWorkspace();

  test('the cases have both kinds of arithmetic, and dead ends', () => {
    const seen = { scaled: 0, log: 0, dead: 0 };
    for (const { lattice, constraints } of all) {
      if (lattice.length === 0) continue;
      if (logPartition(lattice, constraints, shared) > -Infinity) seen[shared.arithmetic]++;
      else seen.dead++;
    }
    expect(all.length).toBeGreaterThan(450);
    expect(seen.scaled).toBeGreaterThan(100);
    expect(seen.log).toBeGreaterThan(100);
    expect(seen.dead).toBeGreaterThan(20);
  });

  test.each(all)('$name', ({ lattice, constraints, spans }) => {
    check(lattice, constraints, spans, lattice, constraints, undefined);
  });

  test.each(all)('in a shared workspace, over prepared transitions: $name', (one) => {
    const { lattice, constraints, spans } = one;
    const { length, emissions } = lattice;
    const transitions = prepareTransitions(lattice, constraints);
    const { tags, allowed } = constraints ?? {};
    check(lattice, constraints, spans, { length, emissions, transitions }, { tags, allowed }, shared);
  });

  test('masks on top of prepared transitions combine with theirs', () => {
    const random = seededRandom(5);
    const lattice = randomLattice(random, { length: 4, numTags: 3 });
    const first = Uint8Array.of(1, 0, 1, 1, 1, 1, 1, 1, 1);
    const second = Uint8Array.of(1, 1, 1, 1, 1, 1, 0, 1, 1);
    const prepared = prepareTransitions(lattice, { transitions: first, start: Uint8Array.of(1, 1, 0) });
    const both = { transitions: first.map((one, i) => one & second[i]), start: Uint8Array.of(1, 1, 0) };
    const { length, emissions } = lattice;
    const sum = logPartition({ length, emissions, transitions: prepared }, { transitions: second });
    expectClose(sum, pathsLogSum(enumeratePaths(lattice, both)));
    // The prepared ones are as they were.
    expectClose(
      logPartition({ length, emissions, transitions: prepared }),
      logPartition(lattice, { transitions: first, start: Uint8Array.of(1, 1, 0) }),
      0,
    );
  });

  test('single-precision scores', () => {
    const random = seededRandom(77);
    for (let i = 0; i < 40; i++) {
      const numTags = 1 + randomInteger(random, 4);
      const length = randomInteger(random, 6);
      const wide = randomLattice(random, { length, numTags, scale: i % 2 ? 4 : 900 });
      const narrow = {
        length,
        numTags,
        emissions: Float32Array.from(wide.emissions),
        transitions: Float32Array.from(wide.transitions),
        startTransitions: wide.startTransitions && Float32Array.from(wide.startTransitions),
      };
      const rounded = {
        length,
        numTags,
        emissions: Float64Array.from(narrow.emissions),
        transitions: Float64Array.from(narrow.transitions),
        ...(narrow.startTransitions && { startTransitions: Float64Array.from(narrow.startTransitions) }),
      };
      const constraints = { tags: Int32Array.from({ length }, (_, t) => (t === 2 ? 0 : -1)) };
      check(rounded, constraints, [], narrow, constraints, shared);
    }
  });
});
