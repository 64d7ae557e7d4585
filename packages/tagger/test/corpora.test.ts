import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { spansFromTags } from '@cognate/tag-scheme';
import { corporaFolder } from '@cognate/testing';
import { describe, expect, test } from 'vitest';
import { LinearTagger } from '../src/index.js';

const folder = corporaFolder();

const sentencesOf = (file: string, language: string) =>
  readFileSync(join(folder ?? '', 'bench', file), 'utf8')
    .split('\n\n')
    .filter((block) => block.trim() !== '')
    .map((block) => {
      const rows = block
        .split('\n')
        .filter(Boolean)
        .map((line) => line.split('\t'));
      return { tokens: rows.map((row) => row[0]), tags: rows.map((row) => row[1]), language };
    });

/** A guard against features or defaults that get worse: a few points under what was reached on the development sets. */
describe.skipIf(folder === undefined)('a hundred annotated sentences', () => {
  test.each([
    ['gl', 48],
    ['uk', 47],
    ['mr', 44],
  ])('%s: F1 on the development set is over %i', async (language, least) => {
    const tagger = await LinearTagger.train(sentencesOf(`${language}/train-100.bio`, language));
    let gold = 0;
    let found = 0;
    let right = 0;
    for (const { tokens, tags } of sentencesOf(`${language}/dev.bio`, language)) {
      const mentions = (list: string[]) =>
        spansFromTags(list, 'IOB2').map(({ start, end, label }) => `${start} ${end} ${label}`);
      const expected = new Set(mentions(tags));
      const predicted = mentions(tagger.predictTags(tokens));
      gold += expected.size;
      found += predicted.length;
      right += predicted.filter((mention) => expected.has(mention)).length;
    }
    expect((200 * right) / (gold + found)).toBeGreaterThan(least);
  });
});
