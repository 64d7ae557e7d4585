import { seededRandom, randomChoice } from '@cognate/testing';
import { describe, expect, it } from 'vitest';
import {
  concat,
  CorpusError,
  filter,
  kFold,
  map,
  pipe,
  readSentences,
  retag,
  sentenceKey,
  stratifiedSubsample,
  take,
  type Sentence,
  type Sentences,
} from '../src/index.js';

const kinds = ['O', 'O', 'O', 'B-PER', 'B-LOC'];
const random = seededRandom(3);
const corpus: Sentence[] = Array.from({ length: 1000 }, (_, i) => ({
  tokens: [`w${i}`, 'x'],
  tags: [randomChoice(random, kinds), 'O'],
  id: String(i),
}));
const collect = async (sentences: Sentences): Promise<Sentence[]> => {
  const all: Sentence[] = [];
  for await (const sentence of sentences) all.push(sentence);
  return all;
};
const shareOf = (sentences: readonly Sentence[], tag: string): number =>
  sentences.filter(({ tags }) => tags?.[0] === tag).length / sentences.length;

describe('stratifiedSubsample', () => {
  it('is in proportion at every size, and each is the beginning of the next', () => {
    const all = stratifiedSubsample(corpus, 2000, 7);
    expect([...all].sort((a, b) => Number(a.id) - Number(b.id))).toEqual(corpus);
    for (const size of [1, 10, 57, 100, 500]) {
      const sample = stratifiedSubsample(corpus, size, 7);
      expect(sample).toEqual(all.slice(0, size));
      for (const tag of ['O', 'B-PER', 'B-LOC']) {
        expect(
          Math.abs(shareOf(sample, tag) - shareOf(corpus, tag)) * size,
          `${size} ${tag}`,
        ).toBeLessThanOrEqual(1);
      }
    }
  });

  it('goes by its seed, and by strata of the caller', () => {
    const ids = (seed: number) => stratifiedSubsample(corpus, 50, seed).map(({ id }) => id);
    expect(ids(1)).toEqual(ids(1));
    expect(ids(1)).not.toEqual(ids(2));
    const byEven = stratifiedSubsample(corpus, 100, 1, {
      stratum: ({ id }) => (Number(id) < 500 ? 'a' : 'b'),
    });
    expect(byEven.filter(({ id }) => Number(id) < 500)).toHaveLength(50);
    expect(() => stratifiedSubsample(corpus, -1, 0)).toThrow(CorpusError);
    expect(() => stratifiedSubsample(corpus, 1, 0.5)).toThrow(/whole number as seed/);
  });
});

describe('kFold', () => {
  it('tests on each sentence once, in parts of one size and in proportion', () => {
    const folds = kFold(corpus, 7, 5);
    expect(folds.flatMap(({ test }) => test.map(({ id }) => Number(id))).sort((a, b) => a - b)).toEqual(
      corpus.map((_, i) => i),
    );
    for (const { train, test } of folds) {
      expect(train.length + test.length).toBe(1000);
      expect([142, 143]).toContain(test.length);
      expect(train.filter((sentence) => test.includes(sentence))).toEqual([]);
      expect(Math.abs(shareOf(test, 'B-PER') - shareOf(corpus, 'B-PER'))).toBeLessThan(0.01);
    }
  });

  it('keeps groups together', () => {
    const doubled = corpus
      .slice(0, 200)
      .flatMap((sentence) => [sentence, { ...sentence, id: `${sentence.id}b` }]);
    for (const { train, test } of kFold(doubled, 4, 1, { group: sentenceKey() })) {
      const known = new Set(train.map(({ tokens }) => tokens[0]));
      expect(test.filter(({ tokens }) => known.has(tokens[0]))).toEqual([]);
      expect(test).toHaveLength(100);
    }
  });

  it.each([1, 0, 2.5, 11])('refuses %s parts of ten sentences', (k) => {
    expect(() => kFold(corpus.slice(0, 10), k, 0)).toThrow(/from 2 to 10, the number of sentences/);
  });
});

describe('pipelines', () => {
  it('are lazy, close their source, and run again', async () => {
    let opened = 0;
    let closed = 0;
    const source: Sentences = {
      async *[Symbol.asyncIterator]() {
        opened++;
        try {
          for (let i = 0; ; i++) yield await Promise.resolve({ tokens: [`w${i}`] });
        } finally {
          closed++;
        }
      },
    };
    const even = pipe(
      source,
      filter(({ tokens }) => /[02468]$/.test(tokens[0])),
      map((sentence) => ({ ...sentence, language: 'gl' })),
      take(300),
    );
    expect(opened).toBe(0);
    const first = await collect(even);
    expect(first).toHaveLength(300);
    expect(first[299]).toEqual({ tokens: ['w598'], language: 'gl' });
    expect([opened, closed]).toEqual([1, 1]);
    expect(await collect(even)).toEqual(first);
    expect(await collect(pipe(source, take(0)))).toEqual([]);
  });

  it('join corpora and bring tags into another scheme and other labels', async () => {
    const one = readSentences('Ana\tB-PER\nSouto\tI-PER\n\n');
    const two: Sentence[] = [{ tokens: ['Lugo', 'x'], tags: ['B-LOC', 'O'] }, { tokens: ['y'] }];
    const all = await collect(
      pipe(concat(one, two), retag({ to: 'BIOES', labels: { PER: 'P', LOC: null } })),
    );
    expect(all.map(({ tags }) => tags)).toEqual([['B-P', 'E-P'], ['O', 'O'], undefined]);
    const broken = pipe([{ tokens: ['a'], tags: ['I-X'], id: 's1' }], retag({ to: 'IO' }));
    await expect(collect(broken)).rejects.toThrow(/valid in IOB2, got I-X in sentence s1/);
    const repaired = pipe([{ tokens: ['a'], tags: ['I-X'] }], retag({ repair: 'conlleval' }));
    expect((await collect(repaired))[0].tags).toEqual(['B-X']);
  });
});
