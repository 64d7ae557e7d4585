/**
 * Urdu (and Arabic) script to Latin. The script leaves short vowels out and so does the result: `پاکستان` → `pakstan`. A vav
 * or ye between consonants is taken for a vowel; which one the script does not say: `o`, `i`.
 */
const letters: Readonly<Record<string, string>> = {
  ا: 'a',
  آ: 'a',
  أ: 'a',
  إ: 'i',
  ٱ: 'a',
  ب: 'b',
  پ: 'p',
  ت: 't',
  ٹ: 't',
  ث: 's',
  ج: 'j',
  چ: 'ch',
  ح: 'h',
  خ: 'kh',
  د: 'd',
  ڈ: 'd',
  ذ: 'z',
  ر: 'r',
  ڑ: 'r',
  ز: 'z',
  ژ: 'zh',
  س: 's',
  ش: 'sh',
  ص: 's',
  ض: 'z',
  ط: 't',
  ظ: 'z',
  ع: 'a',
  غ: 'gh',
  ف: 'f',
  ق: 'q',
  ک: 'k',
  ك: 'k',
  گ: 'g',
  ل: 'l',
  م: 'm',
  ن: 'n',
  ں: 'n',
  ہ: 'h',
  ه: 'h',
  ۂ: 'h',
  ھ: 'h',
  ة: 'a',
  ۃ: 'a',
  ء: '',
  ئ: '',
  ؤ: 'o',
  ے: 'e',
  ۓ: 'e',
  ى: 'a',
  '\u064b': 'an',
  '\u064c': 'un',
  '\u064d': 'in',
  '\u064e': 'a',
  '\u064f': 'u',
  '\u0650': 'i',
  '\u0670': 'a',
};

const punctuation: Readonly<Record<string, string>> = {
  '۔': '.',
  '،': ',',
  '؛': ';',
  '؟': '?',
  '٪': '%',
  '٫': '.',
  '٬': ',',
};

const VAV = 'و';
const TATWEEL = '\u0640';
const isYe = (char: string) => char === 'ی' || char === 'ي';
/** A letter that is heard as a consonant, so that a vav or ye beside it is a vowel. */
const isConsonant = (char: string) => /\p{L}/u.test(char) && !/[اآأإٱعویيےۓؤئءى]/u.test(char);

/** A shadda among the marks of the letter at `at`: normalisation puts it behind the vowel. */
const isDoubled = (text: string, at: number) =>
  /\p{L}/u.test(text.charAt(at)) && /^[\u064b-\u0650\u0670]*\u0651/u.test(text.slice(at + 1, at + 4));

export function arabicToLatin(text: string): string {
  let result = '';
  for (let at = 0; at < text.length; at++) {
    const char = text.charAt(at);
    const before = at > 0 ? text.charAt(at - 1) : '';
    const after = text.charAt(at + 1);
    // A ye that begins a word is a consonant: یوسف.
    const lean = isConsonant(before) || (isYe(before) && !/\p{L}/u.test(text.charAt(at - 2)));
    if (char === VAV) result += lean && !/[اآےۓ]/u.test(after) ? 'o' : 'v';
    else if (isYe(char)) {
      const begins = !/\p{L}/u.test(before) || /[اآےۓ]/u.test(after);
      result += begins ? 'y' : 'i';
    } else if (Object.hasOwn(letters, char))
      result += isDoubled(text, at) ? letters[char] + letters[char] : letters[char];
    else if (Object.hasOwn(punctuation, char)) result += punctuation[char];
    else if (char >= '۰' && char <= '۹') result += String(char.charCodeAt(0) - 0x6f0);
    else if (char >= '٠' && char <= '٩') result += String(char.charCodeAt(0) - 0x660);
    else if (char !== TATWEEL && !/[\p{M}\p{Cf}]/u.test(char)) result += char;
  }
  return result;
}
