import type { Sentence } from '@cognate/corpora';
import { sampleCorpus } from '@cognate/corpora/samples';
import { describe, expect, test } from 'vitest';
import { runTransfer, transferRecord, type TransferMode } from '../src/index.js';

const target = { language: 'gl', sentences: (await sampleCorpus('gl', 'train')).slice(0, 60) };
const source = { language: 'es', sentences: (await sampleCorpus('es', 'train')).slice(0, 200) };
const heldOut = (await sampleCorpus('gl', 'test')).slice(0, 100);
const dev = (await sampleCorpus('gl', 'dev')).slice(0, 50);
const training = { params: { max_iterations: 40 } };

/** Counted by hand: entities of gold and prediction that are equal in place and label. */
function countByHand(gold: readonly Sentence[], predict: (tokens: readonly string[]) => string[]) {
  const mentions = (tags: readonly string[]): string[] =>
    tags.flatMap((tag, start) => {
      if (!tag.startsWith('B-')) return [];
      let end = start + 1;
      while (tags[end] === `I-${tag.slice(2)}`) end++;
      return [`${start}-${end} ${tag.slice(2)}`];
    });
  const counts = { gold: 0, predicted: 0, correct: 0 };
  for (const { tokens, tags = [] } of gold) {
    const right = mentions(tags);
    const found = mentions(predict(tokens));
    counts.gold += right.length;
    counts.predicted += found.length;
    counts.correct += found.filter((mention) => right.includes(mention)).length;
  }
  return counts;
}

describe('runTransfer', () => {
  test('says what it trained on, and scores what the tagger predicts', async () => {
    const result = await runTransfer({ target, sources: [source], test: heldOut, dev, training });
    expect(result.target).toEqual({ language: 'gl', sentences: 60 });
    expect(result.sources).toEqual([{ language: 'es', sentences: 200 }]);
    expect([result.mode, result.testSentences, result.seed]).toEqual(['augmented', 100, undefined]);
    expect([result.tagger.language, result.tagger.config.augment]).toEqual(['gl', true]);
    expect(result.training).toMatchObject({
      scheme: 'IOB2',
      targetRepeat: 1,
      params: { max_iterations: 40 },
    });
    const counts = countByHand(heldOut, (tokens) => result.tagger.predictTags(tokens));
    expect(result.scores).toMatchObject(counts);
    expect(result.scores.f1).toBeCloseTo((2 * counts.correct) / (counts.gold + counts.predicted), 12);
    expect(result.dev).toMatchObject(countByHand(dev, (tokens) => result.tagger.predictTags(tokens)));
  });

  test('relatives help, and the same data gives the same model', async () => {
    const alone = await runTransfer({ target, test: heldOut, training });
    const again = await runTransfer({ target, sources: [source], mode: 'alone', test: heldOut, training });
    const helped = await runTransfer({ target, sources: [source], test: heldOut, training });
    expect([alone.mode, alone.tagger.config.augment, again.sources]).toEqual(['alone', false, []]);
    expect(again.tagger.crf.toBytes()).toEqual(alone.tagger.crf.toBytes());
    expect(helped.scores.f1).toBeGreaterThan(alone.scores.f1);
  });

  test('pooled: both languages, no augmentation', async () => {
    const { tagger, mode } = await runTransfer({
      target,
      sources: [source],
      mode: 'pooled',
      test: heldOut,
      training,
    });
    expect([mode, tagger.config.augment, tagger.languages]).toEqual(['pooled', false, ['es', 'gl']]);
  });

  test('sizes and seeds draw samples: nested, and the first sentences without a seed', async () => {
    const first = await runTransfer({ target, targetSize: 20, test: heldOut, training });
    const cut = { language: 'gl', sentences: target.sentences.slice(0, 20) };
    const direct = await runTransfer({ target: cut, test: heldOut, training });
    expect(first.tagger.crf.toBytes()).toEqual(direct.tagger.crf.toBytes());
    const drawn = await runTransfer({
      target,
      sources: [source],
      targetSize: 20,
      sourceSize: 30,
      seed: 7,
      test: heldOut,
      training,
    });
    expect([drawn.target.sentences, drawn.sources[0].sentences, drawn.seed]).toEqual([20, 30, 7]);
    const other = await runTransfer({ target, targetSize: 20, seed: 8, test: heldOut, training });
    expect(other.tagger.crf.toBytes()).not.toEqual(first.tagger.crf.toBytes());
  });

  test('a record is JSON, without the tagger', async () => {
    const record = transferRecord(await runTransfer({ target, test: heldOut, training }));
    expect(record).not.toHaveProperty('tagger');
    const again = JSON.parse(JSON.stringify(record)) as typeof record;
    expect(again).toMatchObject({ model: 'linear', mode: 'alone', scores: record.scores });
    expect(again.training.templates).toContain('word[0]');
  });

  test('what does not fit is refused', async () => {
    const same = { target, sources: [{ ...source, language: 'gl' }], test: heldOut };
    await expect(runTransfer(same)).rejects.toThrow(
      'expected sources in other languages than the target, got gl as both',
    );
    await expect(runTransfer({ target, test: heldOut, mode: 'joint' as TransferMode })).rejects.toThrow(
      'expected a mode (augmented, pooled, alone), got "joint"',
    );
  });
});
