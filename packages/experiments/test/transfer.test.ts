import { sampleCorpus } from '@cognate/corpora/samples';
import { describe, expect, test } from 'vitest';
import { markdownResults, resultRows, runTransfer, type TransferResult } from '../src/index.js';

const target = { language: 'gl', sentences: (await sampleCorpus('gl', 'train')).slice(0, 60) };
const source = { language: 'es', sentences: (await sampleCorpus('es', 'train')).slice(0, 200) };
const heldOut = (await sampleCorpus('gl', 'test')).slice(0, 100);
const training = { params: { max_iterations: 40 } };

describe('runTransfer', () => {
  test('says what it trained on, and scores what the tagger predicts', async () => {
    const result = await runTransfer({ target, sources: [source], test: heldOut, training });
    expect(result.target).toEqual({ language: 'gl', sentences: 60 });
    expect(result.sources).toEqual([{ language: 'es', sentences: 200 }]);
    expect(result.testSentences).toBe(100);
    expect(result.tagger.language).toBe('gl');
    expect(result.tagger.config.augment).toBe(true);
    // Counted by hand: entities of gold and prediction that are equal in place and label.
    const mentions = (tags: readonly string[]): string[] =>
      tags.flatMap((tag, start) => {
        if (!tag.startsWith('B-')) return [];
        let end = start + 1;
        while (tags[end] === `I-${tag.slice(2)}`) end++;
        return [`${start}-${end} ${tag.slice(2)}`];
      });
    let gold = 0;
    let predicted = 0;
    let correct = 0;
    for (const { tokens, tags = [] } of heldOut) {
      const right = mentions(tags);
      const found = mentions(result.tagger.predictTags(tokens));
      gold += right.length;
      predicted += found.length;
      correct += found.filter((mention) => right.includes(mention)).length;
    }
    expect(result.scores).toMatchObject({ gold, predicted, correct });
    expect(result.scores.f1).toBeCloseTo((2 * correct) / (gold + predicted), 12);
  });

  test('relatives help, and the same data gives the same model', async () => {
    const alone = await runTransfer({ target, test: heldOut, training });
    const again = await runTransfer({ target, test: heldOut, training });
    const helped = await runTransfer({ target, sources: [source], test: heldOut, training });
    expect(alone.tagger.config.augment).toBe(false);
    expect(again.tagger.crf.toBytes()).toEqual(alone.tagger.crf.toBytes());
    expect(helped.scores.f1).toBeGreaterThan(alone.scores.f1);
  });

  test('a source in the language of the target is refused', async () => {
    await expect(
      runTransfer({ target, sources: [{ ...source, language: 'gl' }], test: heldOut }),
    ).rejects.toThrow('expected sources in other languages than the target, got gl as both');
  });
});

test('a table of runs', () => {
  const run = {
    model: 'linear',
    target: { language: 'gl', sentences: 100 },
    sources: [{ language: 'es', sentences: 1000 }],
    scores: { precision: 0.5, recall: 0.25, f1: 1 / 3, correct: 1, predicted: 2, gold: 4 },
    trainSeconds: 1.26,
  } as unknown as TransferResult;
  expect(resultRows([run])[1]).toEqual(['linear', 'gl 100', 'es 1000', '50.00', '25.00', '33.33', '1.3']);
  expect(markdownResults([{ ...run, sources: [] }])).toBe(
    '| model | target | sources | precision | recall | F1 | train s |\n' +
      '| --- | --- | --- | ---: | ---: | ---: | ---: |\n' +
      '| linear | gl 100 | – | 50.00 | 25.00 | 33.33 | 1.3 |\n',
  );
});
