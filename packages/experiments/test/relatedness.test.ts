import type { Sentence } from '@cognate/corpora';
import { expect, describe, test } from 'vitest';
import { languageDistances, nearness, spearman } from '../src/index.js';

describe('distances by reference works', () => {
  test('count edges of the family tree: siblings are two apart', () => {
    expect(languageDistances('hi', 'ur').family).toBe(2);
    // Counted in Glottolog 5.0: English and Dutch meet in West Germanic, 7 and 5 edges away; Hindi and Marathi in cont1248, 6 and 6.
    expect(languageDistances('en', 'nl').family).toBe(12);
    expect(languageDistances('hi', 'mr').family).toBe(12);
    const toGalician = ['es', 'ca', 'it', 'fr', 'ro'].map(
      (code) => languageDistances('gl', code).family ?? NaN,
    );
    expect(toGalician[0]).toBeLessThan(toGalician[2]);
    expect(Math.max(...toGalician)).toBe(toGalician[4]);
    expect(languageDistances('gl', 'tl').family).toBeUndefined();
    expect(languageDistances('es', 'es')).toEqual({ family: 0, wals: 0, kilometres: 0 });
  });

  test('compare word order where both languages have it', () => {
    // English has no dominant order of genitive and noun, Dutch none of subject, object and verb: two of four.
    expect(languageDistances('nl', 'en').wals).toBe(0.5);
    expect(languageDistances('gl', 'ro').wals).toBe(0);
    // Tagalog is not in the chapter on adpositions, Ukrainian not in that on genitives.
    expect(languageDistances('hi', 'tl').wals).toBe(1);
    expect(languageDistances('tl', 'ceb').wals).toBe(0);
    expect(languageDistances('uk', 'hi').wals).toBeCloseTo(2 / 3, 12);
    // Neither English nor Frisian has a dominant order of genitive and noun.
    expect(languageDistances('en', 'fy').wals).toBe(0.25);
    expect(languageDistances('stq', 'fy').wals).toBe(0);
  });

  test('are as far as the crow flies', () => {
    // Ten degrees of latitude and some more on nearly one meridian: Hindi at 25° N 77° E, Urdu at 25° N 67° E.
    const expected =
      2 * 6371.0088 * Math.asin(Math.cos((25 * Math.PI) / 180) * Math.sin((5 * Math.PI) / 180));
    expect(languageDistances('hi', 'ur').kilometres).toBeCloseTo(expected, 6);
    expect(languageDistances('hi', 'xx')).toEqual({
      family: undefined,
      wals: undefined,
      kilometres: undefined,
    });
  });
});

describe('nearness of corpora', () => {
  const sentence = (tokens: string[], tags = tokens.map(() => 'O')): Sentence => ({ tokens, tags });

  test('is counted by hand', async () => {
    const target = [sentence(['A', 'B', 'a', '7'], ['B-LOC', 'O', 'O', 'O']), sentence(['c'], ['B-PER'])];
    const source = [sentence(['a', 'Я', 'd'], ['B-LOC', 'O', 'B-PER'])];
    const found = await nearness(target, source);
    // Of a, b, a, c the source has a.
    expect(found.vocabulary).toBe(2 / 4);
    // A and c; a is there as a place.
    expect(found.entities).toBe(1 / 2);
    expect(found.script).toBe(1);
    // Each word x gives x, ^x, x$, ^x$: target a twice, b, c; source a, я, d.
    expect(found.characters).toBeCloseTo((4 * 2) / Math.sqrt(4 * (4 + 1 + 1) * 4 * 3), 12);
  });

  test('of a corpus to itself is 1; of nothing 0; of another script 0', async () => {
    const own = [sentence(['Ana', 'vive'], ['B-PER', 'O'])];
    expect(await nearness(own, own)).toEqual({
      characters: expect.closeTo(1, 12),
      vocabulary: 1,
      entities: 1,
      script: 1,
    });
    expect(await nearness(own, [])).toEqual({ characters: 0, vocabulary: 0, entities: 0, script: 0 });
    expect(await nearness(own, [sentence(['Анна'])])).toMatchObject({ characters: 0, script: 0 });
  });
});

describe('rank correlation', () => {
  test('of monotone values is ±1, of ties by mean ranks', () => {
    expect(spearman([1, 2, 3, 4], [10, 20, 30, 1000]).rho).toBeCloseTo(1, 12);
    expect(spearman([1, 2, 3, 4], [4, 3, 2, 1]).rho).toBeCloseTo(-1, 12);
    // 1 - 6 Σd²/(n (n² - 1)) without ties: d = 1, 1, 0, 0.
    expect(spearman([1, 2, 3, 4], [2, 1, 3, 4]).rho).toBeCloseTo(1 - (6 * 2) / (4 * 15), 12);
    // Ranks 1.5, 1.5, 3 against 1, 2, 3: Pearson's by hand.
    expect(spearman([5, 5, 9], [1, 2, 3]).rho).toBeCloseTo(1.5 / Math.sqrt(1.5 * 2), 12);
  });

  test('has an exact p by all permutations of few values', () => {
    // Of the 24 orders of four, two are monotone.
    expect(spearman([1, 2, 3, 4], [1, 2, 3, 4])).toEqual({
      rho: expect.closeTo(1, 12),
      pairs: 4,
      pValue: 2 / 24,
    });
    expect(spearman([1, 2, 3], [2, 1, 3]).pValue).toBe(1);
  });

  test('samples permutations of many, by a seed; none is needed where nothing varies', () => {
    const x = Array.from({ length: 12 }, (_, index) => index);
    const y = x.map((value) => (value * 5) % 12);
    const once = spearman(x, y, 3);
    expect(once).toEqual(spearman(x, y, 3));
    expect(once.pValue).toBeGreaterThan(0.1);
    const monotone = spearman(x, x);
    expect(monotone.pValue).toBeGreaterThan(0);
    expect(monotone.pValue).toBeLessThan(0.001);
    expect(spearman([1, 1, 1], [1, 2, 3])).toEqual({ rho: NaN, pairs: 3, pValue: undefined });
    expect(spearman([1, 2], [1, 2]).rho).toBeNaN();
  });
});
