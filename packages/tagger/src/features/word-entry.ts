import { normalForm } from './normal-form.js';
import type { WordTerm } from './template.js';

/** A word and the values that its properties have in one language, each found when it is first asked for. */
export class WordEntry {
  readonly word: string;
  readonly lower: string;
  readonly #language: string | undefined;
  readonly #values = new Map<string, readonly string[]>();

  constructor(token: string, language: string | undefined) {
    this.word = normalForm(token);
    this.lower = this.word.toLowerCase();
    this.#language = language;
  }

  valuesOf({ key, property }: WordTerm): readonly string[] {
    let found = this.#values.get(key);
    if (!found) {
      found = property({ word: this.word, lower: this.lower, language: this.#language });
      this.#values.set(key, found);
    }
    return found;
  }
}
