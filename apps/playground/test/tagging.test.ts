import { describe, expect, test } from 'vitest';
import { enumeratePaths } from '@cognate/testing';
import { allowedTransitions, spansFromTags } from '@cognate/tag-scheme';
import { sampleLanguages } from '@cognate/corpora/samples';
import { LinearTagger } from '@cognate/tagger';
import { analyse } from '../src/tagging/analyse.js';
import { exampleText, writeOut } from '../src/tagging/examples.js';

describe('what a model says of a text', () => {
  test('is what all its taggings together say', async () => {
    const tagger = await LinearTagger.train(
      [
        { tokens: ['Ana', 'vive', 'en', 'Lugo'], tags: ['B-PER', 'O', 'O', 'B-LOC'] },
        { tokens: ['Rosalía', 'Castro', 'vai'], tags: ['B-PER', 'I-PER', 'O'] },
      ],
      { language: 'gl', params: { max_iterations: 10 } },
    );
    const { tags, sentences, entities } = analyse(tagger, 'Onte vai Ana. Castro de Lugo', 'gl');
    expect(tags).toEqual(['O', 'B-LOC', 'B-PER', 'I-PER']);
    expect(sentences.map(({ text }) => text)).toEqual(['Onte vai Ana.', 'Castro de Lugo']);
    expect(
      entities.every(({ start, end, text }) => 'Onte vai Ana. Castro de Lugo'.slice(start, end) === text),
    ).toBe(true);

    const [, { tokens, taggings }] = sentences;
    const words = tokens.map(({ text }) => text);
    const paths = enumeratePaths(
      tagger.crf.lattice(tagger.attributes(words)),
      allowedTransitions(tagger.tags, 'IOB2'),
    ).sort((a, b) => b.score - a.score);
    const total = paths.reduce((sum, { score }) => sum + Math.exp(score), 0);
    expect(taggings.map((tagging) => tagging.tags)).toEqual(
      paths.slice(0, 6).map((path) => path.tags.map((tag) => tagger.tags[tag])),
    );
    taggings.forEach(({ probability, spans, tags: best }, rank) => {
      expect(probability).toBeCloseTo(Math.exp(paths[rank].score) / total, 9);
      expect(spans).toEqual(spansFromTags(best, 'IOB2'));
    });
    tokens.forEach(({ marginals }, at) => {
      marginals.forEach((probability, column) => {
        const those = paths.filter((path) => tagger.tags[path.tags[at]] === tags[column]);
        const sum = those.reduce((weight, { score }) => weight + Math.exp(score), 0);
        expect(probability).toBeCloseTo(sum / total, 9);
      });
    });
  });
});

describe('examples', () => {
  test('are there in every language, and another one follows', async () => {
    for (const language of sampleLanguages) {
      const first = await exampleText(language, 0);
      expect(first.length).toBeGreaterThan(20);
      expect(await exampleText(language, 1)).not.toBe(first);
      expect(first).not.toMatch(/\s[.,;:!?।۔،](?:\s|$)/u);
    }
  });

  test.each([
    ['Naceu ( en Lugo ) , onte .', 'Naceu (en Lugo), onte.'],
    ["dell' Accademia", "dell'Accademia"],
    ['« Si » , dixo', '«Si», dixo'],
    ['42 % de', '42% de'],
  ])('are written as people write: %s', (tokens, text) => {
    expect(writeOut(tokens.split(' '))).toBe(text);
  });
});
