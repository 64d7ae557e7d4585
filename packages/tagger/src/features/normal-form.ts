/** Letters of Arabic script that are typed in two ways, and what they are taken for. */
const arabicVariants: Readonly<Record<string, string>> = { ك: 'ک', ي: 'ی', ى: 'ی', ه: 'ہ', ة: 'ۃ', ۀ: 'ۂ' };

/**
 * The form of a word that features are made of: NFC; one apostrophe for all, one hyphen for all; no joiners, soft hyphens or
 * direction marks; one code for Arabic letters that keyboards give two for.
 */
export function normalForm(word: string): string {
  // Most words are ASCII, and nothing changes in them.
  if (/^[\x21-\x7e]*$/u.test(word)) return word;
  return word
    .normalize('NFC')
    .replace(/[‘’ʼ′´`]/gu, "'")
    .replace(/[‐‑]/gu, '-')
    .replace(/[\p{Cf}\u0640]/gu, '')
    .replace(/[كيىهةۀ]/gu, (letter) => arabicVariants[letter]);
}
