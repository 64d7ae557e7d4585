import type { LinearCrf } from '@cognate/crf';
import { attributesOf, doubled, languagePrefix } from '../../features/attributes.js';
import { WordEntry } from '../../features/word-entry.js';
import { ownString } from '../../own-string.js';
import { reserved } from './reserved.js';
import type { ScoringPlan } from './scoring-plan.js';
import { ValueLists } from './value-lists.js';
import { WeightLists } from './weight-lists.js';

/** Words, numbered, with the weights that each template gives for them and the values of their properties that joined templates look at. */
export class WordWeights {
  readonly weights = new WeightLists();
  /** [words * slots + 1]: the weights of word `w` by template `slot` are starts[w * slots + slot] to the next start. */
  starts = new Int32Array(1024);
  /** [word * keys + key]: a list of values, -1 for the empty one. */
  values = new Int32Array(256);
  readonly lists = new ValueLists();
  size = 0;
  /** Of all words together. */
  characters = 0;
  readonly #crf: LinearCrf;
  readonly #plan: ScoringPlan;
  readonly #augment: boolean;
  readonly #languages = new Map<string | undefined, Map<string, number>>();

  constructor(crf: LinearCrf, plan: ScoringPlan, augment: boolean) {
    this.#crf = crf;
    this.#plan = plan;
    this.#augment = augment;
  }

  /** The numbers of words in a language: their attributes depend on it. */
  of(language: string | undefined): Map<string, number> {
    let words = this.#languages.get(language);
    if (!words) {
      words = new Map();
      this.#languages.set(language, words);
    }
    return words;
  }

  /** Takes in a word that is not there yet, from `before` if it is there. Gives its number. */
  add(token: string, language: string | undefined, before: WordWeights | undefined): number {
    const { words, keys } = this.#plan;
    const word = this.size++;
    const own = ownString(token);
    this.of(language).set(own, word);
    this.characters += own.length;
    this.starts = reserved(this.starts, (word + 1) * words.length + 1);
    this.values = reserved(this.values, (word + 1) * keys.length);
    const known = before?.of(language).get(token);
    if (before && known !== undefined) this.#copy(before, known, word);
    else this.#make(new WordEntry(own, language), language, word);
    return word;
  }

  #make(entry: WordEntry, language: string | undefined, word: number): void {
    const { words, keys } = this.#plan;
    const prefix = languagePrefix(this.#augment, language);
    let start = word * words.length;
    for (const { template, term } of words) {
      this.starts[start++] = this.weights.size;
      this.weights.add(this.#crf, doubled(attributesOf(template, [entry.valuesOf(term)]), prefix));
    }
    this.starts[start] = this.weights.size;
    keys.forEach((term, key) => {
      this.values[word * keys.length + key] = this.lists.numberOf(entry.valuesOf(term));
    });
  }

  #copy(before: WordWeights, known: number, word: number): void {
    const slots = this.#plan.words.length;
    const keys = this.#plan.keys.length;
    const first = before.starts[known * slots];
    const shift = this.weights.size - first;
    for (let slot = 0; slot <= slots; slot++) {
      this.starts[word * slots + slot] = before.starts[known * slots + slot] + shift;
    }
    this.weights.copy(before.weights, first, before.starts[(known + 1) * slots]);
    for (let key = 0; key < keys; key++) {
      const list = before.values[known * keys + key];
      this.values[word * keys + key] = list < 0 ? list : this.lists.numberOf(before.lists.lists[list]);
    }
  }
}
