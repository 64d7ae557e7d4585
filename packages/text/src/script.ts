/** `Common` = digits, punctuation, symbols, marks without a letter; `Other` = letters of any other script. */
export type Script = 'Latin' | 'Cyrillic' | 'Devanagari' | 'Arabic' | 'Other' | 'Mixed' | 'Common';

const NONE = 0;
const COMMON = 1;
const LATIN = 2;
const CYRILLIC = 3;
const DEVANAGARI = 4;
const ARABIC = 5;
const OTHER = 6;
const names: readonly Script[] = ['Common', 'Common', 'Latin', 'Cyrillic', 'Devanagari', 'Arabic', 'Other'];

const table = new Uint8Array(0x10000);

function scriptOfCodePoint(codePoint: number): number {
  if (codePoint < 0x10000) {
    const known = table[codePoint] ?? NONE;
    if (known !== NONE) return known;
    return (table[codePoint] = look(codePoint));
  }
  return look(codePoint);
}

function look(codePoint: number): number {
  const char = String.fromCodePoint(codePoint);
  // Only letters decide: a danda belongs to Devanagari and to a dozen other scripts.
  if (!/[\p{L}\p{M}]/u.test(char)) return COMMON;
  if (/\p{Script=Latin}/u.test(char)) return LATIN;
  if (/\p{Script=Cyrillic}/u.test(char)) return CYRILLIC;
  if (/\p{Script=Devanagari}/u.test(char)) return DEVANAGARI;
  if (/\p{Script=Arabic}/u.test(char)) return ARABIC;
  if (/[\p{Script=Common}\p{Script=Inherited}]/u.test(char)) return COMMON;
  return OTHER;
}

/**
 * The script of a word's letters: `Mixed` where they are of more than one, `Common` where it has none (`2017-18`, `«`, the
 * empty string).
 */
export function scriptOf(word: string): Script {
  let found = COMMON;
  for (let at = 0; at < word.length; at++) {
    let point = word.charCodeAt(at);
    if (point >= 0xd800 && point <= 0xdbff) {
      point = word.codePointAt(at) ?? point;
      if (point > 0xffff) at++;
    }
    const script = scriptOfCodePoint(point);
    if (script === COMMON || script === found) continue;
    if (found !== COMMON) return 'Mixed';
    found = script;
  }
  return names[found] ?? 'Common';
}
