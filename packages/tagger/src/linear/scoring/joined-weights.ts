import type { LinearCrf } from '@cognate/crf';
import { attributesOf, doubled, languagePrefix } from '../../features/attributes.js';
import { placeHolds } from '../../features/template.js';
import { NumberPairs } from './number-pairs.js';
import type { ScoringPlan } from './scoring-plan.js';
import type { ValueLists } from './value-lists.js';
import { reserved } from './reserved.js';
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
  readonly #lists: ValueLists;
  readonly #languages = new Map<string | undefined, number>();
  readonly #states = new NumberPairs();
  /** [2 * state]: start + 1 and end; 0 where they are not known yet. */
  #spans = new Int32Array(1024);

  constructor(crf: LinearCrf, plan: ScoringPlan, augment: boolean, lists: ValueLists) {
    this.#crf = crf;
    this.#plan = plan;
    this.#augment = augment;
    this.#lists = lists;
  }

  get states(): number {
    return this.#states.size;
  }

  /** The number of a language. */
  numberOf(language: string | undefined): number {
    let number = this.#languages.get(language);
    if (number === undefined) {
      number = this.#languages.size;
      this.#languages.set(language, number);
    }
    return number;
  }

  /**
   * Finds the weights of a template at a token.
   *
   * @param words [length]: the words of the sentence, of which `values` has [word * keys + key]
   * @returns false where the template gives nothing
   */
  find(
    joined: number,
    language: number,
    position: number,
    words: Int32Array,
    length: number,
    values: Int32Array,
  ): boolean {
    const { joined: templates, keys } = this.#plan;
    const { terms } = templates[joined];
    let state = this.#states.of(-1 - language, joined);
    for (const { term, key } of terms) {
      if (term.kind === 'place') {
        if (!placeHolds(term, position, length)) return false;
        continue;
      }
      const at = position + term.offset;
      if (at < 0 || at >= length) return false;
      const list = values[words[at] * keys.length + key];
      if (list < 0) return false;
      state = this.#states.of(state, list);
    }
    this.#spans = reserved(this.#spans, 2 * state + 2);
    if (this.#spans[2 * state] === 0) this.#build(joined, language, state, position, words, values);
    this.start = this.#spans[2 * state] - 1;
    this.end = this.#spans[2 * state + 1];
    return true;
  }

  #build(
    joined: number,
    language: number,
    state: number,
    position: number,
    words: Int32Array,
    values: Int32Array,
  ): void {
    const { joined: templates, keys } = this.#plan;
    const { template, terms } = templates[joined];
    const lists = terms.map(({ term, key }) =>
      term.kind === 'place'
        ? [term.place]
        : this.#lists.lists[values[words[position + term.offset] * keys.length + key]],
    );
    const code = [...this.#languages.keys()][language];
    const prefix = languagePrefix(this.#augment, code);
    this.#spans[2 * state] = this.weights.size + 1;
    this.weights.add(this.#crf, doubled(attributesOf(template, lists), prefix));
    this.#spans[2 * state + 1] = this.weights.size;
  }
}
