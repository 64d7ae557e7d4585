import { finiteDifferences, seededRandom } from '@cognate/testing';
import { describe, expect, it } from 'vitest';
import type { Sequence } from '../../src/index.js';
import { MAX_SCALED_SPREAD } from '../../src/linear/kernel/chain-pass.js';
import { onlineKernel } from '../../src/linear/online/choose.js';
import { Difference } from '../../src/linear/online/difference.js';
import { collectWeights, loadWeights, type OnlineKernel } from '../../src/linear/online/kernel.js';
import { allTaggings, enumeratedLoss, numbered, pairsOf, randomSequences, type Numbered } from './helpers.js';

/*
 * 1 to 12 tags: rows of one register, four, five and more; few and many attributes: rows of all tags, of some, of one weight, of
 * attributes that come once; with more than 8 tags compressed rows, too; with minfreq attributes without features.
 */
const cases = [
  { name: 'one tag', tags: 1, attributes: 3, weighted: false, rules: {} },
  { name: 'two tags', tags: 2, attributes: 9, weighted: false, rules: {} },
  { name: 'three tags, weighted', tags: 3, attributes: 40, weighted: true, rules: {} },
  { name: 'seven tags, all pairs', tags: 7, attributes: 6, weighted: false, rules: { possibleStates: true } },
  { name: 'seven tags', tags: 7, attributes: 40, weighted: false, rules: {} },
  {
    name: 'eight tags, weighted',
    tags: 8,
    attributes: 9,
    weighted: true,
    rules: { possibleTransitions: true },
  },
  { name: 'twelve tags', tags: 12, attributes: 25, weighted: false, rules: {} },
  { name: 'twelve tags, weighted', tags: 12, attributes: 40, weighted: true, rules: {} },
  { name: 'rare features left out', tags: 3, attributes: 20, weighted: false, rules: { minFrequency: 3 } },
];

const dataOf = ({ tags, attributes, weighted }: (typeof cases)[number]): Sequence[] =>
  randomSequences({ seed: tags * 100 + attributes, count: 40, tags, attributes, maxLength: 3, weighted });

function randomWeights({ features }: Numbered, spread: number): Float64Array {
  const random = seededRandom(7);
  return Float64Array.from({ length: features.numFeatures }, () => spread * (random() - 0.5));
}

describe.each(['plain', 'simd'] as const)('the %s kernel', (name) => {
  const build = async (data: Sequence[], testCase: Pick<(typeof cases)[number], 'rules'>) => {
    const problem = numbered(data, testCase.rules);
    const kernel = await onlineKernel(problem.corpus, problem.features, name);
    expect(kernel.name).toBe(name);
    return { problem, kernel };
  };

  it.each(cases)('descends along the gradient of the enumerated loss: $name', async (testCase) => {
    const data = dataOf(testCase);
    const { problem, kernel } = await build(data, testCase);
    for (const [sequence, spread, scale, weight] of [
      [0, 4, 1, 1],
      [1, 4, 0.25, 3],
      [2, 2.2 * MAX_SCALED_SPREAD, 1, 0.5],
    ]) {
      const start = randomWeights(problem, spread);
      loadWeights(kernel, start);
      const loss = kernel.descend(sequence, scale, 0.125, weight);
      const scaled = start.map((w) => scale * w);
      const lossAt = () => enumeratedLoss([data[sequence]], problem, scaled);
      expect(Math.abs(loss - weight * lossAt())).toBeLessThan(1e-10 * Math.max(1, loss));
      const indices = Array.from({ length: Math.min(start.length, 25) }, (_, i) => (i * 37) % start.length);
      const gradient = finiteDifferences(lossAt, scaled, { indices });
      const moved = collectWeights(kernel, kernel.weights);
      for (const k of indices) {
        expect(Math.abs(moved[k] - (start[k] - 0.125 * weight * gradient[k]))).toBeLessThan(1e-6);
      }
    }
  });

  it.each(cases)('finds the best tags of all: $name', async (testCase) => {
    const data = dataOf(testCase);
    const { problem, kernel } = await build(data, testCase);
    const weights = randomWeights(problem, 3);
    loadWeights(kernel, weights);
    for (let s = 0; s < 6; s++) {
      const score = kernel.decode(s);
      const { attributes, tags } = data[s];
      const length = kernel.lengthOf(s);
      expect(length).toBe(tags.length);
      let best = { score: -Infinity, tags: [] as number[] };
      for (const path of allTaggings(length, problem.features.numTags)) {
        const pathScore = scoreOf(problem, weights, attributes, path);
        if (pathScore > best.score) best = { score: pathScore, tags: [...path] };
      }
      expect([...kernel.path.subarray(0, length)]).toEqual(best.tags);
      expect(score).toBeCloseTo(best.score, 10);
      const gold = tags.map((tag) => problem.tags.find(tag));
      expect(kernel.scoreOfTags(s)).toBeCloseTo(scoreOf(problem, weights, attributes, gold), 10);

      const difference = new Difference(kernel.weights.length);
      expect(kernel.compare(s, difference)).toBe(gold.filter((tag, t) => tag !== best.tags[t]).length);
      const gap = (of: Difference): number => {
        let sum = 0;
        for (let i = 0; i < of.count; i++) sum += of.values[i] * kernel.weights[of.places[i]];
        return sum;
      };
      const expected = kernel.scoreOfTags(s) - score;
      expect(gap(difference)).toBeCloseTo(expected, 9);
      difference.merge();
      expect(gap(difference)).toBeCloseTo(expected, 9);
      expect(new Set(difference.places.subarray(0, difference.count)).size).toBe(difference.count);
    }
  });

  it('prefers of equal paths that with the lowest tag at the last place where they differ', async () => {
    const { kernel } = await build(dataOf(cases[4]), cases[4]);
    kernel.decode(0);
    expect([...kernel.path.subarray(0, kernel.lengthOf(0))]).toEqual(Array(kernel.lengthOf(0)).fill(0));
  });

  it('gives a loss that is no number at weights that are none', async () => {
    const { problem, kernel } = await build(dataOf(cases[4]), cases[4]);
    loadWeights(kernel, randomWeights(problem, Infinity));
    expect(kernel.descend(0, 1, 1, 1)).not.toSatisfy(Number.isFinite);
  });
});

describe('the kernels', () => {
  it.each(cases)('take the same adaptive steps, and shrink alike: $name', async (testCase) => {
    const problem = numbered(dataOf(testCase), testCase.rules);
    for (const c1 of [0, 0.02]) {
      const [plain, simd] = await Promise.all(
        (['plain', 'simd'] as const).map(async (name): Promise<[number, Float64Array]> => {
          const kernel: OnlineKernel = await onlineKernel(problem.corpus, problem.features, name);
          kernel.startAdaptive();
          let loss = 0;
          for (let step = 0; step < 60; step++) {
            loss += kernel.descendAdaptively((step * 7) % 40, 0.3, step % 3 === 0 ? 2 : 1);
            if (step % 20 === 19) kernel.shrink(0.3, c1, 0.1);
          }
          return [loss, collectWeights(kernel, kernel.weights)];
        }),
      );
      expect(simd[0]).toBeCloseTo(plain[0], 9);
      for (const [k, weight] of plain[1].entries()) {
        expect(Math.abs(simd[1][k] - weight)).toBeLessThan(1e-11);
        if (c1 > 0) expect(simd[1][k] === 0).toBe(weight === 0);
      }
    }
  });

  it('step at the rate of AdaGrad, by hand', async () => {
    // One token, one attribute of value 2, two tags: the probabilities are 1/2, so the gradient is 2 · (-1/2, 1/2).
    const data = [
      { attributes: [{ a: 2 }], tags: ['X'] },
      { attributes: [{ a: 2 }], tags: ['Y'] },
    ];
    const { corpus, features } = numbered(data);
    const kernel = await onlineKernel(corpus, features);
    kernel.startAdaptive();
    expect(kernel.descendAdaptively(0, 0.1, 1)).toBeCloseTo(Math.log(2), 12);
    // Squares: 1 + (1/2) · 2² · (1/4 + 1/4) = 2.
    const step = (0.1 / Math.sqrt(2)) * 2 * 0.5;
    const weights = collectWeights(kernel, kernel.weights);
    expect(weights[0]).toBeCloseTo(step, 12);
    expect(weights[1]).toBeCloseTo(-step, 12);
    // The minimum of (w - step)² / (2 rate) + c2 · w² + c1 · |w|.
    kernel.shrink(0.1, 0.01, 3);
    const rate = 0.1 / Math.sqrt(2);
    expect(collectWeights(kernel, kernel.weights)[0]).toBeCloseTo((step - 0.01 * rate) / (1 + 6 * rate), 12);
  });
});

/** The score of a tagging, from names. */
function scoreOf(
  { features, attributes, tags }: Numbered,
  weights: Float64Array,
  tokens: Sequence['attributes'],
  path: readonly number[],
): number {
  const { rowOffsets, rowTags, numStateFeatures, transitionCells } = features;
  let score = 0;
  for (const [t, tag] of path.entries()) {
    for (const [name, value] of pairsOf(tokens[t])) {
      const row = attributes.find(name);
      for (let r = rowOffsets[row]; r < rowOffsets[row + 1]; r++) {
        if (rowTags[r] === tag) score += value * weights[r];
      }
    }
    const cell = t > 0 ? transitionCells.indexOf(path[t - 1] * tags.size + tag) : -1;
    if (cell >= 0) score += weights[numStateFeatures + cell];
  }
  return score;
}
