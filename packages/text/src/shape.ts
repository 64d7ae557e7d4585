/** `none` = no letter that has a case: Devanagari, Arabic script, numbers, punctuation. */
export type LetterCase = 'lower' | 'upper' | 'title' | 'mixed' | 'none';

const OTHER = 0;
const UPPER = 1;
const LOWER = 2;
const CASELESS = 3;
const DIGIT = 4;
const MARK = 5;

/** ZWNJ, ZWJ, soft hyphen. */
const joiners = '\u200c\u200d\u00ad';

const table = new Uint8Array(0x10000).fill(255);

function classOf(codePoint: number): number {
  if (codePoint < 0x10000) {
    const known = table[codePoint] ?? 255;
    if (known !== 255) return known;
    return (table[codePoint] = look(codePoint));
  }
  return look(codePoint);
}

function look(codePoint: number): number {
  const char = String.fromCodePoint(codePoint);
  if (/[\p{Lu}\p{Lt}]/u.test(char)) return UPPER;
  if (/\p{Ll}/u.test(char)) return LOWER;
  // The Ukrainian apostrophe ʼ is a letter to Unicode; a shape has it as the mark that a writer sees.
  if (codePoint === 0x2bc) return OTHER;
  // Ordinals (º ª) and their like are modifiers of what stands before them.
  if (/\p{L}/u.test(char)) return CASELESS;
  if (/\p{N}/u.test(char)) return DIGIT;
  if (/\p{M}/u.test(char) || joiners.includes(char)) return MARK;
  return OTHER;
}

/**
 * How a word uses upper and lower case. `title` = its first cased letter is upper case and the rest lower (`Galicia`,
 * `O`, `l'` is `lower`); `upper` wants two upper-case letters or more, and no lower-case one (`BNG`, `CC.OO.`).
 */
export function caseOf(word: string): LetterCase {
  let upper = 0;
  let lower = 0;
  let firstUpper = false;
  for (let at = 0; at < word.length; at++) {
    const unit = word.charCodeAt(at);
    let point = unit;
    if (unit >= 0xd800 && unit <= 0xdbff) {
      point = word.codePointAt(at) ?? unit;
      if (point > 0xffff) at++;
    }
    const kind = classOf(point);
    if (kind === UPPER) {
      if (upper + lower === 0) firstUpper = true;
      upper++;
    } else if (kind === LOWER) lower++;
  }
  if (upper + lower === 0) return 'none';
  if (upper === 0) return 'lower';
  if (upper === 1 && firstUpper) return 'title';
  return lower === 0 ? 'upper' : 'mixed';
}

/**
 * The word with each character replaced by its class: `X` upper-case letter, `x` lower-case letter, `a` letter of a script without
 * case (Devanagari, Arabic), `d` digit; others stand for themselves; marks and joiners vanish (`Galicia` → `Xxxxxxx`,
 * `COVID-19` → `XXXXX-dd`, `कि.मी.` → `a.a.`). Words of more than 64 characters are cut there.
 */
export function wordShape(word: string): string {
  return shape(word, false);
}

/** As `wordShape`, with each run of one class as a single character: `Xx`, `X-d`, `a.a.` */
export function shortShape(word: string): string {
  return shape(word, true);
}

const symbols = ['', 'X', 'x', 'a', 'd', ''];
const longestShape = 64;

function shape(word: string, short: boolean): string {
  let result = '';
  let last = '';
  let length = 0;
  for (let at = 0; at < word.length && length < longestShape; at++) {
    const unit = word.charCodeAt(at);
    let point = unit;
    if (unit >= 0xd800 && unit <= 0xdbff) {
      point = word.codePointAt(at) ?? unit;
      if (point > 0xffff) at++;
    }
    const kind = classOf(point);
    if (kind === MARK) continue;
    const symbol = kind === OTHER ? String.fromCodePoint(point) : (symbols[kind] ?? '');
    if (short && symbol === last) continue;
    result += symbol;
    last = symbol;
    length++;
  }
  return result;
}
