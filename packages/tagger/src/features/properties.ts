import { caseOf, consonantSkeleton, scriptOf, shortShape, transliterate, wordShape } from '@cognate/text';
import { normalForm } from './normal-form.js';

/** What a property sees: a word in its normal form. */
export interface WordView {
  /** See `normalForm`. */
  readonly word: string;
  readonly lower: string;
  readonly language: string | undefined;
}

/** What properties see of a token. */
export function viewOf(token: string, language: string | undefined): WordView {
  const word = normalForm(token);
  return { word, lower: word.toLowerCase(), language };
}

/** A property of a word: the values that it has, none, one or several. */
export type WordProperty = (view: WordView) => readonly string[];

const one =
  (value: (view: WordView) => string): WordProperty =>
  (view) => [value(view)];

/** Lengths in code points, in classes that grow. */
const lengthClass = (length: number): string =>
  length <= 3 ? String(length) : length <= 5 ? '4' : length <= 8 ? '6' : length <= 12 ? '9' : '13';

const hasLetter = /\p{L}/u;
const flagTests: readonly (readonly [string, (word: string) => boolean])[] = [
  ['digit', (word) => /\p{N}/u.test(word)],
  ['number', (word) => /^\p{N}[\p{N}.,:/'٫٬-]*$/u.test(word)],
  ['year', (word) => /^(?:1[5-9]|20)\d\d$/u.test(word)],
  ['hyphen', (word) => word.includes('-') && hasLetter.test(word)],
  ['apostrophe', (word) => word.includes("'") && hasLetter.test(word)],
  ['dot', (word) => word.includes('.') && hasLetter.test(word)],
  ['initial', (word) => /^\p{Lu}\.$/u.test(word)],
  ['punctuation', (word) => /^[\p{P}\p{S}]+$/u.test(word)],
  ['letter', (word) => /^\p{L}\p{M}*$/u.test(word)],
];
/** Words that none of them holds for: most. */
const lettersOnly = /^\p{L}\p{M}*\p{L}[\p{L}\p{M}]*$/u;

/** The properties with a fixed name. */
const fixed: Readonly<Record<string, WordProperty>> = {
  word: one(({ word }) => word),
  lower: one(({ lower }) => lower),
  digits0: one(({ lower }) => lower.replace(/\p{N}/gu, '0')),
  shape: one(({ word }) => shortShape(word)),
  longShape: one(({ word }) => wordShape(word)),
  case: one(({ word }) => caseOf(word)),
  script: one(({ word }) => scriptOf(word)),
  length: one(({ word }) => lengthClass(Array.from(word).length)),
  flags: ({ word }) =>
    lettersOnly.test(word) ? [] : flagTests.filter(([, holds]) => holds(word)).map(([name]) => name),
  latin: ({ lower, language }) => (hasLetter.test(lower) ? [latin(lower, language)] : []),
  skeleton: ({ lower, language }) => (hasLetter.test(lower) ? [consonantSkeleton(lower, language)] : []),
};

const latin = (lower: string, language: string | undefined): string =>
  transliterate(lower, language === undefined ? { to: 'Latin' } : { to: 'Latin', language });

/** The first or last letters of a word that has more than so many: a shorter word is its own affix already. */
function affix(word: string, length: number, last: boolean): readonly string[] {
  if (word.length <= length) return [];
  let at = last ? word.length : 0;
  for (let letters = 0; letters < length; letters++) {
    at = last ? letterBefore(word, at) : at + ((word.codePointAt(at) ?? 0) > 0xffff ? 2 : 1);
    if (at === (last ? 0 : word.length)) return [];
  }
  return [last ? word.slice(at) : word.slice(0, at)];
}

/** Where the code point begins that ends at a place. */
const letterBefore = (word: string, end: number): number =>
  end > 1 && (word.codePointAt(end - 2) ?? 0) > 0xffff ? end - 2 : end - 1;

const affixName = /^(prefix|suffix|latinPrefix|latinSuffix)([1-9])$/u;

/** The names that `wordProperty` knows, for messages; `N` is a digit from 1 to 9. */
export const propertyNames: readonly string[] = [
  ...Object.keys(fixed),
  'prefixN',
  'suffixN',
  'latinPrefixN',
  'latinSuffixN',
];

/** The property of a name, or undefined where there is none. */
export function wordProperty(name: string): WordProperty | undefined {
  if (Object.hasOwn(fixed, name)) return fixed[name];
  const match = affixName.exec(name);
  if (!match) return undefined;
  const length = Number(match[2]);
  const last = match[1].endsWith('uffix');
  return match[1].startsWith('latin')
    ? ({ lower, language }) => (hasLetter.test(lower) ? affix(latin(lower, language), length, last) : [])
    : ({ lower }) => affix(lower, length, last);
}
