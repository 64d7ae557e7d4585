import { findLanguage } from '../languages.js';
import { arabicToLatin } from './arabic.js';
import { cyrillicToLatin } from './cyrillic.js';
import { devanagariToLatin } from './devanagari.js';

export interface TransliterateOptions {
  /** The script to write in. */
  to: 'Latin';
  /** Ukrainian has a table of its own, and Hindi drops more vowels than Marathi. */
  language?: string;
}

const cyrillic = /[\u0400-\u052f]/u;
const devanagari = /[\u0900-\u097f]/u;
const arabic = /[\u0600-\u06ff\ufb50-\ufdff\ufe70-\ufefc]/u;

/**
 * Writes a word or a text of Cyrillic, Devanagari or Arabic (Urdu) script in Latin letters without diacritics, near to what newspapers
 * do; what is in Latin script stays as it is. Made to bring names of related languages closer together, not to be read
 * back: several letters become one.
 *
 * @throws TypeError when asked for another script than Latin
 */
export function transliterate(text: string, options: TransliterateOptions): string {
  if (typeof text !== 'string') throw new TypeError(`expected a string to transliterate, got ${typeof text}`);
  const to: unknown = options.to;
  if (to !== 'Latin') throw new TypeError(`expected to: 'Latin', got ${JSON.stringify(to)}`);
  const code = options.language === undefined ? undefined : findLanguage(options.language)?.code;
  let result = text;
  if (cyrillic.test(result)) result = cyrillicToLatin(result.normalize('NFC'), code);
  if (devanagari.test(result)) result = devanagariToLatin(result, code);
  // NFKC turns the presentation forms, which PDF files are full of, into letters.
  if (arabic.test(result))
    result = result.replace(/[\u0600-\u06ff\u200c-\u200d\ufb50-\ufdff\ufe70-\ufefc]+/gu, (run) =>
      arabicToLatin(run.normalize('NFKC')),
    );
  return result;
}

/**
 * The consonants of a word in Latin letters, sounds that are easily taken for each other as one: aspirated as plain, `sh` as `s`,
 * `w` as `v`, `q` and `c` as `k`, `z` as `j`, `ph` as `f`; doubled letters once; vowels left out, but for an initial one, which is `a`. Scripts
 * that write no short vowels meet the others here: पाकिस्तान, پاکستان, Pakistan and Пакистан are all `pkstn`.
 */
export function consonantSkeleton(word: string, language?: string): string {
  const latin = transliterate(word, { to: 'Latin', ...(language === undefined ? {} : { language }) });
  return latin
    .normalize('NFD')
    .toLowerCase()
    .replace(/\p{M}/gu, '')
    .replace(/ch/gu, 'C')
    .replace(/ph/gu, 'f')
    .replace(/sh/gu, 's')
    .replace(/([bdgjkprtlmnC])h/gu, '$1')
    .replace(/[qc]/gu, 'k')
    .replace(/zh?/gu, 'j')
    .replace(/w/gu, 'v')
    .replace(/(.)\1+/gu, '$1')
    .replace(/^[aeiou]+/u, 'A')
    .replace(/^y/u, 'Y')
    .replace(/[aeiouy]/gu, '')
    .toLowerCase();
}
