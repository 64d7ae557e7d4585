export { type LanguageInfo, findLanguage, languageInfo, languages } from './languages.js';
export { type NormalizationForm, type NormalizedText, normalize } from './normalize.js';
export { type Script, scriptOf } from './script.js';
export { type SentenceOptions, type TextSentence, sentencePieces, splitSentences } from './sentences.js';
export { type LetterCase, caseOf, shortShape, wordShape } from './shape.js';
export type { Token, TokenKind } from './token.js';
export { tokenize } from './tokenize.js';
export { type TransliterateOptions, consonantSkeleton, transliterate } from './transliterate/index.js';
