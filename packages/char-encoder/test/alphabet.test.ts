import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { Alphabet, CharEncoderError } from '../src/index.js';

const words = ['Vigo', 'Київ', 'पुणे', 'لاہور', 'Vigo', 'a\u0301', '𐐷'];

test('has the code points of all words, in NFC and in order, whatever their scripts', () => {
  const { characters } = Alphabet.of(words);
  const expected = new Set(words.flatMap((word) => Array.from(word.normalize('NFC'))));
  expect(new Set(characters)).toEqual(expected);
  const points = Array.from(characters, (char) => char.codePointAt(0)!);
  expect(points).toEqual([...points].sort((a, b) => a - b));
  expect(characters).toContain('á');
  expect(characters).not.toContain('\u0301');
});

test('does not depend on the order of the words', () => {
  expect(Alphabet.of([...words].reverse()).characters).toBe(Alphabet.of(words).characters);
});

test('leaves rare characters out if asked', () => {
  expect(Alphabet.of(['aab', 'b', 'c'], { minCount: 2 }).characters).toBe('ab');
});

test('numbers characters from 2; 0 is what it does not have', () => {
  const alphabet = new Alphabet('abç');
  expect(alphabet.size).toBe(5);
  expect(alphabet.idsOf('cab', 10)).toEqual([0, 2, 3]);
  expect(alphabet.idsOf('c\u0327', 10)).toEqual([4]);
  expect([alphabet.has('a'), alphabet.has('z')]).toEqual([true, false]);
});

test('a word without characters is one boundary', () => {
  expect(new Alphabet('ab').idsOf('', 10)).toEqual([1]);
});

describe('long words', () => {
  const alphabet = new Alphabet('abcdefghij');

  test('of a word that is too long, the first and the last half are read', () => {
    expect(alphabet.idsOf('abcdefghij', 10)).toHaveLength(10);
    expect(alphabet.idsOf('abcdefghij', 4)).toEqual(alphabet.idsOf('abij', 4));
    expect(alphabet.idsOf('abcdefghij', 5)).toEqual(alphabet.idsOf('abcij', 5));
    expect(alphabet.idsOf('abcdefghij', 1)).toEqual(alphabet.idsOf('a', 1));
  });

  test('the middle of what has megabytes is not even looked at', () => {
    const normalize = vi.spyOn(String.prototype, 'normalize');
    const long = `abc${'d'.repeat(5_000_000)}hij`;
    expect(alphabet.idsOf(long, 6)).toEqual(alphabet.idsOf('abchij', 6));
    const longest = Math.max(...normalize.mock.contexts.map((text) => String(text).length));
    normalize.mockRestore();
    expect(longest).toBeGreaterThan(5);
    expect(longest).toBeLessThan(1000);
  });

  test('no word has more numbers than that, or none', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.integer({ min: 1, max: 8 }), (word, longest) => {
        const own = Alphabet.of([word]);
        const ids = own.idsOf(word, longest);
        expect(ids.length).toBeGreaterThan(0);
        expect(ids.length).toBeLessThanOrEqual(longest);
        expect(Math.max(...ids)).toBeLessThan(own.size);
      }),
      { seed: 1, numRuns: 300 },
    );
  });
});

test.each([
  ['abca', 'alphabet: expected each character once, got "a" twice'],
  ['ab\ud800', 'alphabet: expected whole code points, got half a surrogate pair as character 2'],
  [7 as never, 'alphabet: expected a string of characters, got 7'],
])('%j is none', (characters, message) => {
  expect(() => new Alphabet(characters)).toThrow(CharEncoderError);
  expect(() => new Alphabet(characters)).toThrow(message);
});

test('words with half a surrogate pair have an alphabet all the same', () => {
  const alphabet = Alphabet.of(['a\ud800b', '\udc00']);
  expect(alphabet.characters).toBe('ab');
  expect(alphabet.idsOf('a\ud800b', 9)).toEqual([2, 0, 3]);
});

test.each([0, 1.5, NaN, '2'])('minCount is no %j', (minCount) => {
  expect(() => Alphabet.of(['aa'], { minCount: minCount as never })).toThrow(
    /^minCount: expected a whole number of at least 1, got /,
  );
});

test('words are strings', () => {
  expect(() => Alphabet.of([null as never])).toThrow('words: expected strings, got null');
});
