import {
  APOSTROPHE,
  DIGIT,
  HYPHEN,
  JOINER,
  LETTER,
  MARK,
  SURROGATE,
  classify,
  isArabicUnit,
  isCyrillicUnit,
  isDevanagariUnit,
  unitClass,
} from './char-class.js';
import type { LanguageRules } from './language-rules.js';

export interface Word {
  readonly end: number;
  /** It has a letter: no plain number. */
  readonly letters: boolean;
  /** It has an apostrophe or a hyphen at which the language may cut it. */
  readonly cut: boolean;
}

const DOT = 0x2e;

/** Names of Latin letters in Devanagari: the parts of `एफ.सी.` */
const letterName =
  /^(?:ए|बी|सी|डी|ई|एफ|जी|एच|आय|आई|जे|के|एल|एम|एन|ओ|पी|क्यू|आर|एस|टी|यू|व्ही|वी|डब्ल्यू|डब्लू|एक्स|वाय|वाई|झेड|जेड|ज़ेड)$/u;

/**
 * End of the word or number that begins at `start` with a letter, a mark or a digit. Apostrophes, hyphens, dots and the like belong to
 * it where letters or digits on both sides say so; the full stop of an abbreviation belongs to it too.
 */
export function wordEnd(text: string, start: number, rules: LanguageRules): Word {
  let at = start;
  let previous = 0; // class of the character before `at`
  let previousUnit = 0;
  let letters = false;
  let cut = false;
  let dotted = false;
  let segment = start; // where the letters since the last dot begin
  let plain = true; // nothing but letters and marks since then
  for (;;) {
    const unit = text.charCodeAt(at); // NaN at the end
    const kind = unitClass(unit);
    if (kind === LETTER || kind === MARK || kind === DIGIT) {
      if (kind === LETTER) letters = true;
      else if (kind === DIGIT) plain = false;
      if (kind !== MARK) previous = kind;
      else previous ||= LETTER;
      previousUnit = unit;
      at++;
      continue;
    }
    if (kind === SURROGATE) {
      const astral = classify(text.codePointAt(at) ?? 0);
      if (astral !== LETTER && astral !== MARK && astral !== DIGIT) break;
      if (astral === LETTER) letters = true;
      else if (astral === DIGIT) plain = false;
      if (astral !== MARK) previous = astral;
      previousUnit = 0;
      at += 2;
      continue;
    }
    const nextUnit = text.charCodeAt(at + 1);
    const next = unitClass(nextUnit);
    if (kind === JOINER) {
      // Behind a virama a joiner is part of the letter (र्‍); elsewhere it must stand between two parts of a word.
      const inside = next === LETTER || next === MARK || next === DIGIT || next === JOINER;
      if (!inside && previousUnit !== 0x94d) break;
      if (!inside || joinersLeadOn(text, at)) {
        at++;
        continue;
      }
      break;
    }
    if (kind === APOSTROPHE) {
      const cyrillic = isCyrillicUnit(previousUnit) && isCyrillicUnit(nextUnit);
      const usual = unit === 0x27 || unit === 0x2019;
      const joins =
        next === LETTER && previous === LETTER
          ? cyrillic || (usual && !isCaseless(previousUnit) && !isCaseless(nextUnit))
          : usual && next === DIGIT && previous === DIGIT;
      if (!joins) {
        // Elided before a quotation mark, or in text that is already cut: l'«Avui», l' Hospitalet.
        if (usual && plain && rules.apocopes.size > 0 && endsWithApocope(text, start, at, rules)) at++;
        break;
      }
      cut = true;
      plain = false;
      at++;
      continue;
    }
    if (kind === HYPHEN) {
      const joins = (next === LETTER || next === DIGIT) && !isArabicUnit(previousUnit);
      if (!joins) {
        if (
          plain &&
          next !== HYPHEN &&
          rules.proclitics.size > 0 &&
          rules.proclitics.has(text.slice(start, Math.min(at, start + 8)).toLowerCase())
        )
          at++;
        break;
      }
      cut = true;
      plain = false;
      at++;
      continue;
    }
    if (unit === DOT) {
      if (next === DIGIT && previous === DIGIT) {
        at++;
        continue;
      }
      if (next === LETTER && plain && joinsAtDot(text, segment, at, rules)) {
        dotted = true;
        at++;
        segment = at;
        continue;
      }
      break;
    }
    const joins =
      previous === DIGIT && next === DIGIT
        ? unit === 0x2c || unit === 0x3a || unit === 0x2f || unit === 0x66b || unit === 0x66c || unit === 0x5f
        : unit === 0x26 || unit === 0xb7
          ? previous === LETTER &&
            next === LETTER &&
            (unit === 0x26 || (isEl(previousUnit) && isEl(nextUnit)))
          : unit === 0x5f && (next === LETTER || next === DIGIT);
    if (!joins) break;
    plain = false;
    at++;
  }
  if (text.charCodeAt(at) === DOT && text.charCodeAt(at + 1) !== DOT && letters)
    if (takesDot(text, start, segment, at, dotted && plain, rules)) at++;
  return { end: at, letters, cut };
}

const isEl = (unit: number) => unit === 0x6c || unit === 0x4c;
const isCaseless = (unit: number) => isArabicUnit(unit) || isDevanagariUnit(unit);

/** Whether the run of joiners at `at` is followed by a letter, a mark or a digit. Runs longer than 4 are no writing. */
function joinersLeadOn(text: string, at: number): boolean {
  for (let end = at + 1; end <= at + 4 && end < text.length; end++) {
    const kind = unitClass(text.charCodeAt(end));
    if (kind !== JOINER) return kind === LETTER || kind === MARK || kind === DIGIT;
  }
  return false;
}

/** `l'`, `qu'`, `po'` at the end of what was read so far, which ends at `at` with an apostrophe. */
function endsWithApocope(text: string, start: number, at: number, rules: LanguageRules): boolean {
  return at - start <= 12 && rules.apocopes.has(text.slice(start, at).toLowerCase());
}

/** Letters (marks not counted) from `from` on, up to the first other character; at most `limit` + 1 are counted. */
function countLetters(text: string, from: number, limit: number): { letters: number; end: number } {
  let letters = 0;
  let end = from;
  // Marks are bounded too: a thousand accents on a letter are no abbreviation.
  for (const stop = Math.min(text.length, from + 16); end < stop; end++) {
    const kind = unitClass(text.charCodeAt(end));
    if (kind === LETTER) {
      if (++letters > limit) break;
    } else if (kind !== MARK) break;
  }
  return { letters, end };
}

/** Whether `from..to` can be a part of a dotted abbreviation: up to two letters, or the name of a letter in Devanagari. */
function isAbbreviationPart(text: string, from: number, to: number): boolean {
  if (to === from || to - from > 16) return false;
  const count = countLetters(text, from, 2);
  if (isDevanagariUnit(text.charCodeAt(from)))
    return (count.letters === 1 && count.end === to) || letterName.test(text.slice(from, to));
  return count.letters <= 2 && count.end === to;
}

/** Whether the dot at `at`, behind the letters from `segment` on and before another letter, stands inside an abbreviation. */
function joinsAtDot(text: string, segment: number, at: number, rules: LanguageRules): boolean {
  let end = at + 1;
  while (end < text.length && end - at <= 12) {
    const kind = unitClass(text.charCodeAt(end));
    if (kind !== LETTER && kind !== MARK) break;
    end++;
  }
  if (isAbbreviationPart(text, segment, at) && isAbbreviationPart(text, at + 1, end)) return true;
  if (at - segment > 8 || end - at > 12) return false;
  const whole = text.slice(segment, end).toLowerCase();
  return rules.openAbbreviations.has(whole) || rules.closeAbbreviations.has(whole);
}

/** Whether the full stop at `at` belongs to the word `start..at`: an initial, a dotted or a listed abbreviation. */
function takesDot(
  text: string,
  start: number,
  segment: number,
  at: number,
  dotted: boolean,
  rules: LanguageRules,
): boolean {
  if (dotted && isAbbreviationPart(text, segment, at)) return true;
  if (at - start > 12) return false;
  const word = text.slice(start, at);
  if (/^\p{Lu}\p{M}*$/u.test(word)) return true;
  const lower = word.toLowerCase();
  if (rules.openAbbreviations.has(lower) || rules.closeAbbreviations.has(lower)) return true;
  if (rules.numberAbbreviations.has(lower)) return /^\.[ \u00a0]?\p{N}/u.test(text.slice(at, at + 4));
  return false;
}
