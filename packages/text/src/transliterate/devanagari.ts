/**
 * Devanagari to Latin in the spelling of newspapers and maps, without diacritics: long vowels as short ones, retroflexes as dentals.
 * A consonant carries an `a` unless a vowel sign or a virama follows; at the end of a word that `a` is silent (राम `ram`, फ़िल्म `film`)
 * but for clusters that could not be spoken without it: an obstruent and a sonorant (महाराष्ट्र `maharashtra`, कृष्ण `krishna`). For Hindi an `a` between VC and CV is silent
 * too (Ohala 1983): कमला `kamla`.
 */
const consonants: Readonly<Record<string, string>> = {
  क: 'k',
  ख: 'kh',
  ग: 'g',
  घ: 'gh',
  ङ: 'n',
  च: 'ch',
  छ: 'chh',
  ज: 'j',
  झ: 'jh',
  ञ: 'n',
  ट: 't',
  ठ: 'th',
  ड: 'd',
  ढ: 'dh',
  ण: 'n',
  त: 't',
  थ: 'th',
  द: 'd',
  ध: 'dh',
  न: 'n',
  ऩ: 'n',
  प: 'p',
  फ: 'ph',
  ब: 'b',
  भ: 'bh',
  म: 'm',
  य: 'y',
  र: 'r',
  ऱ: 'r',
  ल: 'l',
  ळ: 'l',
  ऴ: 'l',
  व: 'v',
  श: 'sh',
  ष: 'sh',
  स: 's',
  ह: 'h',
};

/** Consonants with a nukta below. */
const dotted: Readonly<Record<string, string>> = {
  क: 'q',
  ख: 'kh',
  ग: 'gh',
  ज: 'z',
  झ: 'zh',
  ड: 'r',
  ढ: 'rh',
  फ: 'f',
};

const vowels: Readonly<Record<string, string>> = {
  अ: 'a',
  आ: 'a',
  इ: 'i',
  ई: 'i',
  उ: 'u',
  ऊ: 'u',
  ऋ: 'ri',
  ॠ: 'ri',
  ऌ: 'li',
  ऍ: 'e',
  ऎ: 'e',
  ए: 'e',
  ऐ: 'ai',
  ऑ: 'o',
  ऒ: 'o',
  ओ: 'o',
  औ: 'au',
  ॲ: 'a',
  ॐ: 'om',
};

const signs: Readonly<Record<string, string>> = {
  '\u093e': 'a',
  '\u093f': 'i',
  '\u0940': 'i',
  '\u0941': 'u',
  '\u0942': 'u',
  '\u0943': 'ri',
  '\u0944': 'ri',
  '\u0945': 'e',
  '\u0946': 'e',
  '\u0947': 'e',
  '\u0948': 'ai',
  '\u0949': 'o',
  '\u094a': 'o',
  '\u094b': 'o',
  '\u094c': 'au',
};

const VIRAMA = '\u094d';
const NUKTA = '\u093c';
const CANDRABINDU = '\u0901';
const ANUSVARA = '\u0902';
const VISARGA = '\u0903';
const AVAGRAHA = '\u093d';

interface Syllable {
  /** The consonants before the vowel, in Latin; empty for a vowel by itself. */
  onset: string;
  /** The letters that the onset was written with. */
  letters: string;
  vowel: string;
  /** The vowel is the consonant's own `a`. */
  inherent: boolean;
  /** Nasal or breath behind the vowel. */
  coda: string;
}

const own = (table: Readonly<Record<string, string>>, key: string): string | undefined =>
  Object.hasOwn(table, key) ? table[key] : undefined;

/** One run of Devanagari letters and marks. */
function word(text: string, hindi: boolean): string {
  const syllables: Syllable[] = [];
  let onset = '';
  let letters = '';
  const close = (vowel: string, inherent: boolean) => {
    syllables.push({ onset, letters, vowel, inherent, coda: '' });
    onset = '';
    letters = '';
  };
  for (let at = 0; at < text.length; at++) {
    const char = text.charAt(at);
    const plain = own(consonants, char);
    if (plain !== undefined) {
      const nukta = text.charAt(at + 1) === NUKTA;
      onset += (nukta ? own(dotted, char) : undefined) ?? plain;
      letters += char;
      if (nukta) at++;
      while (/[\u200c\u200d]/u.test(text.charAt(at + 1))) at++;
      const next = text.charAt(at + 1);
      if (next === VIRAMA) at++;
      else if (own(signs, next) === undefined) close('a', true);
      continue;
    }
    const vowel = own(vowels, char) ?? own(signs, char);
    if (vowel !== undefined) close(vowel, false);
    else if (char === ANUSVARA || char === CANDRABINDU || char === VISARGA) {
      const last = syllables.at(-1);
      if (last) last.coda += char === VISARGA ? 'h' : nasal(text.charAt(at + 1));
    } else if (char !== AVAGRAHA && !/\p{M}|[\u200c\u200d]/u.test(char)) {
      if (onset !== '') close('', false);
      onset = char;
      close('', false);
    }
  }
  if (onset !== '') close('', false);
  silence(syllables, hindi);
  return syllables.map(({ onset: head, vowel, coda }) => head + vowel + coda).join('');
}

/** The anusvara is `m` before lips that close, else `n`. */
const nasal = (next: string) => (/[पफबभम]/u.test(next) ? 'm' : 'n');

/** An obstruent and a sonorant at the end of a cluster. */
const needsVowel = /[क-घच-झट-ढत-धप-भश-ह][ङञणनमयरलळव]$/u;

function silence(syllables: Syllable[], hindi: boolean): void {
  const last = syllables.at(-1);
  if (!last) return;
  if (syllables.length > 1 && last.inherent && last.coda === '' && !needsVowel.test(last.letters))
    last.vowel = '';
  if (!hindi) return;
  // From the right: VC_CV, each vowel as it then stands.
  for (let at = syllables.length - 2; at > 0; at--) {
    const here = syllables[at];
    const before = syllables[at - 1];
    const after = syllables[at + 1];
    const silent =
      here.inherent &&
      here.coda === '' &&
      here.letters.length === 1 &&
      before.vowel !== '' &&
      after.vowel !== '' &&
      after.letters.length === 1;
    if (silent) here.vowel = '';
  }
}

const run = /[\u0900-\u0963\u0971-\u097f\u200c\u200d]+/gu;

export function devanagariToLatin(text: string, language: string | undefined): string {
  // NFC takes the letters with a nukta apart: they are excluded from composition.
  return text
    .normalize('NFC')
    .replace(run, (found) => word(found, language === 'hi'))
    .replace(/[\u0966-\u096f]/gu, (digit) => String(digit.charCodeAt(0) - 0x966))
    .replace(/[।॥]/gu, '.')
    .replace(/॰/gu, '.');
}
