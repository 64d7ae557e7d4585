import { didYouMean } from '@cognate/experiments';
import { findLanguage, languages } from '@cognate/text';
import { InvalidArgumentError } from 'commander';

/** What a tagger takes as the code of a language: any language does, with data of one's own. */
export const codePattern = /^[\p{L}\p{N}_-]{1,40}$/u;

/** The code of the registry where it has the language, as `gl` for `glg` and `gl-ES`; of any other language as it is. */
export const codeOf = (language: string): string => findLanguage(language)?.code ?? language;

/** What is odd about a language that a user named: most often it is the name of one, in the place of its code. */
export function doubtAbout(language: string): string | undefined {
  if (findLanguage(language) ?? /^[a-z]{2,3}(?:[-_].*)?$/iu.test(language)) return undefined;
  const meant = didYouMean(
    language,
    languages.map(({ name }) => name),
  );
  return `${language} is no code of a language, and is taken as it stands.${meant}`;
}

/** The argument of `--language`. */
export function languageCode(text: string): string {
  if (codePattern.test(text)) return text;
  throw new InvalidArgumentError('expected the code of a language, as gl or tl.');
}
