import { beforeAll, describe, expect, it } from 'vitest';
import { invalidTags, spansFromTags } from '@cognate/tag-scheme';
import { tokenize } from '@cognate/text';
import { sampleCorpus, sampleLanguages, sampleSplits, type SampleSplit } from '../../src/samples/index.js';
import type { Sentence } from '../../src/sentence.js';

const scripts: Readonly<Partial<Record<string, string>>> = {
  ru: 'Cyrillic',
  uk: 'Cyrillic',
  hi: 'Devanagari',
  mr: 'Devanagari',
  ur: 'Arabic',
};

type Tagged = Sentence & { tags: string[] };

const surfaces = ({ tokens, tags }: Tagged): string[] =>
  spansFromTags(tags, 'IOB2', 'throw').map(({ start, end }) => tokens.slice(start, end).join(' '));

/** Without case, so that the beginning of a sentence hides nothing. */
const fold = (text: string): string => text.toLowerCase();

describe.each(sampleLanguages)('the samples in %s', (language) => {
  const corpus = {} as Record<SampleSplit, Tagged[]>;

  beforeAll(async () => {
    for (const split of sampleSplits) corpus[split] = (await sampleCorpus(language, split)) as Tagged[];
  });

  const all = (): Tagged[] => sampleSplits.flatMap((split) => corpus[split]);

  it('are 1,000, 200 and 300 sentences', () => {
    expect(sampleSplits.map((split) => corpus[split].length)).toEqual([1000, 200, 300]);
  });

  it('have a valid IOB2 tag a token, of PER, LOC and ORG', () => {
    const wrong = all().filter(
      ({ tokens, tags }) => tags.length !== tokens.length || invalidTags(tags, 'IOB2').length > 0,
    );
    expect(wrong).toEqual([]);
    expect([...new Set(all().flatMap(({ tags }) => tags))].sort()).toEqual([
      'B-LOC',
      'B-ORG',
      'B-PER',
      'I-LOC',
      'I-ORG',
      'I-PER',
      'O',
    ]);
  });

  it('have each kind of entity often in each split, and in the first hundred sentences', () => {
    for (const sentences of [...sampleSplits.map((split) => corpus[split]), corpus.train.slice(0, 100)]) {
      for (const tag of ['B-PER', 'B-LOC', 'B-ORG']) {
        const count = sentences.flatMap(({ tags }) => tags).filter((other) => other === tag).length;
        expect(count / sentences.length, tag).toBeGreaterThan(0.15);
      }
    }
  });

  it('share no entity between splits', () => {
    const names = sampleSplits.map((split) => new Set(corpus[split].flatMap(surfaces).map(fold)));
    const [train, dev, test] = names;
    expect([...train].filter((name) => test.has(name))).toEqual([]);
    expect([...dev].filter((name) => train.has(name) || test.has(name))).toEqual([]);
  });

  it('repeat no sentence', () => {
    const texts = all().map(({ tokens }) => tokens.join(' '));
    expect(texts.length - new Set(texts).size).toBe(0);
  });

  it('are sentences: they begin with a capital where there are any, and end with a mark', () => {
    const wrong = all().filter(
      ({ tokens }) =>
        tokens.length < 4 ||
        tokens.length > 45 ||
        /^\p{Ll}/u.test(tokens[0]) ||
        !/^[.!?।۔؟]$/u.test(tokens.at(-1) ?? ''),
    );
    expect(wrong).toEqual([]);
  });

  it('are in NFC and in the script of the language', () => {
    const script = scripts[language] ?? 'Latin';
    const foreign = new RegExp(`[^\\p{Script=${script}}\\p{Script=Inherited}\\p{Script=Common}]`, 'u');
    const wrong = all().filter(({ tokens }) => {
      const text = tokens.join(' ');
      // Nothing of the patterns' notation is left, and no token holds a space.
      const notation = /[{}[\]<>|]/u.test(text) || text.split(/\s/u).length !== tokens.length;
      return text !== text.normalize('NFC') || foreign.test(text) || notation;
    });
    expect(wrong).toEqual([]);
  });

  it('have the tokens that the tokeniser makes', () => {
    const cut = (tokens: readonly string[]) => tokenize(tokens.join(' '), language).map(({ text }) => text);
    const wrong = all().filter(({ tokens }) => cut(tokens).join(' ') !== tokens.join(' '));
    expect(wrong).toEqual([]);
  });
});
