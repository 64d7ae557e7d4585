import { Alphabet } from '@cognate/char-encoder';
import { caseOf, shortShape } from '@cognate/text';
import type { FeatureExtractor } from '../features/extractor.js';
import type { ReadSentence } from '../linear/training-data.js';
import type { NeuralConfig } from './config.js';

/** What a network knows by name: the rows of its tables. Plain data that can be posted to a thread. */
export interface Inventory {
  /** The characters of all words; see `Alphabet`. */
  readonly alphabet: string;
  /** `[group]`: words with a vector of their own; a group is a language, or there is one for all. */
  readonly words: readonly (readonly string[])[];
  /** `[word]`, the groups one after the other: 1 for a word that occurred once. */
  readonly singletons: Uint8Array;
  readonly shapes: readonly string[];
  readonly attributes: readonly string[];
}

/** Shapes after this many characters are cut: enough to tell `X.X.` from `Xx-Xx`. */
const longestShape = 8;

/** What the table of shapes tells apart of a word: its case, and the short form of its shape. */
export const shapeOf = (word: string): string => `${caseOf(word)} ${shortShape(word).slice(0, longestShape)}`;

class Counter {
  readonly counts = new Map<string, number>();

  add(name: string): void {
    this.counts.set(name, (this.counts.get(name) ?? 0) + 1);
  }

  /** Names that occurred so often, in the order in which they first did. */
  names(minCount: number): string[] {
    return [...this.counts].filter(([, count]) => count >= minCount).map(([name]) => name);
  }
}

/**
 * Gathers the inventory of training sentences, one at a time: what it holds grows with the vocabulary, not with the number of sentences.
 */
export class InventoryBuilder {
  readonly #config: NeuralConfig;
  readonly #extractor: FeatureExtractor | undefined;
  readonly #words = new Map<string, Counter>();
  readonly #shapes = new Counter();
  readonly #attributes = new Counter();

  constructor(config: NeuralConfig, extractor: FeatureExtractor | undefined) {
    this.#config = config;
    this.#extractor = extractor;
  }

  add({ tokens }: ReadSentence, language: string): void {
    let words = this.#words.get(language);
    if (!words) this.#words.set(language, (words = new Counter()));
    for (const token of tokens) {
      words.add(token);
      if (this.#config.shapes.size > 0) this.#shapes.add(shapeOf(token));
    }
    if (!this.#extractor || this.#config.features.buckets > 0) return;
    for (const attributes of this.#extractor.extract(tokens, language))
      for (const attribute of attributes) this.#attributes.add(attribute);
  }

  /**
   * @param languages in the order of their numbers
   * @param more words that get a vector of their own though they may not occur: those with pretrained ones, by language
   */
  finish(languages: readonly string[], more: ReadonlyMap<string, Iterable<string>>): Inventory {
    const { words, share, features } = this.#config;
    const groups = share.wordEmbeddings === 'shared' ? [languages] : languages.map((language) => [language]);
    const named = groups.map((group) => {
      if (words.size === 0) return [];
      const counts = new Map<string, number>();
      for (const language of group)
        for (const [word, count] of this.#words.get(language)?.counts ?? [])
          counts.set(word, (counts.get(word) ?? 0) + count);
      const kept = new Map([...counts].filter(([, count]) => count >= words.minCount));
      for (const language of group)
        for (const word of more.get(language) ?? [])
          if (!kept.has(word)) kept.set(word, counts.get(word) ?? 0);
      return [...kept];
    });
    const all = [...this.#words.values()].flatMap(({ counts }) => [...counts.keys()]);
    return {
      alphabet: Alphabet.of(all).characters,
      words: named.map((group) => group.map(([word]) => word)),
      singletons: Uint8Array.from(named.flat(), ([, count]) => (count === 1 ? 1 : 0)),
      shapes: this.#shapes.names(1),
      attributes: this.#attributes.names(features.minCount),
    };
  }
}
