import { readSpans, type Scheme } from '@cognate/tag-scheme';
import { CorpusError, oneOf, shown } from '../errors.js';
import type { Sentence } from '../sentence.js';

/** What sentences may differ in and still count as the same: the names in them (entities of one label), or their numbers. */
export type Mask = 'names' | 'numbers';

export interface SameOptions {
  /** Default: none, the texts must be the same. With `['names', 'numbers']` two sentences of one pattern are the same. */
  readonly mask?: readonly Mask[];
  /** Of the tags, which tell the names. Default IOB2. */
  readonly scheme?: Scheme;
}

const masks: readonly Mask[] = ['names', 'numbers'];

/**
 * A text without what does not make it another one: NFC, letters without case, no white space. Case folding as JavaScript can do it,
 * by upper and then lower case, which also makes ß and ss the same.
 */
const foldText = (text: string): string =>
  simple.test(text) ? text.toLowerCase() : foldWords(text).replace(/\s+/gu, '');

/**
 * Texts of most languages in Latin or Cyrillic letters, which are NFC already and have one small letter for each capital: nothing of
 * the white space, no µ and ß, nothing that joins with what stands before it.
 */
export const simple = /^[!-\x9f\xa1-\xb4\xb6-\xde\xe0-\xff\u0400-\u045f\u2010-\u2027]*$/;

/** The same with the white space kept. */
export function foldWords(text: string): string {
  const folded = text.normalize('NFC').toUpperCase().toLowerCase().replaceAll('ς', 'σ');
  return folded.normalize('NFC');
}

/** Gives the function that tells which sentences are the same: those with equal keys. */
export function sentenceKey({ mask = [], scheme = 'IOB2' }: SameOptions = {}): (
  sentence: Sentence,
) => string {
  for (const item of mask) {
    if (!masks.includes(item))
      throw new CorpusError({ expected: `${oneOf(masks)} in option mask`, actual: shown(item) });
  }
  const names = mask.includes('names');
  const numbers = mask.includes('numbers');
  return ({ tokens, tags }) => {
    const words = names && tags !== undefined ? withoutNames(tokens, tags, scheme) : tokens;
    const key = foldText(words.join(''));
    return numbers ? key.replace(/\p{Nd}+/gu, '0') : key;
  };
}

/** Each entity as one word that no text has. */
function withoutNames(tokens: readonly string[], tags: readonly string[], scheme: Scheme): string[] {
  const words: string[] = [];
  let at = 0;
  for (const { start, end, label } of readSpans(tags, scheme).spans) {
    words.push(...tokens.slice(at, start), `\u0000${label}\u0000`);
    at = end;
  }
  words.push(...tokens.slice(at));
  return words;
}
