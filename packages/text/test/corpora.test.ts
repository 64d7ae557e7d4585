import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { corporaFolder } from '@cognate/testing';
import { describe, expect, test } from 'vitest';
import { tokenize } from '../src/index.js';

const folder = corporaFolder();

/**
 * How many tokens of a corpus, joined by spaces, are tokens to us as well, in percent. What is left is mostly the corpus's own:
 * full stops and quotes stuck to words in uk, hi and ur, French clitics uncut, `50%` as one token.
 */
describe.skipIf(folder === undefined)('tokens of annotated corpora', () => {
  test.each([
    ['gl', 'gl/train-full', 99.8],
    ['es', 'gl/source-es', 99.5],
    ['ca', 'gl/source-ca', 99.5],
    ['it', 'gl/source-it', 99.8],
    ['fr', 'gl/source-fr', 97],
    ['ro', 'gl/source-ro', 99.5],
    ['nl', 'stq/source-nl', 99],
    ['uk', 'uk/train-full', 97],
    ['ru', 'uk/source-ru', 98],
    ['mr', 'mr/train-full', 98.7],
    ['hi', 'mr/source-hi', 95],
    ['ur', 'mr/source-ur', 97.5],
    ['tl', 'tl/train-full', 99.8],
    ['ceb', 'tl/source-ceb', 99.6],
  ])('%s: %s', (language, file, atLeast) => {
    let same = 0;
    let all = 0;
    for (const block of readFileSync(join(folder ?? '', 'bench', `${file}.bio`), 'utf8')
      .split('\n\n')
      .slice(0, 3000)) {
      const words = block
        .split('\n')
        .filter(Boolean)
        .map((line) => line.split('\t')[0]);
      const ours = new Set(tokenize(words.join(' '), language).map(({ start, end }) => `${start}:${end}`));
      let at = 0;
      for (const word of words) {
        all++;
        if (ours.has(`${at}:${at + word.length}`)) same++;
        at += word.length + 1;
      }
    }
    expect((100 * same) / all).toBeGreaterThan(atLeast);
  });
});
