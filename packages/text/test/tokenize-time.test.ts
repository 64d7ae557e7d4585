import { describe, expect, test } from 'vitest';
import { expectOffsets } from './expectations.js';
import { languages, normalize, splitSentences, tokenize, transliterate } from '../src/index.js';

const size = 1 << 19;
const fill = (unit: string) => unit.repeat(Math.ceil(size / unit.length)).slice(0, size);

/** Each is half a megabyte that some tokenisers need quadratic or exponential time for. */
const hard = [
  'a',
  'a.',
  'a-',
  "a'",
  "l'",
  'a@',
  'a.a@',
  'a.b.c.',
  'http://',
  'http:',
  '://',
  'a://)',
  'www.',
  '(',
  ')',
  '"',
  "'",
  "'s",
  '-',
  '-ul',
  '1,',
  '1.',
  '.',
  '?!',
  '#',
  '#a',
  '@a',
  '\u200c',
  'a\u200c',
  '\u0301',
  'क्',
  '।',
  '👩‍',
  '🇪',
  '❤\ufe0f\u200d',
  '1\ufe0f',
  '\u{e0067}',
  '\ud83d',
  'Dr.',
  'etc. ',
  'A. ',
  'एफ.',
  '( ) ',
  '. ',
  '\n',
];

describe('time is linear in the length of the text', () => {
  // A step that is quadratic would take minutes here: the suite's own time limit is the judge.
  test.each(hard)('%j', (unit) => {
    const text = fill(unit);
    const code = languages[hard.indexOf(unit) % languages.length]?.code;
    const tokens = tokenize(text, code);
    expectOffsets(text, tokens);
    const part = text.slice(0, size / 16);
    for (const language of ['ro', 'mr']) tokenize(part, language);
    splitSentences(part, code);
    expect(transliterate(normalize(part).text, { to: 'Latin' }).length).toBeLessThan(8 * part.length);
  });
});
