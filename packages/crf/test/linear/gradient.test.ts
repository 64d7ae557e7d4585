import { gradientError, randomInteger, seededRandom } from '@cognate/testing';
import { describe, expect, it } from 'vitest';
import type { Sequence } from '../../src/index.js';
import type { FeatureRules } from '../../src/linear/features.js';
import { MAX_SCALED_SPREAD } from '../../src/linear/kernel/chain-pass.js';
import { plainKernel } from '../../src/linear/kernel/plain.js';
import { enumeratedLoss, noPause, numbered, randomSequences } from './helpers.js';

interface Case {
  name: string;
  tags: number;
  attributes: number;
  weighted: boolean;
  rules: Partial<FeatureRules>;
}

// 1 to 9 tags: rows that are padded by 3, 2, 1 and 0; few and many attributes: rows dense, compressed and of one weight.
const cases: Case[] = [
  { name: 'one tag', tags: 1, attributes: 3, weighted: false, rules: {} },
  { name: 'two tags', tags: 2, attributes: 9, weighted: false, rules: {} },
  { name: 'three tags, weighted', tags: 3, attributes: 30, weighted: true, rules: {} },
  { name: 'four tags, all pairs', tags: 4, attributes: 6, weighted: false, rules: { possibleStates: true } },
  {
    name: 'five tags, weighted',
    tags: 5,
    attributes: 12,
    weighted: true,
    rules: { possibleTransitions: true },
  },
  { name: 'nine tags', tags: 9, attributes: 40, weighted: false, rules: {} },
  { name: 'nine tags, weighted', tags: 9, attributes: 15, weighted: true, rules: {} },
  { name: 'rare features left out', tags: 3, attributes: 20, weighted: false, rules: { minFrequency: 3 } },
];

const dataOf = ({ tags, attributes, weighted }: Case): Sequence[] =>
  randomSequences({
    seed: tags * 100 + attributes,
    count: 14,
    tags,
    attributes,
    maxLength: tags > 5 ? 3 : 4,
    weighted,
  });

async function check(testCase: Case, spread: number, tolerance: number): Promise<void> {
  const { rules } = testCase;
  const data = dataOf(testCase);
  const problem = numbered(data, rules);
  const random = seededRandom(7);
  const weights = Float64Array.from(
    { length: problem.features.numFeatures },
    () => spread * (random() - 0.5),
  );
  const gradient = new Float64Array(weights.length);
  const kernel = plainKernel(problem.corpus, problem.features);
  const loss = await kernel.lossAndGradient(weights, gradient, noPause);
  const expected = enumeratedLoss(data, problem, weights);
  expect(Math.abs(loss - expected)).toBeLessThan(1e-11 * Math.max(1, expected));
  const indices =
    weights.length < 30
      ? weights.keys()
      : Array.from({ length: 30 }, () => randomInteger(random, weights.length));
  const error = gradientError(() => enumeratedLoss(data, problem, weights), weights, gradient, { indices });
  expect(error).toBeLessThan(tolerance);
}

describe('loss and gradient', () => {
  it.each(cases)('agree with enumeration and finite differences: $name', async (testCase) => {
    await check(testCase, 4, 1e-8);
  });

  it.each(cases)('agree at the limit of the scaled pass: $name', async (testCase) => {
    await check(testCase, 0.99 * MAX_SCALED_SPREAD, 1e-6);
  });

  it.each(cases)('agree where transitions need logarithms: $name', async (testCase) => {
    await check(testCase, 4 * MAX_SCALED_SPREAD, 1e-5);
  });

  it('takes arrangements of rows of every kind', () => {
    // What the cases above are meant to cover.
    const sizes = new Set<string>();
    for (const testCase of cases) {
      const { features } = numbered(dataOf(testCase), testCase.rules);
      const stride = Math.ceil(testCase.tags / 4) * 4;
      for (let a = 0; a < features.numAttributes; a++) {
        const size = features.rowOffsets[a + 1] - features.rowOffsets[a];
        sizes.add(size === 0 ? 'none' : size * 3 >= stride ? 'dense' : size === 1 ? 'single' : 'compressed');
      }
    }
    expect([...sizes].sort()).toEqual(['compressed', 'dense', 'none', 'single']);
  });

  it('keeps tags that are far behind at their position and win by transitions', async () => {
    // Staying in A costs 250 a step, staying in B nothing; A is 600 better at the start: B wins from the fourth token on.
    const length = 6;
    const data = [
      {
        attributes: [['start'], ...Array.from({ length: length - 1 }, () => [])],
        tags: Array(length).fill('A'),
      },
      {
        attributes: [['start'], ...Array.from({ length: length - 1 }, () => [])],
        tags: Array(length).fill('B'),
      },
    ];
    const problem = numbered(data);
    const weights = new Float64Array(problem.features.numFeatures);
    const { numTags, numStateFeatures, transitionCells } = problem.features;
    expect([numTags, numStateFeatures]).toEqual([2, 2]);
    expect([...transitionCells]).toEqual([0, 3]);
    weights.set([600, 0, -250, 0]);
    const gradient = new Float64Array(weights.length);
    const kernel = plainKernel(problem.corpus, problem.features);
    const loss = await kernel.lossAndGradient(weights, gradient, noPause);
    expect(loss).toBeCloseTo(enumeratedLoss(data, problem, weights), 9);
    expect(gradientError(() => enumeratedLoss(data, problem, weights), weights, gradient)).toBeLessThan(1e-8);
  });

  it('gives a loss that is not finite for weights that are not', async () => {
    const problem = numbered(randomSequences({ seed: 1, count: 5, tags: 3, attributes: 4, maxLength: 4 }));
    const kernel = plainKernel(problem.corpus, problem.features);
    const gradient = new Float64Array(problem.features.numFeatures);
    for (const value of [NaN, Infinity, 1e308]) {
      const weights = new Float64Array(gradient.length).fill(value);
      for (let k = 0; k < weights.length; k += 2) weights[k] = -value;
      expect(await kernel.lossAndGradient(weights, gradient, noPause)).not.toSatisfy(Number.isFinite);
    }
  });

  it('holds over 3,000 tokens', async () => {
    const data = randomSequences({ seed: 3, count: 3000, tags: 4, attributes: 8, maxLength: 1 });
    const long = { attributes: data.flatMap((s) => s.attributes), tags: data.flatMap((s) => s.tags) };
    const problem = numbered([long]);
    const weights = new Float64Array(problem.features.numFeatures);
    const gradient = new Float64Array(weights.length);
    const loss = await plainKernel(problem.corpus, problem.features).lossAndGradient(
      weights,
      gradient,
      noPause,
    );
    // At weights 0 all taggings are alike.
    expect(loss).toBeCloseTo(long.tags.length * Math.log(problem.features.numTags), 7);
  });
});
