import { randomChoice, randomInteger, seededRandom } from '@cognate/testing';
import { describe, expect, it } from 'vitest';
import {
  formatBrat,
  formatSentences,
  parseSentences,
  readSentences,
  type ReadOptions,
  type Sentence,
  type WriteOptions,
} from '../src/index.js';

const words = [
  ...[
    'casa',
    'Lugo',
    'a',
    '-',
    '-DOCSTART',
    '#',
    '#x',
    ':',
    'gl:x',
    '\u200b',
    '\u00a0x',
    'Львів',
    'नमस्ते',
    '𐌰𐌱',
  ],
  ...['unha_palabra_moi_longa_de_verdade', '"', "'", '0', '1-2', 'O', 'B-PER', '__proto__', 'ﷺ'],
];
const tags = ['O', 'O', 'O', 'O', 'B-PER', 'I-PER', 'B-LOC', 'I-LOC', 'B-__proto__'];

/** A second reader of plain columns, as short as it can be: what the real one must agree with. */
function plainly(text: string, separator: string, token: number, tag: number): Sentence[] {
  return text
    .split(/(?:\r?\n[ \t]*(?=\r?\n|$))+|^(?:[ \t]*\r?\n)+/)
    .map((block) => block.split(/\r?\n/).filter((line) => line.trim() !== ''))
    .filter((lines) => lines.length > 0)
    .map((lines) => {
      const rows = lines.map((line) => line.split(separator));
      return { tokens: rows.map((row) => row[token]), tags: rows.map((row) => row[tag]) };
    });
}

describe('random files of columns', () => {
  it.each(Array.from({ length: 60 }, (_, seed) => seed))('are read as by a plain reader, seed %d', (seed) => {
    const random = seededRandom(seed);
    const separator = randomChoice(random, ['\t', ' ', ' | ']);
    const width = 2 + randomInteger(random, 3);
    const token = randomInteger(random, width - 1);
    const ends = randomChoice(random, ['\n', '\r\n']);
    let text = '';
    for (let line = 0; line < 400; line++) {
      if (random() < 0.15) {
        text += randomChoice(random, ['', '', ' ', '\t']) + ends;
        continue;
      }
      const row = Array.from({ length: width }, () => randomChoice(random, words));
      row[width - 1] = randomChoice(random, tags);
      text += row.join(separator) + ends;
    }
    if (random() < 0.5) text = text.slice(0, text.lastIndexOf(ends, text.length - ends.length - 1));
    const options: ReadOptions = {
      format: 'conll',
      separator,
      tokenColumn: token,
      targetScheme: 'unchanged',
      comments: false,
    };
    expect(parseSentences(text, options).sentences).toEqual(plainly(text, separator, token, width - 1));
  });
});

function randomSentences(random: () => number): Sentence[] {
  return Array.from({ length: 1 + randomInteger(random, 20) }, () => {
    const length = 1 + randomInteger(random, 8);
    const sentence: Sentence = {
      tokens: Array.from({ length }, () => randomChoice(random, words)),
      tags: [],
    };
    let inside = '';
    sentence.tags = sentence.tokens.map(() => {
      const tag =
        inside !== '' && random() < 0.4 ? `I-${inside}` : randomChoice(random, ['O', 'O', 'B-PER', 'B-LOC']);
      inside = tag.slice(2);
      return tag;
    });
    return sentence;
  });
}

async function written(
  sentences: Sentence[],
  options: Parameters<typeof formatSentences>[1],
): Promise<string> {
  let text = '';
  for await (const block of formatSentences(sentences, options)) text += block;
  return text;
}

describe('what is written is read back', () => {
  it.each(Array.from({ length: 30 }, (_, seed) => seed))(
    'as columns and JSONL in every scheme, seed %d',
    async (seed) => {
      const random = seededRandom(seed);
      const sentences = randomSentences(random);
      for (const scheme of ['IOB1', 'IOB2', 'IOE1', 'IOE2', 'BIOES', 'BILOU'] as const) {
        const columns = await written(sentences, { scheme, separator: '\t' });
        const back = parseSentences(columns, { format: 'conll', scheme });
        expect(back.sentences).toEqual(sentences);
        expect(back.report.repairedTags).toBe(0);
        const json = await written(sentences, { scheme, format: 'jsonl' });
        expect(parseSentences(json, { format: 'jsonl', scheme }).sentences).toEqual(sentences);
      }
      const prefixed = sentences.map((sentence) => ({ ...sentence, language: 'gl' }));
      const pan = plainSentences(random).map(bare);
      const parted = await written(pan, { separator: ' ' });
      expect(parseSentences(parted, { format: 'wikiann-pan' }).sentences).toEqual(pan);
      const rahimi = await written(prefixed, { languagePrefix: true });
      expect(parseSentences(rahimi, { format: 'wikiann-rahimi' }).sentences).toEqual(prefixed);
    },
  );
});

/** Sentences that any format can hold: no white space in tokens, and something else in each. */
function plainSentences(random: () => number): Sentence[] {
  return randomSentences(random).map((sentence) => ({
    ...sentence,
    tokens: sentence.tokens.map((token) => token.replace(/[\s\u200b]/g, '') || 'x'),
    tags: sentence.tags?.map((tag) => tag.replace('__proto__', 'P')),
  }));
}

const bare = ({ tokens, tags }: Sentence): Sentence => ({ tokens, tags });

describe('what is written in formats of documents is read back', () => {
  it.each(Array.from({ length: 20 }, (_, seed) => seed))('seed %d', async (seed) => {
    const sentences = plainSentences(seededRandom(500 + seed));
    const expected = sentences.map(bare);
    const formats: [WriteOptions['format'], ReadOptions][] = [
      ['conllu', { tagAttribute: 'NER' }],
      ['conllup', {}],
      ['uner', {}],
      ['json', {}],
      ['spacy', {}],
      ['spans', {}],
      ['label-studio', { tokenizer: 'whitespace' }],
      ['inline', { tokenizer: 'whitespace' }],
    ];
    for (const [format, options] of formats) {
      const text = await written(sentences, { format });
      const { sentences: back, report } = parseSentences(text, { ...options, format });
      expect(back.map(bare), format).toEqual(expected);
      expect([report.cutTokens, report.emptySpans, report.overlappingSpans, report.repairedTags]).toEqual([
        0, 0, 0, 0,
      ]);
      if (format === 'inline' || format === 'conllu') continue;
      // The format is told from the text alone, and the text may come in any pieces.
      const pieces = text.match(/.{1,37}/gs) ?? [];
      const read = await readSentences(pieces, options).toArray();
      expect(read.map(bare), format).toEqual(expected);
    }
    const { text, annotations } = formatBrat(sentences);
    const brat = parseSentences(text, { annotations, tokenizer: 'whitespace' });
    expect(brat.sentences.map(bare)).toEqual(expected);
  });
});
