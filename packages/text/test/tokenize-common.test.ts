import { describe, expect, test } from 'vitest';
import { languages, tokenize } from '../src/index.js';
import { expectTokens } from './expectations.js';

describe.each(languages.map((language) => language.code))('in %s', (code) => {
  test.each([
    ['http://www.vieiros.com/a_(b)?x=1&y=2#z.', 'http://www.vieiros.com/a_(b)?x=1&y=2#z|.'],
    ['(https://example.org/x)', '(|https://example.org/x|)'],
    ['www.example.org, example.com/a/b; example.net.', 'www.example.org|,|example.com/a/b|;|example.net|.'],
    ['https://uk.wikipedia.org/wiki/Київ', 'https://uk.wikipedia.org/wiki/Київ'],
    ['ana.perez+x@mail.example.org!', 'ana.perez+x@mail.example.org|!'],
    ['#GaliciaCalidade @ana_p #1', '#GaliciaCalidade|@ana_p|#|1'],
    ['1,234.56 12:30 2017-18 31.12.2020 1/2', '1,234.56|12:30|2017-18|31.12.2020|1/2'],
    ['$5 5€ £1 100%', '$|5|5|€|£|1|100|%'],
    ['R&D AT&T x&1', 'R&D|AT&T|x|&|1'],
    ['👩‍👩‍👧‍👦🇪🇸🏴󠁧󠁢󠁳󠁣󠁴󠁿👍🏽❤️1️⃣', '👩‍👩‍👧‍👦|🇪🇸|🏴󠁧󠁢󠁳󠁣󠁴󠁿|👍🏽|❤️|1️⃣'],
    ['©2020 a™ ❤', '©|2020|a|™|❤'],
    ['a...b … ?! !!! -- *** ==', 'a|...|b|…|?!|!!!|--|***|=='],
    ['«a» “b” „c” ‹d› "e"', '«|a|»|“|b|”|„|c|”|‹|d|›|"|e|"'],
    ['cafe\u0301 n\u0303o', 'cafe\u0301|n\u0303o'],
    ['soft\u00adhyphen a\u00a0b\u200bc', 'soft\u00adhyphen|a|b|c'],
    ['𝒳𝒴 𐐀𐐨', '𝒳𝒴|𐐀𐐨'],
    ['', ''],
    [' \n\t\u00a0\ufeff', ''],
  ])('%s', (text, expected) => expectTokens(code, text, expected));
});

test('lone surrogates, marks and joiners are no accident', () => {
  expectTokens(undefined, '\ud83d', '\ud83d');
  expectTokens(undefined, 'a\udc00b', 'a|\udc00|b');
  expectTokens(undefined, '\u0301a', '\u0301a');
  expectTokens(undefined, '.\u0301 \u200d\u200c', '.\u0301');
  expectTokens(undefined, 'a\u200c\u200c\u200cb a\u200c', 'a\u200c\u200c\u200cb|a');
});

test('kinds', () => {
  const kinds = tokenize('Vigo, 3.000 € 👍 http://a.gal x@y.gal #Gal @ana 2017-18 5G', 'gl').map(
    ({ kind }) => kind,
  );
  expect(kinds).toEqual([
    'word',
    'punctuation',
    'number',
    'symbol',
    'emoji',
    'url',
    'email',
    'hashtag',
    'mention',
    'number',
    'word',
  ]);
});

test('something else than a string is refused', () => {
  expect(() => tokenize(12 as unknown as string)).toThrow('expected a string to tokenize, got number');
});
