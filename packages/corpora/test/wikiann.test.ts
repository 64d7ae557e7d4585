import { describe, expect, it } from 'vitest';
import { parseSentences } from '../src/index.js';

describe('WikiANN as Rahimi et al. released it', () => {
  const read = (text: string) => parseSentences(text, { format: 'wikiann-rahimi' }).sentences;

  it('takes the language off each token', () => {
    expect(
      read('gl:Vive\tO\ngl::\tO\ngl:Lugo\tB-LOC\ngl:#\tO\n\nbe-x-old:Мінск\tB-LOC\nbe-x-old:у\tO\n'),
    ).toEqual([
      { tokens: ['Vive', ':', 'Lugo', '#'], tags: ['O', 'O', 'B-LOC', 'O'], language: 'gl' },
      { tokens: ['Мінск', 'у'], tags: ['B-LOC', 'O'], language: 'be-x-old' },
    ]);
  });

  it.each([
    ['a token without language', 'gl:a\tO\nb\tO\n', /line 2: expected a token with its language/],
    ['something else before the colon', 'gl:a\tO\nHTTP:b\tO\n', /line 2: .*got "HTTP:b"/],
    ['another language in a sentence', 'gl:a\tO\nes:b\tO\n', /line 2: .*its language, "gl", got "es:b"/],
    ['no token behind the colon', 'gl:a\tO\ngl:\tO\n', /line 2: expected a token, got none/],
    ['three columns', 'gl:a\tX\tO\n', /line 1: expected 2 columns/],
  ])('tells of %s', (_, text, message) => {
    expect(() => read(text)).toThrow(message);
  });

  it('drops empty tokens on request, and nothing else changes', () => {
    const { sentences } = parseSentences('gl:\tO\ngl:a\tO\n\ngl:b\tO\ngl:\tO\n', {
      format: 'wikiann-rahimi',
      emptyTokens: 'drop',
    });
    expect(sentences).toEqual([
      { tokens: ['a'], tags: ['O'], language: 'gl' },
      { tokens: ['b'], tags: ['O'], language: 'gl' },
    ]);
  });
});

describe('WikiANN as Pan et al. released it', () => {
  it('takes the first field for the token, the last for the tag', () => {
    const text =
      'Lugo Lugo_(Galicia) Lugo GPE 1.0 Lugo B-LOC\n( None I-LOC\nGalicia None I-LOC\n) None I-LOC\n# None O\n';
    expect(parseSentences(text, { format: 'wikiann-pan', language: 'gl' }).sentences).toEqual([
      {
        tokens: ['Lugo', '(', 'Galicia', ')', '#'],
        tags: ['B-LOC', 'I-LOC', 'I-LOC', 'I-LOC', 'O'],
        language: 'gl',
      },
    ]);
  });
});
