import type { LinearCrf } from '@cognate/crf';
import { doubled, languagePrefix, ownAttributes } from '../../features/attributes.js';
import type { FeatureExtractor } from '../../features/extractor.js';
import { JoinedWeights } from './joined-weights.js';
import { KnownWords } from './known-words.js';
import { PropertyValues } from './property-values.js';
import { planScoring, type ScoringPlan } from './scoring-plan.js';
import { WeightLists } from './weight-lists.js';

/** What a generation may hold before the next one begins; a sentence that has begun is finished. */
const mostWords = 1 << 14;
const mostCharacters = 1 << 20;
const mostWeights = 1 << 20;
const mostStates = 1 << 16;
/** Each has tables of its own for every property: a language code may be any word that comes over the network. */
const mostLanguages = 256;
/** Scores that room is kept for. */
const mostRoom = 1 << 17;

/** What is known of words, of the values of their properties, and of combinations of these. */
class Generation {
  readonly properties: PropertyValues;
  readonly words: KnownWords;
  readonly joined: JoinedWeights;

  constructor(crf: LinearCrf, plan: ScoringPlan, augment: boolean) {
    this.properties = new PropertyValues(crf, plan, augment);
    this.words = new KnownWords(plan, this.properties);
    this.joined = new JoinedWeights(crf, plan, augment, this.properties);
  }

  /** Of typed arrays. */
  get bytes(): number {
    return this.words.bytes + this.properties.bytes + this.joined.bytes;
  }

  get isFull(): boolean {
    const { properties, words, joined } = this;
    return (
      words.size >= mostWords ||
      words.characters >= mostCharacters ||
      words.languages >= mostLanguages ||
      properties.weights.size >= mostWeights ||
      joined.states >= mostStates ||
      joined.weights.size >= mostWeights
    );
  }
}

/**
 * Scores the tags of tokens without making the names of their attributes: a word's attributes are looked up when it is seen first, and
 * their weights are kept. Remembers so much that it takes some 20 MB; words that come again go over to the next generation, others are forgotten.
 */
export class EmissionScorer {
  readonly #crf: LinearCrf;
  readonly #extractor: FeatureExtractor;
  readonly #plan: ScoringPlan;
  #generation: Generation;
  #before: Generation | undefined;
  /** [token] */
  #words = new Int32Array(64);
  /** [token * tags + tag] */
  #room = new Float64Array(1024);

  constructor(crf: LinearCrf, extractor: FeatureExtractor) {
    this.#crf = crf;
    this.#extractor = extractor;
    this.#plan = planScoring(extractor);
    this.#generation = new Generation(crf, this.#plan, extractor.augment);
  }

  /** What is remembered in typed arrays; that in maps grows with it. */
  get bytes(): number {
    return this.#generation.bytes + (this.#before?.bytes ?? 0);
  }

  /**
   * [token * tags + tag]: what `crf.lattice(extractor.extract(tokens, language)).emissions` are, to the bit.
   *
   * @param brief that they are only needed until the next call, and so in no array of their own
   */
  emissions(tokens: readonly string[], language: string | undefined, brief = false): Float64Array {
    if (this.#generation.isFull) {
      this.#before = this.#generation;
      this.#generation = new Generation(this.#crf, this.#plan, this.#extractor.augment);
    }
    const size = tokens.length * this.#crf.tags.length;
    const emissions = brief ? this.#zeros(size) : new Float64Array(size);
    this.#readWords(tokens, language);
    this.#addBuiltIn(emissions, tokens.length, language);
    if (this.#extractor.own.length > 0) this.#addOwn(emissions, tokens, language);
    return emissions;
  }

  #zeros(size: number): Float64Array {
    if (size > mostRoom) return new Float64Array(size);
    if (size > this.#room.length) this.#room = new Float64Array(2 * size);
    return this.#room.subarray(0, size).fill(0);
  }

  #readWords(tokens: readonly string[], language: string | undefined): void {
    if (this.#words.length < tokens.length) this.#words = new Int32Array(2 * tokens.length);
    const { words } = this.#generation;
    const known = words.of(language);
    for (let t = 0; t < tokens.length; t++) {
      this.#words[t] = known.get(tokens[t]) ?? words.add(tokens[t], language, this.#before?.words);
    }
  }

  #addBuiltIn(emissions: Float64Array, length: number, language: string | undefined): void {
    const numTags = this.#crf.tags.length;
    const { steps, properties: plan, maskLength, joinedMask, distances, distanceMasks } = this.#plan;
    const width = plan.length;
    const { properties, words, joined } = this.#generation;
    const { values, masks } = words;
    const { starts } = properties;
    const { tags, weights } = properties.weights;
    const sentence = this.#words;
    joined.begin(language, sentence, length, values);
    for (let t = 0, row = 0; t < length; t++, row += numTags) {
      for (let m = 0; m < maskLength; m++) {
        // The steps that have weights here, in their order: floating-point sums depend on it.
        let left = joinedMask[m];
        for (let d = 0; d < distances.length; d++) {
          const at = t + distances[d];
          if (at >= 0 && at < length)
            left |= masks[sentence[at] * maskLength + m] & distanceMasks[d * maskLength + m];
        }
        for (; left !== 0; left &= left - 1) {
          const step = 3 * (32 * m + 31 - Math.clz32(left & -left));
          const property = steps[step];
          if (property < 0) {
            if (joined.find(steps[step + 1], t))
              addWeights(emissions, row, joined.weights, joined.start, joined.end);
            continue;
          }
          const first = values[sentence[t + steps[step + 2]] * width + property] + steps[step + 1];
          for (let i = starts[first], end = starts[first + 1]; i < end; i++) {
            emissions[row + tags[i]] += weights[i];
          }
        }
      }
    }
  }

  #addOwn(emissions: Float64Array, tokens: readonly string[], language: string | undefined): void {
    const numTags = this.#crf.tags.length;
    const prefix = languagePrefix(this.#extractor.augment, language);
    const sentence = { tokens, language };
    const found = new WeightLists();
    for (let t = 0; t < tokens.length; t++) {
      found.size = 0;
      for (const template of this.#extractor.own)
        found.addAll(this.#crf, doubled(ownAttributes(template, sentence, t), prefix));
      addWeights(emissions, t * numTags, found, 0, found.size);
    }
  }
}

function addWeights(
  emissions: Float64Array,
  row: number,
  { tags, weights }: WeightLists,
  start: number,
  end: number,
): void {
  for (let i = start; i < end; i++) emissions[row + tags[i]] += weights[i];
}
