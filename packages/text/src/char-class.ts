/**
 * Classes of UTF-16 code units, as the scanner needs them. The table fills itself: the first sight of a code unit asks
 * the host's Unicode data, every later one is a look-up.
 */
export const SEPARATOR = 1;
export const LETTER = 2;
export const MARK = 3;
export const DIGIT = 4;
/** ZWJ, ZWNJ, soft hyphen: part of a word inside a word, nothing outside one. */
export const JOINER = 5;
export const APOSTROPHE = 6;
export const HYPHEN = 7;
export const PUNCTUATION = 8;
const SYMBOL = 9;
/** A symbol that may begin an emoji sequence. */
export const PICTOGRAPH = 10;
/** Half of a surrogate pair: the code point decides. */
export const SURROGATE = 11;
/** Regional indicator: two of them are a flag. Only code points above U+FFFF. */
export const REGIONAL = 12;

const table = new Uint8Array(0x10000);

/** Class of a code unit; 0 for NaN, which is what `charCodeAt` gives behind the end of a text. */
export function unitClass(unit: number): number {
  if (Number.isNaN(unit)) return 0;
  const known = table[unit] ?? 0;
  if (known !== 0) return known;
  const found = unit >= 0xd800 && unit <= 0xdfff ? SURROGATE : classify(unit);
  table[unit] = found;
  return found;
}

/** Class of a code point above U+FFFF (or of any other: slow). */
export function classify(codePoint: number): number {
  const char = String.fromCodePoint(codePoint);
  switch (codePoint) {
    case 0x27: // '
    case 0x2018: // ‘
    case 0x2019: // ’
    case 0x60: // `
    case 0xb4: // ´
    case 0x2032: // ′
      return APOSTROPHE;
    case 0x2d: // hyphen-minus
    case 0x2010: // hyphen
    case 0x2011: // non-breaking hyphen
      return HYPHEN;
    case 0xad: // soft hyphen
    case 0x200c: // zero width non-joiner
    case 0x200d: // zero width joiner
      return JOINER;
  }
  if (/\p{L}/u.test(char)) return LETTER;
  if (/\p{M}/u.test(char)) return MARK;
  if (/\p{N}/u.test(char)) return DIGIT;
  if (/\p{RI}/u.test(char)) return REGIONAL;
  // Control and format characters say nothing by themselves; a direction mark stands beside a word like a space.
  if (/[\s\p{Z}\p{Cc}\p{Cf}]/u.test(char)) return SEPARATOR;
  if (/\p{P}/u.test(char)) return PUNCTUATION;
  if (/\p{Extended_Pictographic}/u.test(char)) return PICTOGRAPH;
  return SYMBOL;
}

const letterBlocks: readonly (readonly [number, number])[] = [
  [0x0600, 0x06ff],
  [0x0750, 0x077f],
  [0x08a0, 0x08ff],
  [0xfb50, 0xfdff],
  [0xfe70, 0xfeff],
];

/** A code unit of a block of Arabic script. */
export function isArabicUnit(unit: number): boolean {
  return unit >= 0x600 && letterBlocks.some(([from, to]) => unit >= from && unit <= to);
}

/** A code unit of the Devanagari blocks. */
export function isDevanagariUnit(unit: number): boolean {
  return (unit >= 0x900 && unit <= 0x97f) || (unit >= 0xa8e0 && unit <= 0xa8ff);
}

/** A code unit of the Cyrillic blocks. */
export function isCyrillicUnit(unit: number): boolean {
  return (unit >= 0x400 && unit <= 0x52f) || (unit >= 0x1c80 && unit <= 0x1c8f);
}
