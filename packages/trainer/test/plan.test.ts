import { seededRandom } from '@cognate/testing';
import { describe, expect, it } from 'vitest';
import { makeBatches, type Batch, type Batching } from '../src/plan/batches.js';
import { drawEpoch, type Objective } from '../src/plan/draws.js';
import { cutInParts } from '../src/plan/parts.js';
import { shuffle } from '../src/plan/shuffle.js';

const uniform = (seed: number) => ({ next: seededRandom(seed) });
const exact: Objective = { kind: 'exact', targetRepeat: 1, repeatWeight: 'full' };

/** weights[corpus][sentence]: the sum of the weights with which an epoch sees the sentence. */
function weightsSeen(sizes: readonly number[], batches: Iterable<Batch>): number[][] {
  const seen = sizes.map((size) => new Array<number>(size).fill(0));
  for (const batch of batches) {
    for (const { corpus, weight, sentences } of batch) {
      for (const sentence of sentences) seen[corpus][sentence] += weight;
    }
  }
  return seen;
}

const corpora = [
  { size: 5, mu: 1 },
  { size: 23, mu: 0.5 },
  { size: 8, mu: 2 },
  { size: 4, mu: 0 },
];
const sizes = corpora.map(({ size }) => size);
const lengths = sizes.map((size, c) =>
  Int32Array.from({ length: size }, (_, i) => 1 + ((i * 7 + c * 3) % 19)),
);
const batching: Batching = { size: 4, tokens: Infinity, languages: 'separate', pool: 3 };

describe('an epoch', () => {
  it.each(['separate', 'mixed'] as const)(
    'sees every sentence with its weight in %s batches',
    (languages) => {
      const random = uniform(1);
      const draws = drawEpoch(corpora, exact, random);
      const batches = makeBatches(draws, lengths, { ...batching, languages }, random);
      expect(weightsSeen(sizes, batches)).toEqual(
        corpora.map(({ size, mu }) => new Array<number>(size).fill(mu)),
      );
      for (const batch of batches) {
        expect(batch.reduce((sum, { sentences }) => sum + sentences.length, 0)).toBeLessThanOrEqual(4);
        expect(batch.length).toBeGreaterThan(0);
        if (languages === 'separate') expect(batch).toHaveLength(1);
      }
    },
  );

  it('repeats the target with its full weight, or with a share of it that keeps the objective', () => {
    for (const [repeatWeight, times] of [
      ['full', 10],
      ['shared', 1],
    ] as const) {
      const draws = drawEpoch(corpora, { kind: 'exact', targetRepeat: 10, repeatWeight }, uniform(2));
      const batches = makeBatches(draws, lengths, batching, uniform(2));
      const [target, source] = weightsSeen(sizes, batches);
      for (const weight of target) expect(weight).toBeCloseTo(times, 12);
      expect(new Set(source)).toEqual(new Set([0.5]));
      const draw = draws.find(({ corpus }) => corpus === 0)!;
      expect(draw.sentences).toHaveLength(50);
    }
  });

  it('sampled by target share has the objective as its mean', () => {
    const objective: Objective = { kind: 'sampled', targetShare: 0.4, sentencesPerEpoch: 30 };
    const rounds = 1200;
    const sums = sizes.map((size) => new Array<number>(size).fill(0));
    let worst = 0;
    let unevenness = 0;
    for (let round = 0; round < rounds; round++) {
      const random = uniform(round);
      const batches = makeBatches(
        drawEpoch(corpora, objective, random),
        lengths,
        { ...batching, languages: 'mixed' },
        random,
      );
      const seen = weightsSeen(sizes, batches);
      // Each corpus as a whole counts exactly as much as in the objective, whatever was drawn.
      seen.forEach((weights, c) => {
        const sum = weights.reduce((a, b) => a + b, 0);
        worst = Math.max(worst, Math.abs(sum - corpora[c].size * corpora[c].mu));
        weights.forEach((weight, s) => (sums[c][s] += weight / rounds));
      });
      for (const batch of batches.filter((one) => one.flatMap(({ sentences }) => sentences).length === 4)) {
        const target = batch.find(({ corpus }) => corpus === 0)?.sentences.length ?? 0;
        unevenness = Math.max(unevenness, Math.abs(target - 1.6));
      }
    }
    expect(worst).toBeLessThan(1e-9);
    expect(unevenness).toBeLessThanOrEqual(2);
    // 8 of 23 are drawn with weight 23 / 16: a standard deviation of less than 1 for one round, 0.03 for the mean.
    sums.forEach((weights, c) => {
      for (const weight of weights) expect(Math.abs(weight - corpora[c].mu)).toBeLessThan(0.12);
    });
  });

  it('sampled makes every draw equally likely, by enumeration of the random numbers', () => {
    // Two of four sentences: the shuffle uses three numbers, which choose among 4, 3 and 2.
    const counts = new Array<number>(4).fill(0);
    for (let a = 0; a < 4; a++) {
      for (let b = 0; b < 3; b++) {
        for (let c = 0; c < 2; c++) {
          const numbers = [(a + 0.5) / 4, (b + 0.5) / 3, (c + 0.5) / 2];
          const objective: Objective = { kind: 'sampled', targetShare: 0.5, sentencesPerEpoch: 6 };
          const [draws] = drawEpoch([{ size: 4, mu: 1 }], objective, { next: () => numbers.shift()! });
          for (const sentence of draws.sentences) counts[sentence]++;
        }
      }
    }
    expect(counts).toEqual([36, 36, 36, 36]);
  });

  it('draws as many of each source as its part in the objective asks', () => {
    const objective: Objective = { kind: 'sampled', targetShare: 0.5, sentencesPerEpoch: 100 };
    const draws = drawEpoch(corpora, objective, uniform(3));
    // μ n: 11.5 and 16 of 27.5.
    expect(draws.map(({ sentences }) => sentences.length)).toEqual([50, 21, 29]);
    const alone = drawEpoch([corpora[0]], objective, uniform(3));
    expect(alone.map(({ sentences, weight }) => [sentences.length, weight])).toEqual([[100, 0.05]]);
  });

  it('is the same for the same seed, and another for another', () => {
    const order = (seed: number) => {
      const random = uniform(seed);
      return JSON.stringify(makeBatches(drawEpoch(corpora, exact, random), lengths, batching, random));
    };
    expect(order(7)).toBe(order(7));
    expect(order(7)).not.toBe(order(8));
  });
});

describe('batches', () => {
  const size = 600;
  const many = [Int32Array.from({ length: size }, (_, i) => 1 + ((i * 37) % 50))];
  const draws = drawEpoch([{ size, mu: 1 }], exact, uniform(1));
  const spread = (pool: number) => {
    const batches = makeBatches(
      draws,
      many,
      { size: 10, tokens: Infinity, languages: 'separate', pool },
      uniform(4),
    );
    const ranges = batches.map(([{ sentences }]) => {
      const here = sentences.map((sentence) => many[0][sentence]);
      return Math.max(...here) - Math.min(...here);
    });
    return ranges.reduce((a, b) => a + b, 0) / ranges.length;
  };

  it('have sentences of like length, the more the larger the pool', () => {
    expect(spread(1)).toBeGreaterThan(30);
    expect(spread(10)).toBeLessThan(8);
    expect(spread(60)).toBeLessThan(2);
  });

  it('come in random order, not by length', () => {
    const batches = makeBatches(
      draws,
      many,
      { size: 10, tokens: Infinity, languages: 'separate', pool: 60 },
      uniform(5),
    );
    const first = batches.map(([{ sentences }]) => many[0][sentences[0]]);
    const ascending = first.filter((length, i) => i > 0 && length >= first[i - 1]).length;
    expect(ascending).toBeGreaterThan(15);
    expect(ascending).toBeLessThan(45);
  });

  it('keep to a number of tokens, but for a longer sentence by itself', () => {
    const long = [Int32Array.of(3, 50, 4, 5, 6, 2, 7)];
    const few = drawEpoch([{ size: 7, mu: 1 }], exact, uniform(1));
    const batches = makeBatches(
      few,
      long,
      { size: 16, tokens: 10, languages: 'separate', pool: 2 },
      uniform(6),
    );
    const tokens = batches.map(([{ sentences }]) => sentences.reduce((sum, s) => sum + long[0][s], 0));
    expect(tokens.filter((sum) => sum > 10)).toEqual([50]);
    expect(tokens.reduce((a, b) => a + b, 0)).toBe(77);
    expect(batches.length).toBeLessThan(7);
  });

  it('that are mixed have of each corpus its share', () => {
    const three = [
      { size: 20, mu: 1 },
      { size: 60, mu: 1 },
      { size: 120, mu: 1 },
    ];
    const mixed = makeBatches(
      drawEpoch(three, exact, uniform(1)),
      three.map(({ size }) => new Int32Array(size).fill(5)),
      { size: 20, tokens: Infinity, languages: 'mixed', pool: 4 },
      uniform(7),
    );
    expect(mixed).toHaveLength(10);
    for (const batch of mixed) {
      expect(batch.map(({ corpus }) => corpus)).toEqual([0, 1, 2]);
      const [a, b, c] = batch.map(({ sentences }) => sentences.length);
      expect(a + b + c).toBe(20);
      for (const [count, share] of [
        [a, 2],
        [b, 6],
        [c, 12],
      ]) {
        expect(Math.abs(count - share)).toBeLessThanOrEqual(2);
      }
    }
  });
});

describe('parts', () => {
  it('of a batch have all its sentences, in order, and about as many tokens each', () => {
    const batch: Batch = [
      { corpus: 0, weight: 1, sentences: [4, 0, 2] },
      { corpus: 1, weight: 0.5, sentences: [9, 8, 7, 6, 5, 4, 3, 2] },
    ];
    for (const parts of [2, 3, 4]) {
      const cut = cutInParts(batch, parts, lengths);
      expect(cut).toHaveLength(parts);
      const tokens = cut.map((part) =>
        part.reduce(
          (sum, { corpus, sentences }) => sum + sentences.reduce((t, s) => t + lengths[corpus][s], 0),
          0,
        ),
      );
      expect(Math.max(...tokens) - Math.min(...tokens)).toBeLessThanOrEqual(19);
      for (const { corpus, weight, sentences } of batch) {
        const pieces = cut.flatMap((part) => part.filter((piece) => piece.corpus === corpus));
        expect(new Set(pieces.map((piece) => piece.weight))).toEqual(new Set([weight]));
        expect(pieces.flatMap((piece) => piece.sentences).sort()).toEqual([...sentences].sort());
        for (const piece of pieces) {
          const places = piece.sentences.map((sentence) => sentences.indexOf(sentence));
          expect(places).toEqual([...places].sort((a, b) => a - b));
        }
      }
    }
    expect(cutInParts(batch, 1, lengths)).toEqual([batch]);
  });

  it('may be empty', () => {
    const cut = cutInParts([{ corpus: 0, weight: 1, sentences: [3] }], 3, lengths);
    expect(cut.map((part) => part.length)).toEqual([1, 0, 0]);
  });
});

it('shuffles into each order equally often', () => {
  const counts = new Map<string, number>();
  const random = uniform(11);
  for (let round = 0; round < 6000; round++) {
    const items = [0, 1, 2];
    shuffle(items, random);
    counts.set(items.join(''), (counts.get(items.join('')) ?? 0) + 1);
  }
  expect(counts.size).toBe(6);
  // 1000 each, with a standard deviation of 29.
  for (const count of counts.values()) expect(Math.abs(count - 1000)).toBeLessThan(120);
});
