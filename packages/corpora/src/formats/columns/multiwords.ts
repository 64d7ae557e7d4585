import { ownString } from '../../own-string.js';
import type { ParserContext } from '../line-parser.js';
import type { SentenceBuilder } from '../sentence-builder.js';
import { outsideEntry, type TagEntry } from './tag-table.js';

/**
 * CoNLL-U's multiword tokens: a range (`3-4 del`) and its words (`3 de`, `4 el`). Of the two, one is read: the token as it was
 * written or the words. A surface token without a tag of its own gets the first tag among its words that is not O.
 */
export class MultiwordTokens {
  readonly #mode: 'surface' | 'words';
  readonly #builder: SentenceBuilder;
  readonly #context: ParserContext;
  /** Number of the last word of the open range; 0 where none is open. */
  #last = 0;
  #entry = outsideEntry;

  constructor(mode: 'surface' | 'words', builder: SentenceBuilder, context: ParserContext) {
    this.#mode = mode;
    this.#builder = builder;
    this.#context = context;
  }

  /** Whether words are still to come that a surface token stands for. */
  get open(): boolean {
    return this.#last > 0;
  }

  /** Takes a line with a range, an empty node, or a word of the open range; false for what is none of these. */
  take(index: string, token: string, entry: TagEntry, line: number): boolean {
    const { report, file } = this.#context;
    if (/^\d+\.\d+$/.test(index)) {
      report.emptyNodes++;
      return true;
    }
    const range = /^(\d+)-(\d+)$/.exec(index);
    if (range) {
      report.multiwordTokens++;
      if (this.#mode === 'words') return true;
      this.#builder.add(ownString(token), entry, line);
      this.#last = Number(range[2]);
      this.#entry = entry;
      return true;
    }
    if (!/^\d+$/.test(index)) return false;
    const word = Number(index);
    if (word > this.#last) {
      this.end();
      this.#builder.add(ownString(token), entry, line);
      return true;
    }
    if (!entry.outside) {
      if (this.#entry.outside) {
        this.#entry = entry;
        this.#builder.retag(entry);
      } else if (entry.prefix === 'B' || entry.label !== this.#entry.label) {
        const kept = this.#entry.tag;
        report.note('mergedTags', file, line, () => `${entry.tag} of "${token}" gives way to ${kept}`);
      }
    }
    if (word === this.#last) this.end();
    return true;
  }

  end(): void {
    this.#last = 0;
    this.#entry = outsideEntry;
  }
}
