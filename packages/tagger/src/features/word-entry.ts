import { viewOf, type WordView } from './properties.js';
import type { WordTerm } from './template.js';

/** A word and the values that its properties have in one language, each found when it is first asked for. */
export class WordEntry {
  readonly #view: WordView;
  readonly #values = new Map<string, readonly string[]>();

  constructor(token: string, language: string | undefined) {
    this.#view = viewOf(token, language);
  }

  valuesOf({ key, property }: WordTerm): readonly string[] {
    let found = this.#values.get(key);
    if (!found) {
      found = property(this.#view);
      this.#values.set(key, found);
    }
    return found;
  }
}
