import type { LinearCrf } from '@cognate/crf';
import { doubled, headOf, languagePrefix } from '../../features/attributes.js';
import { reserved } from './reserved.js';
import type { ScoringPlan } from './scoring-plan.js';
import { WeightLists } from './weight-lists.js';

/** Values that the model does not know, of each property and language, that are remembered: two digits come again, long words hardly. */
const MOST_UNKNOWN = 4096;

/**
 * The values of a property that words have (most have one: the suffix `ción`), numbered, with the weights that each template gives for them.
 * Words with the same suffix or shape share them.
 */
export class PropertyValues {
  readonly weights = new WeightLists();
  /** The weights of values `v` by template `slot` of the property are starts[v + slot] to the next start. */
  starts = new Int32Array(1024);
  #size = 0;
  /** By number. */
  readonly #lists = new Map<number, readonly string[]>();
  readonly #crf: LinearCrf;
  readonly #plan: ScoringPlan;
  readonly #augment: boolean;
  readonly #languages = new Map<string | undefined, PropertyNumbers[]>();

  constructor(crf: LinearCrf, plan: ScoringPlan, augment: boolean) {
    this.#crf = crf;
    this.#plan = plan;
    this.#augment = augment;
  }

  get bytes(): number {
    return this.starts.byteLength + this.weights.bytes;
  }

  /**
   * The number of the values that a property has in a language; -1 where there are none, and where nobody could tell the difference: the model
   * knows no attribute of theirs, and no joined template looks at the property.
   */
  of(values: readonly string[], property: number, language: string | undefined): number {
    if (values.length === 0) return -1;
    const { heads, single, several } = this.#of(language)[property];
    const map = values.length === 1 ? single : several;
    const name = values.length === 1 ? values[0] : JSON.stringify(values);
    const known = map.get(name);
    if (known !== undefined) return known;
    const before = this.weights.size;
    const number = this.#take(values, heads);
    if (this.weights.size === before && !this.#plan.properties[property].isJoined) {
      this.#size = number;
      if (map.size < MOST_UNKNOWN) map.set(name, -1);
      return -1;
    }
    this.#lists.set(number, values);
    map.set(name, number);
    return number;
  }

  /** The values of a number. */
  listOf(number: number): readonly string[] {
    return this.#lists.get(number) ?? nothing;
  }

  #of(language: string | undefined): PropertyNumbers[] {
    let numbers = this.#languages.get(language);
    if (!numbers) {
      const prefix = languagePrefix(this.#augment, language);
      numbers = this.#plan.properties.map(({ templates }) => ({
        heads: templates.map(({ name }) => doubled([headOf(name)], prefix)),
        single: new Map(),
        several: new Map(),
      }));
      this.#languages.set(language, numbers);
    }
    return numbers;
  }

  #take(values: readonly string[], heads: readonly (readonly string[])[]): number {
    const number = this.#size;
    this.#size += heads.length + 1;
    this.starts = reserved(this.starts, this.#size);
    for (let slot = 0; slot < heads.length; slot++) {
      this.starts[number + slot] = this.weights.size;
      for (const value of values) for (const head of heads[slot]) this.weights.add(this.#crf, head, value);
    }
    this.starts[this.#size - 1] = this.weights.size;
    return number;
  }
}

const nothing: readonly string[] = [];

/** A property in a language. */
interface PropertyNumbers {
  /** [slot]: what the attributes of its templates begin with, before a value. */
  readonly heads: readonly (readonly string[])[];
  /** The numbers of single values, and of several by their JSON. */
  readonly single: Map<string, number>;
  readonly several: Map<string, number>;
}
