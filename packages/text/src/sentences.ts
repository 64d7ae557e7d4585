import { unitClass, SEPARATOR } from './char-class.js';
import { type LanguageRules, languageRules } from './language-rules.js';
import { caseOf } from './shape.js';
import type { Token } from './token.js';
import { tokenize } from './tokenize.js';

/** A sentence of the caller's string: `source.slice(start, end) === text`; its tokens have offsets into the source too. */
export interface TextSentence {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  readonly tokens: readonly Token[];
}

export interface SentenceOptions {
  /**
   * Which line ends end a sentence: `paragraph` (default) = a blank line, `line` = every one (lists, subtitles, one sentence a line), `none`.
   */
  newlines?: 'paragraph' | 'line' | 'none';
}

const terminator = /^(?:[.!?؟。]+|[?!]+\.{2,}|…+|[।॥۔܀]+)$/u;
const fullStop = /^[.।॥۔]$/u;
const closing = /^(?:[)\]}»”"’›]|''|')$/u;
const opening = /^(?:[([{«“„"‘‹¿¡—–-]|''|``|'|--)$/u;

/**
 * Cuts a text into sentences, each with its tokens. A sentence ends at `. ! ? … । ۔ ؟` and the closing quotes and brackets behind
 * them, unless an abbreviation, an initial, or a lower-case continuation says otherwise; and at blank lines.
 *
 * @param language as in `tokenize`; the abbreviations are the language's
 */
export function splitSentences(
  text: string,
  language?: string,
  options: SentenceOptions = {},
): TextSentence[] {
  const newlines = options.newlines ?? 'paragraph';
  if (newlines !== 'paragraph' && newlines !== 'line' && newlines !== 'none')
    throw new TypeError(`expected newlines to be paragraph, line or none, got ${JSON.stringify(newlines)}`);
  const tokens = tokenize(text, language);
  const rules = languageRules(language);
  const sentences: TextSentence[] = [];
  let first = 0;
  const close = (behind: number) => {
    if (behind === first) return;
    const own = tokens.slice(first, behind);
    const start = own[0]?.start ?? 0;
    const end = own[own.length - 1]?.end ?? start;
    sentences.push({ text: text.slice(start, end), start, end, tokens: own });
    first = behind;
  };
  for (let at = 0; at < tokens.length; at++) {
    const token = tokens[at];
    const next = tokens[at + 1];
    if (!token || !next) break;
    if (newlines !== 'none' && breaksLine(text, token.end, next.start, newlines === 'line')) {
      close(at + 1);
      continue;
    }
    if (!endsSentence(text, tokens, at, first, rules)) continue;
    let behind = at + 1;
    // What closes the sentence goes with it, and so does a second full stop: «Non!».
    while (behind < tokens.length && isTail(tokens[behind], tokens[behind - 1])) behind++;
    close(behind);
    at = behind - 1;
  }
  close(tokens.length);
  return sentences;
}

/** Whether a token is stuck to the one before it and closes the sentence further. */
function isTail(token: Token | undefined, before: Token | undefined): boolean {
  if (!token || token.start !== before?.end) return false;
  return closing.test(token.text) || terminator.test(token.text);
}

/** Whether the white space `from..to` has a line end (`single`) or a blank line in it. */
function breaksLine(text: string, from: number, to: number, single: boolean): boolean {
  if (to - from < (single ? 1 : 2)) return false;
  let lines = 0;
  for (let at = from; at < to; at++) {
    const unit = text.charCodeAt(at);
    if (unit === 0x0a || unit === 0x2029 || (unit === 0x0d && text.charCodeAt(at + 1) !== 0x0a)) lines++;
    if (unit === 0x2029 && !single) return true;
  }
  return lines >= (single ? 1 : 2);
}

/** The first token behind `at` that is no closing or opening quote, bracket or dash. */
function firstWord(tokens: readonly Token[], at: number): Token | undefined {
  // A page of brackets is no sentence's beginning: ten are looked at.
  for (let index = at + 1; index < tokens.length && index < at + 10; index++) {
    const token = tokens[index];
    if (token && !closing.test(token.text) && !opening.test(token.text)) return token;
  }
  return tokens[at + 1];
}

function endsSentence(
  text: string,
  tokens: readonly Token[],
  at: number,
  first: number,
  rules: LanguageRules,
): boolean {
  const token = tokens[at];
  const next = tokens[at + 1];
  if (!token || !next) return true;
  const { kind } = token;
  if (kind === 'word') return token.text.endsWith('.') && abbreviationEnds(tokens, at, rules);
  if (kind !== 'punctuation' || !terminator.test(token.text)) return false;
  const word = firstWord(tokens, at);
  if (!word) return true;
  if (token.text === '.') {
    // The number of a list item or a heading: 1. Introdución
    const before = tokens[at - 1];
    if (
      at - 1 === first &&
      before &&
      before.end === token.start &&
      /^(?:\p{N}{1,3}|\p{L}|[ivxIVX]+)$/u.test(before.text)
    )
      return false;
    // No white space behind a full stop: v.1, index.html; a bracket or a quote may still follow it.
    if (next.start === token.end && !closing.test(next.text))
      return startsSentence(word) && caseOf(word.text) !== 'none';
  }
  if (fullStop.test(token.text)) return startsSentence(word);
  // ?, !, … inside a sentence go on in lower case: «Як?» запитав він.
  const continues = caseOf(word.text) === 'lower' || /^[,;:،؛]$/u.test(word.text);
  return (
    !continues &&
    !(token.text === '...' && next.kind === 'number' && next.start === token.end) &&
    gapOrCloser(text, token, next)
  );
}

/** Ellipses and exclamation marks inside a name (Yahoo!Answers) are followed by no space. */
function gapOrCloser(text: string, token: Token, next: Token): boolean {
  return (
    next.start > token.end ||
    closing.test(next.text) ||
    unitClass(text.charCodeAt(token.end)) === SEPARATOR ||
    opening.test(next.text)
  );
}

/** Whether a sentence can begin with this word: not in lower case, and not with a comma. */
function startsSentence(word: Token): boolean {
  if (/^[,;:،؛%]$/u.test(word.text)) return false;
  return caseOf(word.text) !== 'lower';
}

/** Whether the sentence ends with the abbreviation at `at`, whose full stop is part of it. */
function abbreviationEnds(tokens: readonly Token[], at: number, rules: LanguageRules): boolean {
  const token = tokens[at];
  const word = firstWord(tokens, at);
  if (!token || !word || !startsSentence(word) || word.kind === 'number') return false;
  const plain = token.text.slice(0, -1).toLowerCase();
  if (rules.numberAbbreviations.has(plain)) return false;
  if (rules.openAbbreviations.has(plain)) return false;
  if (rules.closeAbbreviations.has(plain)) return true;
  if (!plain.includes('.'))
    return rules.starters.has(word.text.toLowerCase()) && /^\p{Lu}/u.test(word.text) && plain.length > 1;
  // S.A. Galega goes on, S.A. Os ... does not.
  return rules.starters.has(word.text.replace('’', "'").toLowerCase());
}
