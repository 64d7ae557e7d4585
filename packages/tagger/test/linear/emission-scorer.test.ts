import { LinearCrf } from '@cognate/crf';
import { randomChoice, randomInteger, seededRandom } from '@cognate/testing';
import { describe, expect, test } from 'vitest';
import { FeatureExtractor, type TemplateChoice } from '../../src/index.js';
import { EmissionScorer } from '../../src/linear/scoring/emission-scorer.js';

/** Languages and words of theirs, strange ones among them. */
const words: Readonly<Record<string, readonly string[]>> = {
  gl: 'A Coruña Coruña Santiago de Compostela d’Os 2017-18 12,5 J. CC.OO. « — … AP-9 Xoán'.split(' '),
  uk: 'Львів Київ м’я 4-е вул. УНР у Гадяч 𐐀𐐨𐐀𐐨 ʼ Іван-Франко'.split(' '),
  mr: 'मुंबई पुणे कि.मी. आहे १२३ । दिल्ली'.split(' '),
  ur: 'پاکستان لاہور ياد یاد می‌خواہم ۔ کراچی'.split(' '),
  xx: [
    '',
    ' ',
    '\0',
    '\ud800',
    '\udc00',
    'x\ud83d',
    '\ude00y',
    '😀',
    '👩‍🚀',
    'word[0]=a',
    '|',
    '>',
    'a'.repeat(70),
  ],
};

/** Looks back by an offset that no built-in template can have, and gives none, one or several values. */
const own: TemplateChoice = {
  name: 'third-before',
  extract: ({ tokens, language }, position) =>
    position < 3 ? undefined : position % 2 === 0 ? tokens[position - 3] : [language ?? '-', tokens[0]],
};

const templateLists: Readonly<Record<string, TemplateChoice[]>> = {
  default: ['default'],
  'with own ones': ['default', own],
  joined: [
    'first|word[0]',
    'word[-1]|word[0]|word[1]',
    'bias',
    'flags[0]|flags[1]',
    'last|flags[-9]',
    'first|last',
    'shape[0]',
  ],
  'of other scripts': ['latin', 'skeleton[-1..1]', 'latinPrefix2', 'latinSuffix3', 'digits0[-1]|latin[0]'],
  'more than 64': ['word[-9..9]', 'lower[-9..9]', 'shape[-9..9]', 'case[-9..9]', 'shape[0]|case[1]', 'bias'],
};

const random = seededRandom(7);
const sentence = (language: string, most = 12): string[] =>
  Array.from({ length: randomInteger(random, most + 1) }, () => randomChoice(random, words[language]));

/** A model in which most attributes have weights for some tags. */
async function modelOf(templates: TemplateChoice[], augment: boolean): Promise<LinearCrf> {
  const extractor = new FeatureExtractor(templates, augment);
  const data = Object.keys(words).flatMap((language) =>
    Array.from({ length: 20 }, () => {
      const tokens = ['Lugo', ...sentence(language)];
      const tags = tokens.map(({ length }, t) => ['O', 'B-LOC', 'I-LOC'][(length + (t >> 1)) % 3]);
      return { attributes: extractor.extract(tokens, language), tags };
    }),
  );
  return LinearCrf.train(data, { params: { c1: 0.02, max_iterations: 8 }, threads: 1 });
}

describe.each([true, false])('augmented: %s', (augment) => {
  test.each(Object.keys(templateLists))('templates %s score as by their names, to the bit', async (name) => {
    const templates = templateLists[name];
    const crf = await modelOf(templates, augment);
    const names = new FeatureExtractor(templates, augment);
    const scorer = new EmissionScorer(crf, new FeatureExtractor(templates, augment));
    let weighty = 0;
    for (let round = 0; round < 60; round++) {
      const language = round % 9 === 0 ? undefined : randomChoice(random, Object.keys(words));
      const tokens = sentence(language ?? 'gl');
      if (round % 3 === 0) tokens.push(`unseen-${round}`, 'de');
      const { emissions } = crf.lattice(names.extract(tokens, language));
      expect(scorer.emissions(tokens, language)).toEqual(emissions);
      expect(scorer.emissions(tokens, language, true)).toEqual(emissions);
      weighty += emissions.filter((score) => score !== 0).length;
    }
    expect(weighty).toBeGreaterThan(100);
  });
});

test('an endless stream of new words changes nothing, and is forgotten', async () => {
  const templates = ['default', 'word[0]|word[1]'];
  const crf = await modelOf(templates, false);
  const names = new FeatureExtractor(templates, false);
  const scorer = new EmissionScorer(crf, new FeatureExtractor(templates, false));
  const known = ['A', 'Coruña', 'Xoán', 'AP-9', 'Lugo'];
  const expected = crf.lattice(names.extract(known, 'gl')).emissions;
  const bytes: number[] = [];
  for (let round = 0, number = 0; round < 40; round++) {
    scorer.emissions(
      Array.from({ length: 1700 }, () => `número-${number++}`),
      'gl',
    );
    expect(scorer.emissions(known, 'gl')).toEqual(expected);
    bytes.push(scorer.bytes);
  }
  // Over four generations: no more than of two.
  expect(Math.max(...bytes.slice(20))).toBeLessThanOrEqual(Math.max(...bytes.slice(0, 20)));
  expect(Math.max(...bytes)).toBeLessThan(20e6);
});

test('an endless stream of new languages changes nothing, and is forgotten', async () => {
  const templates = ['default', 'word[0]|word[1]'];
  const crf = await modelOf(templates, true);
  const names = new FeatureExtractor(templates, true);
  const scorer = new EmissionScorer(crf, new FeatureExtractor(templates, true));
  const known = ['A', 'Coruña', 'AP-9'];
  const expected = crf.lattice(names.extract(known, 'gl')).emissions;
  const bytes: number[] = [];
  for (let language = 0; language < 2000; language++) {
    scorer.emissions(known, `x${language}`);
    if (language % 50 === 0) expect(scorer.emissions(known, 'gl')).toEqual(expected);
    bytes.push(scorer.bytes);
  }
  // Over seven generations: no more than of two.
  expect(Math.max(...bytes.slice(600))).toBeLessThanOrEqual(Math.max(...bytes.slice(0, 600)));
});

test('a sentence of more words than are remembered', async () => {
  const crf = await modelOf(['default'], false);
  const scorer = new EmissionScorer(crf, new FeatureExtractor(['default'], false));
  const tokens = Array.from({ length: 17_500 }, (_, i) => `n${i % 17_000}`);
  const expected = (some: string[]) =>
    crf.lattice(new FeatureExtractor(['default'], false).extract(some, 'gl'));
  // Compared as bytes, since to compare numbers one by one takes seconds.
  const bytesOf = (scores: Float64Array) => Buffer.from(scores.buffer, scores.byteOffset, scores.byteLength);
  for (const some of [tokens, tokens.slice(16_800)]) {
    const { emissions } = expected(some);
    expect(bytesOf(scorer.emissions(some, 'gl')).equals(bytesOf(emissions as Float64Array))).toBe(true);
  }
});
