import { randomChoice, seededRandom } from '@cognate/testing';
import { describe, expect, it } from 'vitest';
import { approximateRandomisation, bootstrapInterval, evaluate, pairedBootstrap } from '../src/index.js';

const split = (text: string): string[][] => text.split('|').map((part) => part.trim().split(/\s+/));

/** Four sentences: few enough to try every resample. */
const gold = split('B-X O B-Y | B-X I-X O | O B-Y B-X | B-Y O B-X');
const first = split('B-X O B-Y | B-X I-X O | O B-X B-X | B-Y O O');
const second = split('B-X O O | B-X O O | O B-Y O | B-Y B-X O');

const pick = (sentences: string[][], order: readonly number[]): string[][] => order.map((s) => sentences[s]);

/** All ways to draw n of n sentences with replacement. */
function* everyDraw(n: number): Generator<number[]> {
  for (let code = 0; code < n ** n; code++) {
    yield Array.from({ length: n }, (_, i) => Math.floor(code / n ** i) % n);
  }
}

const scheme = 'IOB2';
const settings = [
  { metric: 'f1', average: 'micro' },
  { metric: 'f1', average: 'macro' },
  { metric: 'precision', average: 'micro' },
  { metric: 'recall', average: 'macro' },
] as const;

describe.each(settings)('$average $metric', ({ metric, average }) => {
  const score = (g: string[][], p: string[][]): number => evaluate(g, p, { scheme })[average][metric];
  const options = { scheme, metric, average, samples: 20_000, seed: 11 } as const;
  const difference = score(gold, first) - score(gold, second);

  it('pairedBootstrap approaches the exact distribution over all draws', () => {
    const deltas = [...everyDraw(4)].map((order) => {
      const g = pick(gold, order);
      return score(g, pick(first, order)) - score(g, pick(second, order));
    });
    const share = (holds: (delta: number) => boolean): number => deltas.filter(holds).length / deltas.length;
    const result = pairedBootstrap(gold, first, second, options);
    expect(result.first).toBeCloseTo(score(gold, first), 12);
    expect(result.second).toBeCloseTo(score(gold, second), 12);
    expect(result.difference).toBeCloseTo(difference, 12);
    // Four standard errors of a share from 20,000 samples are at most 0.0142.
    const near = 0.0142;
    expect(Math.abs(result.wins.first / 20_000 - share((delta) => delta > 1e-12))).toBeLessThan(near);
    expect(Math.abs(result.wins.second / 20_000 - share((delta) => delta < -1e-12))).toBeLessThan(near);
    expect(result.wins.first + result.wins.second + result.ties).toBe(20_000);
    const exact = share((delta) => Math.abs(delta - difference) >= Math.abs(difference) - 1e-12);
    expect(Math.abs(result.pValue - exact)).toBeLessThan(near);
    const below = share((delta) => delta < result.interval.low - 1e-9);
    const above = share((delta) => delta > result.interval.high + 1e-9);
    expect(below).toBeLessThan(0.025 + near);
    expect(above).toBeLessThan(0.025 + near);
    expect(share((delta) => delta <= result.interval.low + 1e-9)).toBeGreaterThan(0.025 - near);
    expect(share((delta) => delta >= result.interval.high - 1e-9)).toBeGreaterThan(0.025 - near);
  });

  it('approximateRandomisation approaches the exact test over all exchanges', () => {
    let extreme = 0;
    for (let code = 0; code < 16; code++) {
      const swapped = (s: number): boolean => ((code >> s) & 1) === 1;
      const a = gold.map((_, s) => (swapped(s) ? second[s] : first[s]));
      const b = gold.map((_, s) => (swapped(s) ? first[s] : second[s]));
      if (Math.abs(score(gold, a) - score(gold, b)) >= Math.abs(difference) - 1e-12) extreme++;
    }
    const result = approximateRandomisation(gold, first, second, options);
    expect(result.difference).toBeCloseTo(difference, 12);
    expect(Math.abs(result.pValue - extreme / 16)).toBeLessThan(0.0142);
    expect(result.pValue).toBe((1 + result.extreme) / 20_001);
  });

  it('bootstrapInterval approaches the exact distribution over all draws', () => {
    const scores = [...everyDraw(4)].map((order) => score(pick(gold, order), pick(first, order)));
    const mean = scores.reduce((sum, value) => sum + value) / scores.length;
    const deviation = Math.sqrt(scores.reduce((sum, value) => sum + (value - mean) ** 2, 0) / scores.length);
    const result = bootstrapInterval(gold, first, { ...options, confidence: 0.8 });
    expect(result.score).toBeCloseTo(score(gold, first), 12);
    expect(Math.abs(result.standardError / deviation - 1)).toBeLessThan(0.03);
    const share = (holds: (value: number) => boolean): number => scores.filter(holds).length / scores.length;
    expect(share((value) => value < result.interval.low - 1e-9)).toBeLessThan(0.1 + 0.0142);
    expect(share((value) => value <= result.interval.low + 1e-9)).toBeGreaterThan(0.1 - 0.0142);
    expect(share((value) => value > result.interval.high + 1e-9)).toBeLessThan(0.1 + 0.0142);
    expect(result.interval.confidence).toBe(0.8);
  });
});

describe('resampling', () => {
  const tests = { pairedBootstrap, approximateRandomisation };

  it.each(Object.keys(tests) as (keyof typeof tests)[])('%s: the seed decides, and nothing else', (name) => {
    const run = (seed: number) => tests[name](gold, first, second, { samples: 500, seed, scheme });
    expect(run(1)).toEqual(run(1));
    expect(run(1)).not.toEqual({ ...run(2), seed: 1 });
    expect(run(2 ** 40 + 1)).not.toEqual({ ...run(1), seed: 2 ** 40 + 1 });
    expect(run(-3)).toMatchObject({ seed: -3, samples: 500, sentences: 4, metric: 'f1', average: 'micro' });
  });

  it.each(Object.keys(tests) as (keyof typeof tests)[])('%s: equal systems have a p-value of 1', (name) => {
    const result = tests[name](gold, first, first, { samples: 200 });
    expect(result).toMatchObject({ difference: 0, pValue: 1 });
  });

  it.each(Object.keys(tests) as (keyof typeof tests)[])(
    '%s: a clear difference is found, and never p = 0',
    (name) => {
      const random = seededRandom(5);
      const many = Array.from({ length: 300 }, () => [randomChoice(random, ['B-X', 'B-Y']), 'O']);
      const poor = many.map((tags) => (random() < 0.5 ? tags : ['O', 'O']));
      const result = tests[name](many, many, poor, { samples: 999 });
      expect(result.pValue).toBe(1 / 1000);
      expect(tests[name](many, poor, many, { samples: 999 }).difference).toBe(-result.difference);
    },
  );

  it.each(Object.keys(tests) as (keyof typeof tests)[])(
    '%s: systems of equal worth get honest p-values',
    (name) => {
      // Under the null hypothesis p <= 0.2 in about a fifth of the trials; four standard errors of 100 trials are 0.16.
      const random = seededRandom(8);
      let low = 0;
      for (let trial = 0; trial < 100; trial++) {
        const truth = Array.from({ length: 60 }, () => ['B-X', 'O', 'B-Y']);
        const noisy = () => truth.map((tags) => tags.map((tag) => (random() < 0.3 ? 'O' : tag)));
        if (tests[name](truth, noisy(), noisy(), { samples: 199, seed: trial }).pValue <= 0.2) low++;
      }
      expect(low).toBeGreaterThan(4);
      expect(low).toBeLessThan(36);
    },
  );

  it('says how the numbers came about', () => {
    const { convention } = pairedBootstrap(gold, first, second, {
      samples: 1,
      repair: 'discard',
      zeroDivision: 1,
    });
    expect(convention).toMatchObject({
      scheme: 'IOB2',
      mode: 'discard',
      zeroDivision: 1,
      repaired: { gold: 0 },
    });
    expect(bootstrapInterval([['O']], [['O']], { zeroDivision: 1, samples: 3 }).score).toBe(1);
    expect(bootstrapInterval([['O']], [['O']], { average: 'macro', samples: 3 }).score).toBe(0);
  });

  it('wants arguments that fit', () => {
    const bad =
      (options: object, a = first) =>
      () =>
        pairedBootstrap(gold, a, second, options);
    expect(bad({ samples: 0 })).toThrow('expected samples as a whole number from 1, got 0');
    expect(bad({ samples: 2.5 })).toThrow('got 2.5');
    expect(bad({ seed: 0.5 })).toThrow('expected the seed as a whole number, got 0.5');
    expect(bad({ seed: '7' })).toThrow('got "7"');
    expect(bad({ metric: 'accuracy' })).toThrow(
      'expected metric to be one of f1, precision, recall, got "accuracy"',
    );
    expect(bad({ average: 'weighted' })).toThrow('expected average to be one of micro, macro');
    expect(bad({ confidence: 95 })).toThrow('expected confidence between 0 and 1, got 95');
    expect(bad({ zeroDivision: NaN })).toThrow('expected zeroDivision to be one of 0, 1, got NaN');
    expect(bad({}, first.slice(1))).toThrow('expected as many sentences in first as in gold, got 3 and 4');
    expect(() => bootstrapInterval([], [])).toThrow(
      'expected at least one sentence to draw samples from, got none',
    );
  });
});
