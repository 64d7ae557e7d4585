import { type LanguageRules, languageRules } from './language-rules.js';
import { caseOf } from './shape.js';
import type { Token } from './token.js';
import { TokenScanner } from './tokenize.js';

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
/** Those of them that never open anything. */
const closer = /^[)\]}»”›]$/u;
const listMark = /^(?:\p{N}{1,3}|\p{L}|[ivxIVX]+)$/u;
/** Words that stay small at the head of a sentence, before the capital: 's Avonds, 't Is. */
const small = /^['’]\p{Ll}{1,2}$/u;
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
  return [...sentencePieces(text, language, options, Infinity)].flat();
}

/** Some milliseconds of work. */
const usualLength = 16_384;
/** How many tokens behind a full stop are looked at to see whether a sentence ends there. */
const lookAhead = 10;

/**
 * Cuts a text as `splitSentences` does, but a piece at a time, for those who have other things to do in between. All pieces together
 * are what it gives; a piece has no sentence where a long one goes on.
 *
 * @param length characters of the text that are read for each piece
 */
export function* sentencePieces(
  text: string,
  language?: string,
  options: SentenceOptions = {},
  length = usualLength,
): Generator<TextSentence[], void, undefined> {
  const newlines: string = options.newlines ?? 'paragraph';
  if (!['paragraph', 'line', 'none'].includes(newlines))
    throw new TypeError(`expected newlines to be paragraph, line or none, got ${JSON.stringify(newlines)}`);
  if (!(length >= 1)) throw new RangeError(`expected a length of pieces of 1 or more, got ${length}`);
  const scanner = new TokenScanner(text, language);
  const { tokens } = scanner;
  const rules = languageRules(language);
  let sentences: TextSentence[] = [];
  let first = 0;
  const close = (behind: number) => {
    const own = tokens.slice(first, behind);
    const { start } = tokens[first];
    const { end } = tokens[behind - 1];
    sentences.push({ text: text.slice(start, end), start, end, tokens: own });
    first = behind;
  };
  let read = 0;
  /** Reads on until there is a token of this number, or the text ends. */
  function* readTo(index: number): Generator<TextSentence[], void, undefined> {
    while (tokens.length <= index && !scanner.done) {
      if (read > 0) {
        yield sentences;
        sentences = [];
      }
      read += length;
      scanner.scanTo(read);
    }
  }
  for (let at = 0; ; at++) {
    // A generator for each token would take longer than all else.
    if (tokens.length <= at + lookAhead) yield* readTo(at + lookAhead);
    if (at + 1 >= tokens.length) break;
    const from = tokens[at].end;
    const to = tokens[at + 1].start;
    if (newlines !== 'none' && breaksLine(text, from, to, newlines === 'line')) {
      close(at + 1);
    } else if (endsSentence(tokens, at, first, rules)) {
      // What closes the sentence goes with it, and so does a second full stop: «Non!».
      while (at + 1 < tokens.length && isTail(tokens[at + 1], tokens[at])) {
        if (newlines !== 'none' && breaksLine(text, tokens[at].end, tokens[at + 1].start, true)) break;
        at++;
        if (tokens.length <= at + 1) yield* readTo(at + 1);
      }
      close(at + 1);
    }
  }
  if (first < tokens.length) close(tokens.length);
  yield sentences;
}

/** Whether a token closes further the sentence that `before` ended: stuck to it, or a closing bracket or quote (« Non ! »). */
function isTail(token: Token, before: Token): boolean {
  if (token.start === before.end) return closing.test(token.text) || terminator.test(token.text);
  return closer.test(token.text) || (closer.test(before.text) && terminator.test(token.text));
}

/** Whether the white space `from..to` has a line end (`single`) or a blank line in it. */
function breaksLine(text: string, from: number, to: number, single: boolean): boolean {
  let lines = 0;
  for (let at = from; at < to; at++) {
    const unit = text.charCodeAt(at);
    if (unit === 0x0a || unit === 0x2029 || (unit === 0x0d && text.charCodeAt(at + 1) !== 0x0a)) lines++;
    if (unit === 0x2029 && !single) return true;
  }
  return lines >= (single ? 1 : 2);
}

/** The first token behind `at` that is no closing or opening quote, bracket or dash. There is a token behind `at`. */
function firstWord(tokens: readonly Token[], at: number): Token {
  // A page of brackets is no sentence's beginning: ten are looked at.
  for (let index = at + 1; index < tokens.length && index < at + 10; index++) {
    const token = tokens[index];
    if (![closing, opening, small].some((skipped) => skipped.test(token.text))) return token;
  }
  return tokens[at + 1];
}

/** Whether the sentence that begins with token `first` ends with token `at`, which is not the last one. */
function endsSentence(tokens: readonly Token[], at: number, first: number, rules: LanguageRules): boolean {
  const token = tokens[at];
  const next = tokens[at + 1];
  if (token.kind === 'word') return token.text.endsWith('.') && abbreviationEnds(tokens, at, rules);
  if (token.kind !== 'punctuation' || !terminator.test(token.text)) return false;
  const word = firstWord(tokens, at);
  const stuck = next.start === token.end && !closing.test(next.text);
  if (token.text === '.') {
    // The number of a list item or a heading: 1. Introdución
    const before = tokens[at - 1];
    if (at - 1 === first && before.end === token.start && listMark.test(before.text)) return false;
    // Without white space only a capital shows that a sentence begins.
    if (stuck) return startsSentence(word) && caseOf(word.text) !== 'none';
  }
  if (fullStop.test(token.text)) return startsSentence(word);
  // ? ! … inside a name are followed by no space (Yahoo!Answers), inside a sentence by lower case: «Як?» запитав він.
  return startsSentence(word) && (!stuck || opening.test(next.text));
}

/** Whether a sentence can begin with this word: not in lower case, and not with a comma. */
function startsSentence(word: Token): boolean {
  return !/^[,;:،؛%]$/u.test(word.text) && caseOf(word.text) !== 'lower';
}

/** Whether the sentence ends with the abbreviation at `at`, whose full stop is part of it. */
function abbreviationEnds(tokens: readonly Token[], at: number, rules: LanguageRules): boolean {
  const word = firstWord(tokens, at);
  if (!startsSentence(word) || word.kind === 'number') return false;
  const plain = tokens[at].text.slice(0, -1).toLowerCase();
  if (rules.closeAbbreviations.has(plain)) return true;
  if (rules.numberAbbreviations.has(plain)) return false;
  // S.A. Galega goes on, S.A. Os ... does not; в г. Москве, в 1799 г. Потом ...; an initial always goes on.
  const mayEnd = rules.openAbbreviations.has(plain)
    ? at > 0 && tokens[at - 1].kind === 'number'
    : plain.includes('.');
  return mayEnd && rules.starters.has(word.text.replace('’', "'").toLowerCase());
}
