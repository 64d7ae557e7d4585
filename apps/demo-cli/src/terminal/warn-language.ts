import { findLanguage } from '@cognate/text';
import { warn } from './warn.js';

/** What of a tagger says which languages it has seen. */
export interface LanguagesOfModel {
  readonly type: string;
  readonly languages: readonly string[];
}

/**
 * Warns of languages that a linear model has not been trained on: it tags them by what its languages share, often badly, where a neural one takes a
 * relative or refuses.
 */
export function warnOfLanguages(model: LanguagesOfModel, asked: Iterable<string | undefined>): void {
  if (model.type !== 'linear' || model.languages.length === 0) return;
  const codes = new Set([...asked].filter((code) => code !== undefined));
  const unseen = [...codes].filter((code) => !model.languages.includes(findLanguage(code)?.code ?? code));
  if (unseen.length === 0) return;
  warn(
    `language: expected one that the model was trained on (${model.languages.join(', ')}), got ${unseen.join(', ')}: ` +
      "only what the model's languages share is used",
  );
}
