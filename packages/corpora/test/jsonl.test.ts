import { describe, expect, it } from 'vitest';
import { parseSentences, type ReadOptions } from '../src/index.js';

const read = (text: string, options: ReadOptions = {}) =>
  parseSentences(text, { format: 'jsonl', file: 'f', ...options });

describe('JSONL', () => {
  it('reads tokens, tags and what else a sentence has', () => {
    const text =
      '{"id":7,"language":"gl","text":"Vive en Lugo","tokens":["Vive","en","Lugo"],"tags":["O","O","B-LOC"]}\r\n\n' +
      '{"words":["a"],"ner_tags":["O"],"extra":{"tags":[]}}\n{"tokens":["b"]}';
    const { sentences, report } = read(text);
    expect(sentences).toEqual([
      {
        tokens: ['Vive', 'en', 'Lugo'],
        tags: ['O', 'O', 'B-LOC'],
        id: '7',
        language: 'gl',
        text: 'Vive en Lugo',
      },
      { tokens: ['a'], tags: ['O'] },
      { tokens: ['b'] },
    ]);
    expect(report).toMatchObject({ lines: 4, blankLines: 1, sentences: 3, tokens: 5 });
  });

  it('reads numbers by a list of tags, and other fields', () => {
    const options = { tokensField: 'w', tagsField: 't', tagNames: ['O', 'B-LOC', 'I-LOC'] };
    expect(read('{"w":["a","b"],"t":[1,2]}', options).sentences[0].tags).toEqual(['B-LOC', 'I-LOC']);
  });

  it('leaves tags out on request', () => {
    expect(read('{"tokens":["a"],"tags":["O"]}', { tagsField: null }).sentences).toEqual([{ tokens: ['a'] }]);
  });

  it('brings tags into the scheme', () => {
    const { sentences, report } = read('{"tokens":["a","b"],"tags":["O","I-PER"]}');
    expect(sentences[0].tags).toEqual(['O', 'B-PER']);
    expect(report.repairedTags).toBe(1);
    expect(read('{"tokens":["a","b"],"tags":["PER","PER"]}', { scheme: 'IO' }).sentences[0].tags).toEqual([
      'B-PER',
      'I-PER',
    ]);
  });

  it('leaves out sentences without tokens, counted', () => {
    const { sentences, report } = read('{"tokens":[],"tags":[]}\n{"tokens":["a"]}\n');
    expect(sentences).toHaveLength(1);
    expect(report.emptySentences).toBe(1);
  });

  it.each([
    ['no JSON', '{"tokens":["a"]}\n{"tokens":["a"', /^f:2: expected a JSON object on each line, got/],
    ['no object', '["a"]', /a JSON object on each line/],
    ['no tokens', '{"text":"a"}', /an array of tokens in tokens or words/],
    ['no array', '{"tokens":"a"}', /an array in the field "tokens", got "a"/],
    ['no string', '{"tokens":["a",1]}', /strings as tokens in "tokens", got 1 at position 1/],
    ['an empty token', '{"tokens":["a",""]}', /a token at position 1, got an empty string/],
    [
      'another number of tags',
      '{"tokens":["a"],"tags":["O","O"]}',
      /as many tags as tokens, got 1 tokens and 2 tags/,
    ],
    ['a number without names', '{"tokens":["a"],"tags":[3]}', /got 3 at position 0 \(option tagNames/],
    ['no tag', '{"tokens":["a"],"tags":["PER"]}', /a tag such as B-PER or O in "tags", got "PER"/],
    ['a deep document', '['.repeat(200_000), /a JSON object on each line/],
    ['a prototype', '{"__proto__":{"tokens":["a"]}}', /an array of tokens/],
  ])('tells of %s', (_, text, message) => {
    expect(() => read(text)).toThrow(message);
  });

  it('tells of a sentence that is too long', () => {
    expect(() => read('{"tokens":["a","b"]}', { maxSentenceTokens: 1 })).toThrow(/at most 1 tokens, got 2/);
  });
});
