import { describe, expect, test } from 'vitest';
import { caseOf, consonantSkeleton, scriptOf, shortShape, transliterate, wordShape } from '../src/index.js';

test.each([
  ['Galicia', 'Latin'],
  ["l'Église", 'Latin'],
  ['Київ', 'Cyrillic'],
  ['м’я', 'Cyrillic'],
  ['2000-х', 'Cyrillic'],
  ['मराठी', 'Devanagari'],
  ['ज़्', 'Devanagari'],
  ['اردو', 'Arabic'],
  ['東京', 'Other'],
  ['𐐀', 'Other'],
  ['𝒳', 'Common'],
  ['Wi-Fi-модуль', 'Mixed'],
  ['नवीYork', 'Mixed'],
  ['2017-18', 'Common'],
  ['।', 'Common'],
  ['', 'Common'],
  ['\ud83d', 'Common'],
])('script of %s: %s', (word, script) => expect(scriptOf(word)).toBe(script));

test.each([
  ['vigo', 'lower'],
  ['BNG', 'upper'],
  ['CC.OO.', 'upper'],
  ['Vigo', 'title'],
  ['O', 'title'],
  ['Санкт-петербург', 'title'],
  ['iPhone', 'mixed'],
  ['McDonald', 'mixed'],
  ['Вашингтон', 'title'],
  ['2a', 'lower'],
  ['मराठी', 'none'],
  ['لاہور', 'none'],
  ['12', 'none'],
  ['', 'none'],
  ['ǅ', 'title'],
])('case of %s: %s', (word, letterCase) => expect(caseOf(word)).toBe(letterCase));

test.each([
  ['Galicia', 'Xxxxxxx', 'Xx'],
  ['COVID-19', 'XXXXX-dd', 'X-d'],
  ["D'Alema", "X'Xxxxx", "X'Xx"],
  ['कि.मी.', 'a.a.', 'a.a.'],
  ['लखनऊ', 'aaaa', 'a'],
  ['मराठी', 'aaa', 'a'],
  ['४.८३', 'd.dd', 'd.d'],
  ['لاہور', 'aaaaa', 'a'],
  ['n\u0303o', 'xx', 'x'],
  ['Нечуй-Левицький', 'Xxxxx-Xxxxxxxxx', 'Xx-Xx'],
  ['об’єднання', 'xx’xxxxxxx', 'x’x'],
  ['👍👍', '👍👍', '👍'],
  ['𐐀𐐨', 'Xx', 'Xx'],
  ['a'.repeat(100), 'x'.repeat(64), 'x'],
  ['', '', ''],
])('shapes of %s: %s, %s', (word, long, short) => {
  expect([wordShape(word), shortShape(word)]).toEqual([long, short]);
});

describe('transliterate', () => {
  // Ukrainian: the examples of the resolution's own table.
  test.each([
    [
      'uk',
      'Алушта Борщагівка Вінниця Гадяч Згорани Ґалаґан',
      'Alushta Borshchahivka Vinnytsia Hadiach Zghorany Galagan',
    ],
    [
      'uk',
      'Єнакієве Наєнко Їжакевич Мар’їне Йосипівна Стрий',
      'Yenakiieve Naienko Yizhakevych Marine Yosypivna Stryi',
    ],
    [
      'uk',
      'Юрій Крюківка Яготин Костянтин Знам’янка Русь',
      'Yurii Kriukivka Yahotyn Kostiantyn Znamianka Rus',
    ],
    ['uk', 'ХАРКІВ ЩО Щ', 'KHARKIV SHCHO Shch'],
    ['ru', 'Санкт-Петербург, Чайковский, Щукин, Юрий', 'Sankt-Peterburg, Chaykovskiy, Shchukin, Yuriy'],
    [undefined, 'Пушкин', 'Pushkin'],
    ['hi', 'राम कमला कृष्ण ज़ाकिर दिल्ली', 'ram kamla krishna zakir dilli'],
    ['mr', 'महाराष्ट्र मुंबई पुणे कमला संघ', 'maharashtra mumbai pune kamala sangh'],
    ['hi', 'पाकिस्तान १९४७।', 'pakistan 1947.'],
    ['hi', '\u095e\u093f\u0932\u094d\u092e', 'film'],
    ['ur', 'پاکستان لاہور کراچی یوسف', 'pakstan lahor krachi yosf'],
    ['ur', 'مُحَمَّد، ۱۹۴۷۔', 'muhammad, 1947.'],
    ['ur', '\ufedb\ufe98\ufe8e\ufe8f', 'ktab'],
    [undefined, 'Vigo, naïve 12', 'Vigo, naïve 12'],
    [undefined, 'Vigo Київ दिल्ली لاہور', 'Vigo Kiyiv dilli lahor'],
    [undefined, '', ''],
  ])('%s: %s', (language, word, latin) => {
    expect(transliterate(word, language === undefined ? { to: 'Latin' } : { to: 'Latin', language })).toBe(
      latin,
    );
  });

  test('leaves no letter of another script behind', () => {
    for (const [from, to] of [
      [0x410, 0x44f],
      [0x904, 0x939],
      [0x620, 0x64a],
    ] as const)
      for (let point = from; point <= to; point++) {
        const latin = transliterate(`a${String.fromCodePoint(point)}a`, { to: 'Latin' });
        if (!/[ऄऎऴऌऩऱ\u063b-\u063f\u0620\u0640]/u.test(String.fromCodePoint(point)))
          expect(latin, point.toString(16)).toMatch(/^[a-zA-Z]+$/u);
      }
  });

  test('only Latin can be written', () => {
    expect(() => transliterate('a', { to: 'Cyrillic' as 'Latin' })).toThrow(
      `expected to: 'Latin', got "Cyrillic"`,
    );
  });
});

test('names meet in their consonants', () => {
  const same = (...words: [string, string | undefined][]) =>
    new Set(words.map(([word, code]) => consonantSkeleton(word, code)));
  expect(same(['पाकिस्तान', 'hi'], ['پاکستان', 'ur'], ['Pakistan', undefined], ['Пакистан', 'ru'])).toEqual(
    new Set(['pkstn']),
  );
  expect(same(['यूसुफ', 'hi'], ['یوسف', 'ur'], ['Yusuf', undefined])).toEqual(new Set(['ysf']));
  expect(same(['वॉशिंग्टन', 'mr'], ['واشنگٹن', 'ur'], ['Washington', 'nl'], ['Вашингтон', 'ru'])).toEqual(
    new Set(['vsngtn']),
  );
  expect(same(['आगरा', 'hi'], ['Agra', 'es'])).toEqual(new Set(['agr']));
});
