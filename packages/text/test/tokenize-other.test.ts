import { describe, test } from 'vitest';
import { expectTokens } from './expectations.js';

describe('Ukrainian', () => {
  test.each([
    ['Іван Нечуй-Левицький', 'Іван|Нечуй-Левицький'],
    ["м'я м’я мʼя п`ять", "м'я|м’я|мʼя|п`ять"],
    ["об'єднання “Пам’ять”", "об'єднання|“|Пам’ять|”"],
    ['у 2000-х, по-справжньому', 'у|2000-х|,|по-справжньому'],
    ['вул. Хрещатик, 5 грн. 30 коп.', 'вул.|Хрещатик|,|5|грн.|30|коп.'],
    ['А. Шевченко, т.д., м. Київ', 'А.|Шевченко|,|т.д.|,|м.|Київ'],
    ['«Ні?..» – ні', '«|Ні|?..|»|–|ні'],
    ["'так'", "'|так|'"],
    ['Київ–Львів', 'Київ|–|Львів'],
  ])('%s', (text, expected) => expectTokens('uk', text, expected));
});

describe('Russian', () => {
  test.each([
    ['Санкт-Петербург, Нью-Йорк', 'Санкт-Петербург|,|Нью-Йорк'],
    ['4-е место, 1:0', '4-е|место|,|1:0'],
    ['г. Москва, ул. Ленина, и т.д.', 'г.|Москва|,|ул.|Ленина|,|и|т.д.'],
    ['А. С. Пушкин (1799—1837)', 'А.|С.|Пушкин|(|1799|—|1837|)'],
    ['№ 5, №5', '№|5|,|№|5'],
    ["Д'Артаньян", "Д'Артаньян"],
  ])('%s', (text, expected) => expectTokens('ru', text, expected));
});

describe('Dutch and West Frisian', () => {
  test.each([
    ['nl', "'s avonds in 's-Hertogenbosch", "'s|avonds|in|'s-Hertogenbosch"],
    ['nl', "auto's, zo'n, 't", "auto's|,|zo'n|,|'t"],
    ['nl', "'s'", "'|s|'"],
    ['nl', 'N.V. Philips, dhr. Jansen, 7-6', 'N.V.|Philips|,|dhr.|Jansen|,|7-6'],
    ['nl', 'Noord-Holland (2007-2008)', 'Noord-Holland|(|2007-2008|)'],
    ['fy', "Wy't it 's nachts om 't hûs", "Wy't|it|'s|nachts|om|'t|hûs"],
    ['fy', 'hr. Sjoerdsma, Súdwest-Fryslân', 'hr.|Sjoerdsma|,|Súdwest-Fryslân'],
  ])('%s: %s', (language, text, expected) => expectTokens(language, text, expected));
});

describe('Marathi and Hindi', () => {
  test.each([
    ['mr', 'डॉ. आंबेडकर आहेत.', 'डॉ.|आंबेडकर|आहेत|.'],
    ['mr', 'एफ.सी. बार्सिलोना, पु.ल. देशपांडे', 'एफ.सी.|बार्सिलोना|,|पु.ल.|देशपांडे'],
    ['mr', 'तो आहे.या गावी', 'तो|आहे|.|या|गावी'],
    ['mr', '‘विवेक’च्या ४.८३ कि.मी.', '‘|विवेक|’|च्या|४.८३|कि.मी.'],
    ['mr', 'ज्ञ क्‍ष सर्‍या', 'ज्ञ|क्‍ष|सर्‍या'],
    ['mr', 'इ.स. १९४७', 'इ.स.|१९४७'],
    ['hi', 'वह जाता है। क्या?', 'वह|जाता|है|।|क्या|?'],
    ['hi', 'राम है।।और॥', 'राम|है|।|।|और|॥'],
    ['hi', 'जम्मू-कश्मीर, साथ-साथ', 'जम्मू-कश्मीर|,|साथ-साथ'],
    ['hi', 'फ़िल्म हूँ दुःख', 'फ़िल्म|हूँ|दुःख'],
    ['hi', '"मैं" (सदर)', '"|मैं|"|(|सदर|)'],
  ])('%s: %s', (language, text, expected) => expectTokens(language, text, expected));
});

describe('Urdu', () => {
  test.each([
    ['یہ کتاب ہے۔ کیا؟ ہاں، نہیں؛', 'یہ|کتاب|ہے|۔|کیا|؟|ہاں|،|نہیں|؛'],
    ['وہ آیا ہے- اور', 'وہ|آیا|ہے|-|اور'],
    ['۱۰۰٬۰۰۰ روپے، 11/9، ٪۵۰', '۱۰۰٬۰۰۰|روپے|،|11/9|،|٪|۵۰'],
    ['خوش‌نصیب', 'خوش‌نصیب'],
    ['’’ہمیشگی‘‘ (ق)', '’’|ہمیشگی|‘‘|(|ق|)'],
    ['مُحَمَّد', 'مُحَمَّد'],
    ['\u200fلاہور\u200f ۔', 'لاہور|۔'],
  ])('%s', (text, expected) => expectTokens('ur', text, expected));
});

describe('Tagalog and Cebuano', () => {
  test.each([
    ['tl', "'Di ko alam, 'yung iba't iba", "'Di|ko|alam|,|'yung|iba't|iba"],
    ['tl', 'P10,000 at ₱8.50', 'P10,000|at|₱|8.50'],
    ['tl', 'Sen. Juan dela Cruz Jr., No. 5', 'Sen.|Juan|dela|Cruz|Jr.|,|No.|5'],
    ['tl', '24-hour, mag-aaral', '24-hour|,|mag-aaral'],
    ['ceb', "aduna'y bag-ong balay", "aduna'y|bag-ong|balay"],
    ['ceb', 'Brgy. Lahug, Lapu-Lapu, COVID-19', 'Brgy.|Lahug|,|Lapu-Lapu|,|COVID-19'],
  ])('%s: %s', (language, text, expected) => expectTokens(language, text, expected));
});

describe('any other language', () => {
  test.each([
    [undefined, "l'eau dit-il don't", "l'eau|dit-il|don't"],
    ['de', 'Das ist z.B. Dr. Maier aus St. Pölten.', 'Das|ist|z.B.|Dr.|Maier|aus|St.|Pölten|.'],
    ['xx-unknown', '日本語 English', '日本語|English'],
  ])('%s: %s', (language, text, expected) => expectTokens(language, text, expected));
});
