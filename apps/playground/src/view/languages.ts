import { findLanguage, languages } from '@cognate/text';

/** A language as the page's settings offer it. */
export interface LanguageChoice {
  readonly code: string;
  readonly name: string;
}

/** The fifteen languages, by name. */
export const languageChoices: readonly LanguageChoice[] = languages
  .map(({ code, name, nativeName }) => ({ code, name: `${name} · ${nativeName}` }))
  .sort((a, b) => a.name.localeCompare(b.name, 'en'));

export const directionOf = (code: string): 'ltr' | 'rtl' | 'auto' => findLanguage(code)?.direction ?? 'auto';

export const nameOf = (code: string): string => findLanguage(code)?.name ?? code;
