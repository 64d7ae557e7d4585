import type { Inventory } from './inventory.js';

/**
 * The rows of the word table: first one for the unknown words of each group, then those of the words, group by group. A group is a
 * language where each has its own words, or all languages together.
 */
export class WordRows {
  readonly count: number;
  readonly #groups: readonly ReadonlyMap<string, number>[];
  readonly #singletons: Uint8Array;
  readonly #lowercase: boolean;

  constructor({ words, singletons }: Pick<Inventory, 'words' | 'singletons'>, lowercase: boolean) {
    let next = words.length;
    this.#groups = words.map((group) => new Map(group.map((word) => [word, next++])));
    this.count = next;
    this.#singletons = singletons;
    this.#lowercase = lowercase;
  }

  /** The number of a language's group. */
  groupOf(language: number): number {
    return this.#groups.length === 1 ? 0 : language;
  }

  /** The row of the unknown words of a group. */
  unknown(group: number): number {
    return group;
  }

  row(word: string, group: number): number {
    const rows = this.#groups[group];
    return rows.get(word) ?? (this.#lowercase ? rows.get(word.toLowerCase()) : undefined) ?? group;
  }

  /** The row of a word as it stands, if it has one. */
  own(word: string, group: number): number | undefined {
    return this.#groups[group].get(word);
  }

  /** Whether the word of a row occurred once in the training data. */
  isSingleton(row: number): boolean {
    return this.#singletons[row - this.#groups.length] === 1;
  }
}
