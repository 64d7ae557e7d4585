import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { languages, splitSentences, tokenize } from '../src/index.js';
import { expectOffsets } from './expectations.js';

const codes = [undefined, ...languages.map((language) => language.code)];

// What the scanner looks at, and letters of every script: random Unicode seldom puts two of these side by side.
const pieces = [
  ...Array.from('abcdLlDQuxnéñ\'’ʼ`‘-–—‐._,:;/\\@#&·!?…()[]«»“”„"%°º€$+=*~|<>^0123456789 \n\t'),
  ...Array.from('ґїщЇЯжм'),
  ...['क', 'ा', '्', 'ं', 'ी', '़', '।', '॥', '४', '\u200c', '\u200d', '\u00ad', '\u0301', '\ufe0f', '\u20e3'],
  ...Array.from('کیہےں۔،؟٬۵ُّ'),
  ...['👩', '👍', '🏽', '🇪', '🇸', '❤', '\ud83d', '\ude00', '𝒳', '\u{e0067}', '\u{e007f}', '🏴'],
  ...[
    "l'",
    "qu'",
    '-se',
    "'n",
    'S.A.',
    'Dr.',
    'etc.',
    'http://',
    'www.',
    'a@b.gal',
    '.com',
    'एफ',
    'într-',
    '-ul',
    "'s",
  ],
];

const text = fc.oneof(
  fc.array(fc.constantFrom(...pieces), { maxLength: 40 }).map((parts) => parts.join('')),
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc
    .array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 30 })
    .map((units) => String.fromCharCode(...units)),
);

describe('any text in any language', () => {
  test('tokens have right offsets and leave out nothing but white space and controls', () => {
    fc.assert(
      fc.property(text, fc.constantFrom(...codes), (source, language) => {
        expectOffsets(source, tokenize(source, language));
      }),
      { numRuns: 4000, seed: 1 },
    );
  });

  test('sentences have right offsets and hold every token once', () => {
    fc.assert(
      fc.property(
        text,
        fc.constantFrom(...codes),
        fc.constantFrom('paragraph' as const, 'line' as const, 'none' as const),
        (source, language, newlines) => {
          const sentences = splitSentences(source, language, { newlines });
          expectOffsets(source, sentences);
          expect(sentences.flatMap((sentence) => sentence.tokens)).toEqual(tokenize(source, language));
        },
      ),
      { numRuns: 2000, seed: 2 },
    );
  });

  test('tokens do not depend on what stands beyond white space', () => {
    fc.assert(
      fc.property(text, text, fc.constantFrom(...codes), (left, right, language) => {
        const both = tokenize(`${left} \n ${right}`, language).map((token) => token.text);
        const each = [...tokenize(left, language), ...tokenize(right, language)].map((token) => token.text);
        // Only an abbreviation's full stop asks for what follows: No. 5
        if (!/\.\s*$/u.test(left)) expect(both).toEqual(each);
      }),
      { numRuns: 2000, seed: 3 },
    );
  });
});
