/**
 * Cyrillic to Latin. Ukrainian: the table of the Cabinet of Ministers' resolution 55 (2010), which Ukrainian passports use.
 * Russian and anything else: the BGN/PCGN letters, with е always `e`, and without signs for ъ and ь.
 */
const russian: Readonly<Record<string, string>> = {
  а: 'a',
  б: 'b',
  в: 'v',
  г: 'g',
  д: 'd',
  е: 'e',
  ё: 'yo',
  ж: 'zh',
  з: 'z',
  и: 'i',
  й: 'y',
  к: 'k',
  л: 'l',
  м: 'm',
  н: 'n',
  о: 'o',
  п: 'p',
  р: 'r',
  с: 's',
  т: 't',
  у: 'u',
  ф: 'f',
  х: 'kh',
  ц: 'ts',
  ч: 'ch',
  ш: 'sh',
  щ: 'shch',
  ъ: '',
  ы: 'y',
  ь: '',
  э: 'e',
  ю: 'yu',
  я: 'ya',
  // Letters of the neighbours, for names.
  ґ: 'g',
  є: 'ye',
  і: 'i',
  ї: 'yi',
  ў: 'u',
  ј: 'j',
  љ: 'lj',
  њ: 'nj',
  ћ: 'c',
  ђ: 'dj',
  џ: 'dz',
  ѓ: 'gj',
  ќ: 'kj',
  ѕ: 'dz',
};

const ukrainian: Readonly<Record<string, string>> = {
  ...russian,
  г: 'h',
  и: 'y',
  й: 'i',
  є: 'ie',
  ї: 'i',
  ю: 'iu',
  я: 'ia',
};

/** At the beginning of a word the resolution writes these with a `y`. */
const ukrainianInitial: Readonly<Record<string, string>> = { й: 'y', є: 'ye', ї: 'yi', ю: 'yu', я: 'ya' };

const letter = /\p{L}|\p{M}/u;
const upper = /\p{Lu}/u;

export function cyrillicToLatin(text: string, language: string | undefined): string {
  const isUkrainian = language === 'uk';
  const table = isUkrainian ? ukrainian : russian;
  let result = '';
  let previous = '';
  for (let at = 0; at < text.length; at++) {
    const char = text.charAt(at);
    const lower = char.toLowerCase();
    let latin: string | undefined = Object.hasOwn(table, lower) ? table[lower] : undefined;
    if (isUkrainian) {
      // The apostrophe parts a consonant from an iotated vowel; it has no letter of its own.
      if (/['’ʼ]/u.test(char) && letter.test(previous) && letter.test(text.charAt(at + 1))) continue;
      if (!letter.test(previous) && Object.hasOwn(ukrainianInitial, lower)) latin = ukrainianInitial[lower];
      if (lower === 'г' && previous.toLowerCase() === 'з') latin = 'gh';
    }
    if (latin === undefined) result += char;
    else if (!upper.test(char)) result += latin;
    else {
      const loud =
        upper.test(text.charAt(at + 1)) || (upper.test(previous) && !letter.test(text.charAt(at + 1)));
      result += loud ? latin.toUpperCase() : latin.charAt(0).toUpperCase() + latin.slice(1);
    }
    previous = char;
  }
  return result;
}
