import { inputError, readAttributes, type Attributes, type Place } from './attributes.js';
import { show } from './errors.js';
import { GrowableFloat64, GrowableInt32 } from './growable.js';
import type { StringTable } from './string-table.js';

/** One training example: the attributes of each token and its tag. */
export interface Sequence {
  readonly attributes: readonly Attributes[];
  readonly tags: readonly string[];
  /** How much it counts, as if it stood in the data so many times; a finite number, at least 0. Default 1. */
  readonly weight?: number | undefined;
}

/** A training set as flat arrays: tokens of all sequences one after the other, attributes of all tokens likewise. */
export interface Corpus {
  readonly numSequences: number;
  readonly numTokens: number;
  /** [numSequences + 1], in tokens. */
  readonly sequenceOffsets: Int32Array;
  /** [numTokens + 1], in attributes. */
  readonly tokenOffsets: Int32Array;
  /** [tokenOffsets[numTokens]] */
  readonly attributeIds: Int32Array;
  /** [tokenOffsets[numTokens]]; undefined if all values are 1. */
  readonly attributeValues: Float64Array | undefined;
  /** [numTokens]; -1 = a tag that the training data has not (held-out data only). */
  readonly tags: Int32Array;
  /** [numSequences]: how much each counts; undefined if all count 1. */
  readonly weights: Float64Array | undefined;
}

/** The most tags that a model may have; the transition weights are a square of them. */
export const MAX_TAGS = 4096;

/** Takes in sequences one by one and keeps them as flat arrays. */
export class CorpusBuilder {
  readonly #attributes: StringTable;
  readonly #tags: StringTable;
  readonly #closed: boolean;
  readonly #sequenceOffsets = new GrowableInt32();
  readonly #tokenOffsets = new GrowableInt32();
  readonly #attributeIds = new GrowableInt32();
  readonly #tagIds = new GrowableInt32();
  #attributeValues: GrowableFloat64 | undefined;
  #weights: GrowableFloat64 | undefined;
  readonly #place: Place;
  #skipped = 0;
  #given: number;

  /**
   * With `closed` dictionaries (held-out data) new attributes are left out, as in prediction, and new tags become -1; else
   * both are taken in. `source` is what error messages call the data, and `first` the number of the first sequence there.
   */
  constructor(attributes: StringTable, tags: StringTable, closed: boolean, source: string, first = 0) {
    this.#place = { source, sequence: undefined, position: undefined };
    this.#attributes = attributes;
    this.#tags = tags;
    this.#closed = closed;
    this.#given = first;
    this.#sequenceOffsets.push(0);
    this.#tokenOffsets.push(0);
  }

  /** Sequences without a token: they say nothing, and are left out. */
  get skipped(): number {
    return this.#skipped;
  }

  add(sequence: Sequence): void {
    const place = this.#place;
    place.sequence = this.#given++;
    place.position = undefined;
    const { attributes, tags, weight } = checkSequence(sequence, place);
    if (tags.length === 0) {
      this.#skipped++;
      return;
    }
    // As with values, weights are stored from the first one that is not 1.
    if (weight !== 1 && this.#weights === undefined) {
      this.#weights = new GrowableFloat64();
      this.#weights.pushMany(1, this.#sequenceOffsets.length - 1);
    }
    this.#weights?.push(weight);
    for (let t = 0; t < tags.length; t++) {
      place.position = t;
      readAttributes(attributes[t], place, this.#take);
      this.#tokenOffsets.push(this.#attributeIds.length);
      this.#tagIds.push(this.#tagId(tags[t]));
    }
    this.#sequenceOffsets.push(this.#tagIds.length);
  }

  build(): Corpus {
    return {
      numSequences: this.#sequenceOffsets.length - 1,
      numTokens: this.#tagIds.length,
      sequenceOffsets: this.#sequenceOffsets.view(),
      tokenOffsets: this.#tokenOffsets.view(),
      attributeIds: this.#attributeIds.view(),
      attributeValues: this.#attributeValues?.view(),
      tags: this.#tagIds.view(),
      weights: this.#weights?.view(),
    };
  }

  #tagId(tag: unknown): number {
    if (typeof tag !== 'string') throw inputError(this.#place, 'the tag to be a string', show(tag));
    if (this.#closed) return this.#tags.find(tag);
    const id = this.#tags.intern(tag);
    if (id >= MAX_TAGS) {
      throw inputError(this.#place, `at most ${MAX_TAGS} different tags`, `one more: ${show(tag)}`);
    }
    return id;
  }

  // One closure for all tokens.
  readonly #take = (name: string, value: number): void => {
    const id = this.#closed ? this.#attributes.find(name) : this.#attributes.intern(name);
    if (id < 0) return;
    // Values are stored from the first one that is not 1.
    if (value !== 1 && this.#attributeValues === undefined) {
      this.#attributeValues = new GrowableFloat64();
      this.#attributeValues.pushMany(1, this.#attributeIds.length);
    }
    this.#attributeIds.push(id);
    this.#attributeValues?.push(value);
  };
}

/** Attributes and tags of a sequence, which are two arrays of the same length. */
function checkSequence(
  sequence: unknown,
  place: Place,
): { attributes: readonly Attributes[]; tags: readonly unknown[]; weight: number } {
  const given = (sequence ?? {}) as { attributes?: unknown; tags?: unknown; weight?: unknown };
  const { attributes, tags, weight = 1 } = given;
  if (!Array.isArray(attributes) || !Array.isArray(tags)) {
    throw inputError(
      place,
      'a sequence as { attributes: [...], tags: [...] }',
      Array.isArray(attributes) ? `tags: ${show(tags)}` : `attributes: ${show(attributes)}`,
    );
  }
  if (attributes.length !== tags.length) {
    throw inputError(
      place,
      'as many tags as tokens with attributes',
      `${tags.length} tags for ${attributes.length} tokens`,
    );
  }
  if (typeof weight !== 'number' || !(weight >= 0 && weight < Infinity)) {
    throw inputError(place, 'the weight of the sequence to be a finite number, at least 0', show(weight));
  }
  return { attributes: attributes as Attributes[], tags, weight };
}
