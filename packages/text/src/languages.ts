export interface LanguageInfo {
  /** The code used throughout Cognate: ISO 639-1, or ISO 639-3 where there is no shorter one (`ceb`). */
  readonly code: string;
  readonly name: string;
  readonly nativeName: string;
  readonly iso6393: string;
  readonly script: 'Latin' | 'Cyrillic' | 'Devanagari' | 'Arabic';
  readonly direction: 'ltr' | 'rtl';
  /** From the widest group to the narrowest. */
  readonly family: readonly string[];
  /** Codes of relatives in this registry, the one expected to help most first. */
  readonly relatives: readonly string[];
}

const romance = ['Indo-European', 'Italic', 'Romance'] as const;
const ibero = [...romance, 'Western Romance', 'Ibero-Romance'] as const;
const westGermanic = ['Indo-European', 'Germanic', 'West Germanic'] as const;
const eastSlavic = ['Indo-European', 'Balto-Slavic', 'Slavic', 'East Slavic'] as const;
const indoAryan = ['Indo-European', 'Indo-Iranian', 'Indo-Aryan'] as const;
const philippine = ['Austronesian', 'Malayo-Polynesian', 'Philippine', 'Greater Central Philippine'] as const;

/**
 * The fifteen languages of Cotterell & Duh 2017. The relatives of the five targets (gl, fy, uk, mr, tl) are the paper's
 * sources, in the order of their neural transfer F1 there; those of the sources are ordered by closeness of the branch,
 * then by shared script.
 */
export const languages: readonly LanguageInfo[] = [
  {
    code: 'gl',
    name: 'Galician',
    nativeName: 'galego',
    iso6393: 'glg',
    script: 'Latin',
    direction: 'ltr',
    family: [...ibero, 'West Iberian', 'Galician-Portuguese'],
    relatives: ['es', 'ca', 'it', 'fr', 'ro'],
  },
  {
    code: 'ca',
    name: 'Catalan',
    nativeName: 'català',
    iso6393: 'cat',
    script: 'Latin',
    direction: 'ltr',
    family: [...romance, 'Western Romance', 'Occitano-Romance'],
    relatives: ['es', 'gl', 'fr', 'it', 'ro'],
  },
  {
    code: 'es',
    name: 'Spanish',
    nativeName: 'español',
    iso6393: 'spa',
    script: 'Latin',
    direction: 'ltr',
    family: [...ibero, 'West Iberian', 'Castilian'],
    relatives: ['gl', 'ca', 'it', 'fr', 'ro'],
  },
  {
    code: 'fr',
    name: 'French',
    nativeName: 'français',
    iso6393: 'fra',
    script: 'Latin',
    direction: 'ltr',
    family: [...romance, 'Western Romance', 'Gallo-Romance', 'Oïl'],
    relatives: ['ca', 'it', 'es', 'gl', 'ro'],
  },
  {
    code: 'it',
    name: 'Italian',
    nativeName: 'italiano',
    iso6393: 'ita',
    script: 'Latin',
    direction: 'ltr',
    family: [...romance, 'Italo-Dalmatian'],
    relatives: ['es', 'ca', 'gl', 'fr', 'ro'],
  },
  {
    code: 'ro',
    name: 'Romanian',
    nativeName: 'română',
    iso6393: 'ron',
    script: 'Latin',
    direction: 'ltr',
    family: [...romance, 'Eastern Romance'],
    relatives: ['it', 'es', 'ca', 'gl', 'fr'],
  },
  {
    code: 'fy',
    name: 'West Frisian',
    nativeName: 'Frysk',
    iso6393: 'fry',
    script: 'Latin',
    direction: 'ltr',
    family: [...westGermanic, 'North Sea Germanic', 'Frisian'],
    relatives: ['nl'],
  },
  {
    code: 'nl',
    name: 'Dutch',
    nativeName: 'Nederlands',
    iso6393: 'nld',
    script: 'Latin',
    direction: 'ltr',
    family: [...westGermanic, 'Istvaeonic', 'Low Franconian'],
    relatives: ['fy'],
  },
  {
    code: 'uk',
    name: 'Ukrainian',
    nativeName: 'українська',
    iso6393: 'ukr',
    script: 'Cyrillic',
    direction: 'ltr',
    family: [...eastSlavic, 'Ukrainian'],
    relatives: ['ru'],
  },
  {
    code: 'ru',
    name: 'Russian',
    nativeName: 'русский',
    iso6393: 'rus',
    script: 'Cyrillic',
    direction: 'ltr',
    family: [...eastSlavic, 'Russian'],
    relatives: ['uk'],
  },
  {
    code: 'mr',
    name: 'Marathi',
    nativeName: 'मराठी',
    iso6393: 'mar',
    script: 'Devanagari',
    direction: 'ltr',
    family: [...indoAryan, 'Southern Indo-Aryan', 'Marathi-Konkani'],
    relatives: ['hi', 'ur'],
  },
  {
    code: 'hi',
    name: 'Hindi',
    nativeName: 'हिन्दी',
    iso6393: 'hin',
    script: 'Devanagari',
    direction: 'ltr',
    family: [...indoAryan, 'Central Indo-Aryan', 'Hindustani'],
    relatives: ['ur', 'mr'],
  },
  {
    code: 'ur',
    name: 'Urdu',
    nativeName: 'اردو',
    iso6393: 'urd',
    script: 'Arabic',
    direction: 'rtl',
    family: [...indoAryan, 'Central Indo-Aryan', 'Hindustani'],
    relatives: ['hi', 'mr'],
  },
  {
    code: 'tl',
    name: 'Tagalog',
    nativeName: 'Tagalog',
    iso6393: 'tgl',
    script: 'Latin',
    direction: 'ltr',
    family: [...philippine, 'Central Philippine', 'Tagalogic'],
    relatives: ['ceb'],
  },
  {
    code: 'ceb',
    name: 'Cebuano',
    nativeName: 'Sinugboanong Binisaya',
    iso6393: 'ceb',
    script: 'Latin',
    direction: 'ltr',
    family: [...philippine, 'Central Philippine', 'Bisayan'],
    relatives: ['tl'],
  },
];

const byCode = new Map<string, LanguageInfo>();
for (const language of languages) byCode.set(language.code, language).set(language.iso6393, language);
// Filipino is Tagalog in all that matters to a tokeniser; roh-mo is the former code of Romanian in Moldova.
for (const [alias, code] of [
  ['fil', 'tl'],
  ['mo', 'ro'],
] as const) {
  const language = byCode.get(code);
  if (language) byCode.set(alias, language);
}

/**
 * The entry of a language, by its code, its ISO 639-3 code or a tag that begins with one (`ro-RO`, `uk_UA`), in any case;
 * undefined for other languages.
 */
export function findLanguage(code: string): LanguageInfo | undefined {
  const known = byCode.get(code);
  return known ?? byCode.get((/^[A-Za-z]*/.exec(code)?.[0] ?? '').toLowerCase());
}

/** As `findLanguage`. @throws RangeError for a language that is not in the registry, with the codes that are. */
export function languageInfo(code: string): LanguageInfo {
  const found = typeof code === 'string' ? findLanguage(code) : undefined;
  if (found) return found;
  throw new RangeError(
    `expected the code of a language (${languages.map((language) => language.code).join(', ')}), got ${JSON.stringify(code)}`,
  );
}
