import type { LinearCrf } from '@cognate/crf';
import { attributesOf, doubled, languagePrefix } from '../../features/attributes.js';
import { placeHolds } from '../../features/template.js';
import { NumberPairs } from './number-pairs.js';
import type { PropertyValues } from './property-values.js';
import { reserved } from './reserved.js';
import type { ScoringPlan } from './scoring-plan.js';
import { WeightLists } from './weight-lists.js';

/**
 * The weights of templates that look at several words or at the position. What a template gives is found by numbers: a state is a template
 * in a language, or a state and the values of the next word that the template looks at.
 */
export class JoinedWeights {
  readonly weights = new WeightLists();
  /** Where the weights that `find` found begin and end. */
  start = 0;
  end = 0;
  readonly #crf: LinearCrf;
  readonly #plan: ScoringPlan;
  readonly #augment: boolean;
  readonly #properties: PropertyValues;
  // The sentence, and [joined] the states that templates begin with in its language.
  #language: string | undefined;
  #words: Int32Array = new Int32Array();
  #length = 0;
  #values: Int32Array = new Int32Array();
  #first: Int32Array = new Int32Array();
  readonly #languages = new Map<string | undefined, Int32Array>();
  readonly #states = new NumberPairs();
  /** [2 * state]: start + 1 and end; 0 where they are not known yet. */
  #spans = new Int32Array(1024);

  constructor(crf: LinearCrf, plan: ScoringPlan, augment: boolean, properties: PropertyValues) {
    this.#crf = crf;
    this.#plan = plan;
    this.#augment = augment;
    this.#properties = properties;
  }

  get states(): number {
    return this.#states.size;
  }

  get bytes(): number {
    return this.#spans.byteLength + this.#states.bytes + this.weights.bytes;
  }

  /**
   * Begins with a sentence.
   *
   * @param words [token], at least as long as the sentence
   * @param values [word * properties + property]: see `PropertyValues`
   */
  begin(language: string | undefined, words: Int32Array, length: number, values: Int32Array): void {
    this.#language = language;
    this.#words = words;
    this.#length = length;
    this.#values = values;
    let first = this.#languages.get(language);
    if (!first) {
      const number = this.#languages.size;
      first = Int32Array.from(this.#plan.joined, (_, joined) => this.#states.of(-1 - number, joined));
      this.#languages.set(language, first);
    }
    this.#first = first;
  }

  /** Finds the weights of a template at a token of the sentence; false where it gives nothing. */
  find(joined: number, position: number): boolean {
    const { terms } = this.#plan.joined[joined];
    let state = this.#first[joined];
    for (let k = 0; k < terms.length; k++) {
      const { term, property } = terms[k];
      if (term.kind === 'place') {
        if (!placeHolds(term, position, this.#length)) return false;
        continue;
      }
      const at = position + term.offset;
      if (at < 0 || at >= this.#length) return false;
      const values = this.#valuesAt(at, property);
      if (values < 0) return false;
      state = this.#states.of(state, values);
    }
    if (2 * state >= this.#spans.length || this.#spans[2 * state] === 0) this.#learn(joined, position, state);
    this.start = this.#spans[2 * state] - 1;
    this.end = this.#spans[2 * state + 1];
    return true;
  }

  #valuesAt(position: number, property: number): number {
    return this.#values[this.#words[position] * this.#plan.properties.length + property];
  }

  #learn(joined: number, position: number, state: number): void {
    const { template, terms } = this.#plan.joined[joined];
    const values = terms.map(({ term, property }) =>
      term.kind === 'place'
        ? [term.place]
        : this.#properties.listOf(this.#valuesAt(position + term.offset, property)),
    );
    const prefix = languagePrefix(this.#augment, this.#language);
    this.#spans = reserved(this.#spans, 2 * state + 2);
    this.#spans[2 * state] = this.weights.size + 1;
    this.weights.addAll(this.#crf, doubled(attributesOf(template, values), prefix));
    this.#spans[2 * state + 1] = this.weights.size;
  }
}
