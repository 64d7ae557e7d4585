import { expect, test } from 'vitest';
import { bootstrapRuns } from '../src/report/run-bootstrap.js';
import { compareRuns } from '../src/report/significance.js';
import { madeRecord } from './fixtures/records.js';

type Counts = readonly number[];

/** Four sentences, [correct, predicted, gold] of each, by three runs and by two. */
const three: readonly Counts[] = [
  [1, 1, 1, 0, 1, 1, 2, 2, 2, 0, 0, 1],
  [1, 2, 1, 1, 1, 1, 1, 2, 2, 0, 0, 1],
  [1, 1, 1, 0, 0, 1, 2, 3, 2, 1, 1, 1],
];
const two: readonly Counts[] = [
  [0, 1, 1, 0, 0, 1, 1, 2, 2, 1, 1, 1],
  [0, 0, 1, 1, 1, 1, 1, 1, 2, 0, 1, 1],
];

const f1 = (runs: readonly Counts[], sentences: readonly number[] = [0, 1, 2, 3]): number => {
  let [correct, rest] = [0, 0];
  for (const run of runs)
    for (const sentence of sentences) {
      correct += run[3 * sentence];
      rest += run[3 * sentence + 1] + run[3 * sentence + 2];
    }
  return rest === 0 ? 0 : (2 * correct) / rest;
};

/** All tuples of so many numbers below a limit. */
const tuples = (length: number, limit: number): number[][] =>
  length === 0
    ? [[]]
    : tuples(length - 1, limit).flatMap((tuple) =>
        Array.from({ length: limit }, (_, value) => [...tuple, value]),
      );

/** n - 1 of n runs, or the only one. */
const draws = (runs: number): number[][] => (runs === 1 ? [[0]] : tuples(runs - 1, runs));

/** The share of all rounds that there are whose difference is at least as far from the observed one as that is from 0. */
function everyRound(a: readonly Counts[], b: readonly Counts[], paired: boolean): number {
  const observed = f1(a) - f1(b);
  const runs = draws(a.length).flatMap((first) =>
    (paired ? [first] : draws(b.length)).map((second) => [first, second] as const),
  );
  const far = runs.flatMap(([first, second]) =>
    tuples(4, 4).map((sentences) => {
      const [one, other] = [first.map((run) => a[run]), second.map((run) => b[run])];
      return Math.abs(f1(one, sentences) - f1(other, sentences) - observed) >= Math.abs(observed) - 1e-12;
    }),
  );
  return far.filter(Boolean).length / far.length;
}

/** The share of all exchanges of sentences whose difference is as large as the observed one; where a side has fewer runs, they count more often. */
function everyExchange(a: readonly Counts[], b: readonly Counts[]): number {
  const repeated = [b.length, a.length].map((times, side) =>
    Array.from({ length: times }, () => [a, b][side]).flat(),
  );
  const exchanged = (side: number, which: readonly number[]): Counts[] =>
    repeated[0].map((_, run) =>
      which.flatMap((other, sentence) =>
        repeated[(side + other) % 2][run].slice(3 * sentence, 3 * sentence + 3),
      ),
    );
  const all = tuples(4, 2).map((which) => Math.abs(f1(exchanged(0, which)) - f1(exchanged(1, which))));
  return all.filter((difference) => difference >= all[0] - 1e-12).length / all.length;
}

test.each([
  ['three runs and two', three, two, false],
  ['two runs of the same seeds', three.slice(0, 2), two, true],
  ['three runs and one', three, two.slice(0, 1), false],
  ['one run each', three.slice(0, 1), two.slice(0, 1), true],
])('p is that of all rounds and of all exchanges: %s', (_, a, b, paired) => {
  const units = [a, b].map((side) => side.map((counts) => [counts]));
  const { pValue } = bootstrapRuns(units[0], units[1], paired, 40_000);
  // Four standard errors of a share of so many samples are a hundredth.
  expect(Math.abs(pValue - everyRound(a, b, paired))).toBeLessThan(0.01);
  const [first, second] = [a, b].map((side, index) =>
    side.map((counts, run) =>
      madeRecord({ counts, seed: run + 1, model: index === 0 ? 'neural' : 'linear' }),
    ),
  );
  const compared = compareRuns(first, second, 'test');
  expect(compared?.difference).toBeCloseTo(f1(a) - f1(b), 12);
  expect(Math.abs((compared?.bootstrap ?? NaN) - everyRound(a, b, paired))).toBeLessThan(0.03);
  expect(Math.abs((compared?.randomisation ?? NaN) - everyExchange(a, b))).toBeLessThan(0.03);
});
