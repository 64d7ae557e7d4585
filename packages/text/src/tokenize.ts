import {
  APOSTROPHE,
  DIGIT,
  HYPHEN,
  JOINER,
  LETTER,
  MARK,
  PICTOGRAPH,
  PUNCTUATION,
  REGIONAL,
  SEPARATOR,
  SURROGATE,
  classify,
  unitClass,
} from './char-class.js';
import { cutClitics } from './clitics.js';
import { emojiEnd } from './emoji.js';
import { type LanguageRules, languageRules } from './language-rules.js';
import type { Token, TokenKind } from './token.js';
import { WebScanner } from './web.js';
import { wordEnd } from './word.js';

/** Characters of which a run is one token: `...`, `--`, `?!`, `''`. */
const runs = new Set(Array.from("-=*_~#.!?'’‘`+|", (char) => char.charCodeAt(0)));

const DOT = 0x2e;
const HASH = 0x23;
const AT = 0x40;

/**
 * Cuts a text into tokens.
 *
 * Offsets count UTF-16 code units of `text` itself, and `text.slice(token.start, token.end) === token.text`. Tokens come in
 * order, never overlap, and cover everything but white space and control and format characters that stand outside words
 * (direction marks, byte order marks). Nothing is normalised. Takes time linear in the length of the text.
 *
 * @param language Code of the language (`gl`, `ro-RO`, ...): clitics, leading apostrophes and abbreviations are those of
 * the language. Without it, or with a code that the registry does not have, only what holds everywhere is done.
 */
export function tokenize(text: string, language?: string): Token[] {
  const scanner = new TokenScanner(text, language);
  scanner.scanTo(text.length);
  return scanner.tokens;
}

/** Cuts a text into tokens a piece at a time: the same ones as `tokenize`, wherever it stops between. */
export class TokenScanner {
  /** Those found so far. */
  readonly tokens: Token[] = [];
  readonly #text: string;
  readonly #rules: LanguageRules;
  readonly #web: WebScanner;
  #at = 0;

  constructor(text: string, language: string | undefined) {
    if (typeof text !== 'string') throw new TypeError(`expected a string to tokenize, got ${typeof text}`);
    this.#text = text;
    this.#rules = languageRules(language);
    this.#web = new WebScanner(text);
  }

  /** Whether the text is at its end. */
  get done(): boolean {
    return this.#at >= this.#text.length;
  }

  /** Finds the tokens that begin before `stop`; they may reach beyond it. */
  scanTo(stop: number): void {
    this.#at = scanTokens(this.#text, this.#at, stop, this.#rules, this.#web, this.tokens);
  }
}

/** Pushes the tokens that begin in `from..stop`; the offset behind the last of them. */
function scanTokens(
  text: string,
  from: number,
  stop: number,
  rules: LanguageRules,
  web: WebScanner,
  tokens: Token[],
): number {
  const push = (start: number, end: number, kind: TokenKind) => {
    tokens.push({ text: text.slice(start, end), start, end, kind });
  };
  const length = Math.min(stop, text.length);
  let at = from;
  while (at < length) {
    const unit = text.charCodeAt(at);
    let kind = unitClass(unit);
    let width = 1;
    if (kind === SURROGATE) {
      const point = text.codePointAt(at) ?? unit;
      if (point > 0xffff) {
        width = 2;
        kind = classify(point);
      }
    }
    switch (kind) {
      case SEPARATOR:
      case JOINER:
        at += width;
        continue;
      case DIGIT: {
        const keycap = emojiEnd(text, at, kind, width);
        if (keycap > 0) {
          push(at, keycap, 'emoji');
          at = keycap;
          continue;
        }
        at = scanWord(text, at, rules, web, push);
        continue;
      }
      case LETTER:
      case MARK:
        at = scanWord(text, at, rules, web, push);
        continue;
      case PICTOGRAPH:
      case REGIONAL: {
        const end = emojiEnd(text, at, kind, width);
        if (end > 0) {
          push(at, end, 'emoji');
          at = end;
          continue;
        }
        break;
      }
      case APOSTROPHE: {
        const end = leadingWord(text, at, rules);
        if (end > 0) {
          push(at, end, 'word');
          at = end;
          continue;
        }
        break;
      }
      case HYPHEN: {
        const end = leadingEnclitic(text, at, rules);
        if (end > 0) {
          push(at, end, 'word');
          at = end;
          continue;
        }
        break;
      }
    }
    if (unit === HASH || unit === AT) {
      const end = emojiEnd(text, at, kind, width) || tagEnd(text, at);
      if (end > 0) {
        const tag = unit === AT ? 'mention' : 'hashtag';
        push(at, end, text.charCodeAt(end - 1) === 0x20e3 ? 'emoji' : tag);
        at = end;
        continue;
      }
    }
    let end = at + width;
    if (runs.has(unit)) end = runEnd(text, at);
    while (unitClass(text.charCodeAt(end)) === MARK) end++;
    push(at, end, kind === PUNCTUATION || kind === APOSTROPHE || kind === HYPHEN ? 'punctuation' : 'symbol');
    at = end;
  }
  return at;
}

/** Pushes the token, or tokens, of the word that begins at `start`; the offset behind them. */
function scanWord(
  text: string,
  start: number,
  rules: LanguageRules,
  web: WebScanner,
  push: (start: number, end: number, kind: TokenKind) => void,
): number {
  const address = web.scan(start);
  if (address) {
    push(start, address.end, address.kind);
    return address.end;
  }
  const word = wordEnd(text, start, rules);
  if (!word.cut || !word.letters) push(start, word.end, word.letters ? 'word' : 'number');
  else {
    let from = start;
    for (const to of cutClitics(text, start, word.end, rules)) {
      push(from, to, 'word');
      from = to;
    }
  }
  return word.end;
}

/** End of a run of equal characters; of `?` and `!` in any mixture, with the dots of `?..` */
function runEnd(text: string, start: number): number {
  const first = text.charCodeAt(start);
  const loud = (unit: number) => unit === 0x21 || unit === 0x3f;
  let end = start + 1;
  if (loud(first)) {
    while (loud(text.charCodeAt(end))) end++;
    if (text.charCodeAt(end) === DOT && text.charCodeAt(end + 1) === DOT)
      while (text.charCodeAt(end) === DOT) end++;
    return end;
  }
  while (text.charCodeAt(end) === first) end++;
  return end;
}

/** End of `#hashtag` or `@mention` at `start`; 0 where there is none. */
function tagEnd(text: string, start: number): number {
  let end = start + 1;
  let letters = false;
  for (; end < text.length; end++) {
    const kind = unitClass(text.charCodeAt(end));
    if (kind === LETTER) letters = true;
    else if (kind === SURROGATE) {
      const astral = classify(text.codePointAt(end) ?? 0);
      if (astral !== LETTER && astral !== MARK && astral !== DIGIT) break;
      letters ||= astral === LETTER;
      end++;
    } else if (kind === JOINER) {
      const next = unitClass(text.charCodeAt(end + 1));
      if (next !== LETTER && next !== MARK) break;
    } else if (kind !== MARK && kind !== DIGIT && text.charCodeAt(end) !== 0x5f) break;
  }
  return letters ? end : 0;
}

function isWordUnit(text: string, at: number): boolean {
  const kind = unitClass(text.charCodeAt(at));
  return kind === LETTER || kind === DIGIT || kind === MARK;
}

/** End of a word that begins with the apostrophe at `start`: `'s`, `'s-Hertogenbosch`, the year `'90`. 0 where there is none. */
function leadingWord(text: string, start: number, rules: LanguageRules): number {
  if (isWordUnit(text, start - 1)) return 0;
  let end = start + 1;
  while (end - start <= 12 && isWordUnit(text, end)) end++;
  const rest = text.slice(start + 1, end);
  if (/^\d\d$/u.test(rest) && unitClass(text.charCodeAt(end)) !== APOSTROPHE) return end;
  if (rest === '' || !rules.leading.has(rest.toLowerCase())) return 0;
  // The closing quote of a quoted letter is not the clitic's apostrophe: 's'.
  if (unitClass(text.charCodeAt(end)) === APOSTROPHE) return 0;
  if (text.charCodeAt(end) === 0x2d && isWordUnit(text, end + 1)) return wordEnd(text, end + 1, rules).end;
  return end;
}

/** End of an enclitic that stands by itself, as behind an abbreviation (`U.E.-ul`) or in text that is already cut. */
function leadingEnclitic(text: string, start: number, rules: LanguageRules): number {
  if (rules.enclitics.size === 0) return 0;
  let end = start + 1;
  while (end - start <= 8 && isWordUnit(text, end)) end++;
  const rest = text.slice(start + 1, end);
  if (!rules.enclitics.has(rest) || unitClass(text.charCodeAt(end)) === HYPHEN) return 0;
  return end;
}
