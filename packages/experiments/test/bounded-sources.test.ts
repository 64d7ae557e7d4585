import type { Sentence } from '@cognate/corpora';
import { describe, expect, test } from 'vitest';
import { boundedSources } from '../src/bounded-sources.js';

const sentences = (count: number, tokens: number): Sentence[] =>
  Array.from({ length: count }, (_, number) => ({
    tokens: Array.from({ length: tokens }, () => String(number)),
  }));
const sources = [
  { language: 'es', sentences: sentences(300, 10) },
  { language: 'ca', sentences: sentences(100, 10) },
];

describe('sources of so many tokens', () => {
  test('take the same share of each source, in its order, another one by another seed', () => {
    const [es, ca] = boundedSources(sources, 1000, 1);
    expect([es.sentences.length, ca.sentences.length]).toEqual([75, 25]);
    const numbers = ca.sentences.map(({ tokens }) => Number(tokens[0]));
    expect(numbers).toEqual([...numbers].sort((a, b) => a - b));
    const [, other] = boundedSources(sources, 1000, 2);
    expect(other.sentences).not.toEqual(ca.sentences);
    expect(boundedSources(sources, 1000, 1)).toEqual([es, ca]);
  });

  test('are all of them within the bound, and without one', () => {
    expect(boundedSources(sources, 4000, 1)).toBe(sources);
    expect(boundedSources(sources, undefined, 1)).toBe(sources);
  });
});
