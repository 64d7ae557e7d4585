import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomChoice, randomInteger, seededRandom } from '@cognate/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { foldWords, simple } from '../src/data/sentence-key.js';
import { formatSentences, type Sentence, type WriteOptions } from '../src/index.js';
import { writeCorpus } from '../src/node.js';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'corpora-bytes-'));
});
afterAll(() => rm(folder, { recursive: true }));

const letters = [
  ...Array.from('aZ0"\\/-#ñßдक😀'),
  '\u0001',
  '\b',
  '\f',
  '\u007f',
  '\u0085',
  '\u2028',
  '\ufeff',
  '\uffff',
];

function sentencesOf(seed: number, more: readonly string[]): Sentence[] {
  const random = seededRandom(seed);
  const word = () =>
    Array.from({ length: 1 + randomInteger(random, 5) }, () =>
      randomChoice(random, [...letters, ...more]),
    ).join('');
  return Array.from({ length: 300 }, () => {
    const tokens = Array.from({ length: 1 + randomInteger(random, 6) }, word);
    const sentence: Sentence = { tokens };
    if (random() < 0.9) sentence.tags = tokens.map(() => randomChoice(random, ['O', 'O', 'B-PER', 'B-"é']));
    if (random() < 0.5) sentence.id = word();
    if (random() < 0.5) sentence.language = 'gl';
    if (random() < 0.5) sentence.text = tokens.join(' ');
    return sentence;
  });
}

async function written(sentences: Sentence[], options: WriteOptions): Promise<string> {
  const path = join(folder, 'out');
  await writeCorpus(path, sentences, options);
  return readFile(path, 'utf8');
}

async function formatted(sentences: Sentence[], options: WriteOptions): Promise<string> {
  let text = '';
  for await (const piece of formatSentences(sentences, options)) text += piece;
  return text;
}

describe('what is written as bytes', () => {
  it.each([1, 2, 3])(
    'is JSON as JSON.stringify has it, halves of surrogate pairs too, seed %d',
    async (seed) => {
      const sentences = sentencesOf(seed, ['\n', '\t', '\ud800', '\udc00']);
      const lines = sentences.map(
        ({ id, language, text, tokens, tags }) => `${JSON.stringify({ id, language, text, tokens, tags })}\n`,
      );
      expect(await written(sentences, { format: 'jsonl' })).toBe(lines.join(''));
    },
  );

  it.each([{}, { separator: ' ' }, { separator: ' | ' }, { comments: true }] satisfies WriteOptions[])(
    'is the text of columns, with %j',
    async (options) => {
      const sentences = sentencesOf(4, []);
      const text = await formatted(sentences, options);
      expect(await written(sentences, options)).toBe(text);
      expect(text.length).toBeGreaterThan(1000);
    },
  );

  it('is nothing of a token that a column cannot hold', async () => {
    for (const token of ['', 'a\tb', 'a\nb', 'a\rb', '😀\tb', '-DOCSTART-']) {
      await expect(written([{ tokens: ['a', token], tags: ['O', 'O'] }], {})).rejects.toThrow(
        'in sentence 0',
      );
    }
    await expect(written([{ tokens: ['a b'], tags: ['O'] }], { separator: ' ' })).rejects.toThrow(
      'in sentence 0',
    );
  });

  it('may be one very long line', async () => {
    const tokens = Array.from({ length: 90_000 }, (_, i) => `palavra-ñ-${i}`);
    expect(JSON.parse(await written([{ tokens }], { format: 'jsonl' }))).toEqual({ tokens });
  });
});

it('simple texts are folded by their small letters', () => {
  let seen = 0;
  for (let code = 0; code < 0x3000; code++) {
    const text = `a${String.fromCharCode(code)}`;
    if (!simple.test(text)) continue;
    seen++;
    expect(text.toLowerCase()).toBe(foldWords(text).replace(/\s+/gu, ''));
    // Nothing joins with what stands before it.
    for (const before of 'aeiouncsАиеіу')
      expect(`${before}${text.slice(1)}`.normalize('NFC')).toHaveLength(2);
  }
  expect(seen).toBeGreaterThan(300);
});
