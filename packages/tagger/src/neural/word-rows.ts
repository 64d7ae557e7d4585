import type { NeuralConfig } from './config.js';
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
  readonly #borrow: boolean;

  constructor(
    { words, singletons }: Pick<Inventory, 'words' | 'singletons'>,
    { words: { lowercase }, share }: Pick<NeuralConfig, 'words' | 'share'>,
  ) {
    let next = words.length;
    this.#groups = words.map((group) => new Map(group.map((word) => [word, next++])));
    this.count = next;
    this.#singletons = singletons;
    this.#lowercase = lowercase;
    this.#borrow = share.wordEmbeddings === 'borrowed';
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
    return this.#find(word, group) ?? this.substitute(word, group);
  }

  /**
   * The row that a word has which its group does not know, or is not to know: where it borrows that of the first other group that knows it,
   * else that of the group's unknown words.
   */
  substitute(word: string, group: number): number {
    if (this.#borrow)
      for (let other = 0; other < this.#groups.length; other++) {
        const row = other === group ? undefined : this.#find(word, other);
        if (row !== undefined) return row;
      }
    return group;
  }

  #find(word: string, group: number): number | undefined {
    const rows = this.#groups[group];
    return rows.get(word) ?? (this.#lowercase ? rows.get(word.toLowerCase()) : undefined);
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
