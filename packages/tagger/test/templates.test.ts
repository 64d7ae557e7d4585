import { describe, expect, test } from 'vitest';
import { FeatureExtractor, normalForm, templateSets, type TemplateChoice } from '../src/index.js';

const extract = (templates: TemplateChoice[], tokens: string[], language?: string, augment = false) =>
  new FeatureExtractor(templates, augment).extract(tokens, language);

describe('built-in templates', () => {
  test('words in a window', () => {
    expect(extract(['word[-1..1]'], ['A', 'Nosa', 'Terra'])).toEqual([
      ['word[0]=A', 'word[1]=Nosa'],
      ['word[-1]=A', 'word[0]=Nosa', 'word[1]=Terra'],
      ['word[-1]=Nosa', 'word[0]=Terra'],
    ]);
  });

  test.each([
    ['word', 'Vigo', ['word[0]=Vigo']],
    ['lower', 'Vigo', ['lower[0]=vigo']],
    ['digits0', 'AP-9', ['digits0[0]=ap-0']],
    ['shape', 'COVID-19', ['shape[0]=X-d']],
    ['longShape', 'COVID-19', ['longShape[0]=XXXXX-dd']],
    ['case', 'Vigo', ['case[0]=title']],
    ['case', 'दिल्ली', ['case[0]=none']],
    ['script', 'Київ', ['script[0]=Cyrillic']],
    ['length', 'a', ['length[0]=1']],
    ['length', 'abcdefghijklmnop', ['length[0]=13']],
    ['prefix2', 'Vigo', ['prefix2[0]=vi']],
    ['prefix4', 'Vigo', []],
    ['suffix3', 'Київ', ['suffix3[0]=иїв']],
    ['suffix1', '𐐀𐐨', ['suffix1[0]=𐐨']],
    ['flags', '2017-18', ['flags[0]=digit', 'flags[0]=number']],
    ['flags', '1999', ['flags[0]=digit', 'flags[0]=number', 'flags[0]=year']],
    ['flags', 'J.', ['flags[0]=dot', 'flags[0]=initial']],
    ['flags', '«', ['flags[0]=punctuation']],
    ['flags', "d'Os", ['flags[0]=apostrophe']],
    ['flags', 'Nova-York', ['flags[0]=hyphen']],
    ['flags', 'a', ['flags[0]=letter']],
    ['latin', 'Львів', ['latin[0]=lviv']],
    ['latinPrefix2', 'दिल्ली', ['latinPrefix2[0]=di']],
    ['latinSuffix2', 'لاہور', ['latinSuffix2[0]=or']],
    ['skeleton', 'پاکستان', ['skeleton[0]=pkstn']],
    ['skeleton', '12', []],
    ['bias', 'x', ['bias']],
    ['first', 'x', ['first']],
    ['last|case', 'x', ['last|case[0]=last|lower']],
    ['first|last', 'x', ['first|last']],
  ])('%s of %s', (template, token, expected) => {
    expect(extract([template], [token], 'uk')[0]).toEqual(expected);
  });

  test('conjunctions hold where all their terms do', () => {
    expect(extract(['case[-1]|case[0]', 'first|case'], ['A', 'nosa'])).toEqual([
      ['first|case[0]=first|title'],
      ['case[-1]|case[0]=title|lower'],
    ]);
    expect(extract(['flags|case'], ['1999'])).toEqual([
      ['flags[0]|case[0]=digit|none', 'flags[0]|case[0]=number|none', 'flags[0]|case[0]=year|none'],
    ]);
    expect(extract(['first|last'], ['a', 'b'])).toEqual([[], []]);
  });

  test('a word stands for itself in whatever way it is typed', () => {
    const templates: TemplateChoice[] = [...Object.keys(templateSets)];
    for (const [one, other] of [
      ['Coruña', 'Corun\u0303a'],
      ['м’я', "м'я"],
      ['ياد', 'یاد'],
      ['می‌خواہم', 'میخواہم'],
    ])
      expect(extract(templates.slice(0, 1), [one])).toEqual(extract(templates.slice(0, 1), [other]));
    expect(normalForm('ʼА‐Б\u00ad')).toBe("'А-Б");
  });

  test('the same word in another language, after another word and in another place', () => {
    const extractor = new FeatureExtractor(['latin', 'word[-1]', 'first'], false);
    expect(extractor.extract(['Гадяч'], 'uk')).toEqual([['latin[0]=hadiach', 'first']]);
    expect(extractor.extract(['Гадяч'], 'ru')).toEqual([['latin[0]=gadyach', 'first']]);
    expect(extractor.extract(['у', 'Гадяч'], 'uk')[1]).toEqual(['latin[0]=hadiach', 'word[-1]=у']);
  });

  test.each([
    ['wort', 'expected a property (bias, first, last, word,'],
    ['word[x]', 'expected property[offset], got "word[x]"'],
    ['word[2..-2]', 'the range 2..-2 is empty'],
    ['word[-1..1]|case', 'a range of offsets cannot be part of a conjunction'],
    ['first[1]', 'first takes no offset'],
    ['', 'expected property[offset], got ""'],
    ['prefix0', 'expected a property'],
    ['__proto__', 'expected property[offset]'],
    ['constructor', 'expected a property'],
  ])('%s is no template', (template, message) => {
    expect(() => extract([template], ['x'])).toThrow(message);
  });

  test('no template, and one that is there twice', () => {
    expect(() => extract([], ['x'])).toThrow('expected a list with at least one template, got an array');
    expect(() => extract(['word[-1..1]', 'word'], ['x'])).toThrow('templates: "word[0]" is there twice');
  });
});

describe("templates of one's own", () => {
  test('values become attributes', () => {
    const own = {
      name: 'town',
      extract: (
        { tokens, language }: { tokens: readonly string[]; language?: string | undefined },
        at: number,
      ) => (tokens[at] === 'Vigo' ? ['yes', language ?? '?'] : at === 0 ? 'no' : undefined),
    };
    expect(extract(['case', own], ['En', 'Vigo', '.'], 'gl')).toEqual([
      ['case[0]=title', 'town=no'],
      ['case[0]=title', 'town=yes', 'town=gl'],
      ['case[0]=none'],
    ]);
  });

  test.each([
    [{ name: 'word', extract: () => 'x' }, '"word" is a built-in property'],
    [{ name: 'a=b', extract: () => 'x' }, 'expected a name of letters, digits'],
    [{ name: 'a' }, 'expected a description, or an object with a name and a function extract, got an object'],
    [null, 'got null'],
    [12, 'got 12'],
  ])('%j is none', (template, message) => {
    expect(() => extract([template as unknown as TemplateChoice], ['x'])).toThrow(message);
  });

  test('what they give is checked', () => {
    const own = { name: 'odd', extract: () => 12 as unknown as string };
    expect(() => extract([own], ['x'])).toThrow(
      'template "odd" at token 0: expected a string, a list of strings or undefined, got 12',
    );
  });
});

test('augmentation doubles every attribute by the language', () => {
  expect(extract(['bias', 'word'], ['Vigo'], 'gl', true)).toEqual([
    ['bias', 'gl>bias', 'word[0]=Vigo', 'gl>word[0]=Vigo'],
  ]);
  expect(extract(['bias'], ['Vigo'], undefined, true)).toEqual([['bias']]);
});
