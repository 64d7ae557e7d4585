import { viewOf, type WordView } from '../../features/properties.js';
import { ownString } from '../../own-string.js';
import type { PropertyValues } from './property-values.js';
import { reserved } from './reserved.js';
import type { ScoredProperty, ScoringPlan } from './scoring-plan.js';

/** Words, numbered, with the values of their properties. */
export class KnownWords {
  /** [word * properties + property]: see `PropertyValues`; -1 for a property without a value. */
  values = new Int32Array(1024);
  /** [word * maskLength]: a bit for each step of the plan that has weights for the word. */
  masks = new Int32Array(256);
  size = 0;
  /** Of all words together. */
  characters = 0;
  readonly #plan: ScoringPlan;
  readonly #properties: PropertyValues;
  readonly #languages = new Map<string | undefined, Map<string, number>>();

  constructor(plan: ScoringPlan, properties: PropertyValues) {
    this.#plan = plan;
    this.#properties = properties;
  }

  get languages(): number {
    return this.#languages.size;
  }

  get bytes(): number {
    return this.values.byteLength + this.masks.byteLength;
  }

  /** The numbers of words in a language: what a property's value is may depend on it. */
  of(language: string | undefined): Map<string, number> {
    let words = this.#languages.get(language);
    if (!words) {
      words = new Map();
      this.#languages.set(language, words);
    }
    return words;
  }

  /** Takes in a word that is not there yet, with the values that `before` has of it if it does. Gives its number. */
  add(token: string, language: string | undefined, before: KnownWords | undefined): number {
    const { properties } = this.#plan;
    const word = this.size++;
    const own = ownString(token);
    this.characters += own.length;
    this.values = reserved(this.values, (word + 1) * properties.length);
    const known = before?.of(language).get(token);
    const valuesOf =
      before && known !== undefined
        ? (property: number) => before.valuesOf(known, property)
        : valuesIn(viewOf(own, language), properties);
    for (let p = 0; p < properties.length; p++) {
      const list = valuesOf(p);
      this.values[word * properties.length + p] = this.#properties.of(list, p, language);
    }
    this.#setMask(word);
    // When all is known of it: a word that is here is not looked at again.
    this.of(language).set(own, word);
    return word;
  }

  #setMask(word: number): void {
    const { properties, steps, maskLength } = this.#plan;
    this.masks = reserved(this.masks, (word + 1) * maskLength);
    const { starts } = this.#properties;
    for (let step = 0; 3 * step < steps.length; step++) {
      const property = steps[3 * step];
      if (property < 0) continue;
      const values = this.values[word * properties.length + property];
      if (values < 0) continue;
      const first = values + steps[3 * step + 1];
      if (starts[first + 1] > starts[first]) this.masks[word * maskLength + (step >> 5)] |= 1 << (step & 31);
    }
  }

  valuesOf(word: number, property: number): readonly string[] {
    return this.#properties.listOf(this.values[word * this.#plan.properties.length + property]);
  }
}

const valuesIn =
  (view: WordView, properties: readonly ScoredProperty[]) =>
  (property: number): readonly string[] =>
    properties[property].term.property(view);
