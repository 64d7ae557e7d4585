import { outsideEntry, type TagEntry } from './tag-table.js';

/**
 * Entities whose first line alone has a tag, and under a key the words that belong to it, joined: `MWE=Sant_Quirze_del_Vallès`. The words are
 * counted as they are written: a multiword token (`12-13 del`) is one of them, whichever of its lines are read.
 */
export class JoinedSpan {
  #entry = outsideEntry;
  /** Words still to come. */
  #left = 0;
  /** Number of the last word of the latest range, and whether its token is of the entity. */
  #rangeEnd = 0;
  #rangeInside = false;

  /** The tag of a line, whose own is `entry`, with its index ('' in files without) and the joined words ('' where there are none). */
  take(entry: TagEntry, index: string, joined: string): TagEntry {
    if (index.includes('.')) return entry; // an empty node is no word
    const dash = index.indexOf('-');
    const range = dash >= 0;
    if (range) {
      this.#rangeEnd = Number(index.slice(dash + 1));
      this.#rangeInside = false;
    }
    const inRange = !range && index !== '' && Number(index) <= this.#rangeEnd;
    if (!entry.outside) {
      this.#left = joined === '' ? 0 : joined.split('_').length - 1;
      this.#entry = { ...entry, prefix: 'B', tag: `B-${entry.label}` };
      if (range || inRange) this.#rangeInside = true;
      return this.#entry;
    }
    if (inRange) return this.#rangeInside ? this.#inside() : entry;
    if (this.#left === 0) return entry;
    this.#left--;
    if (range) this.#rangeInside = true;
    return this.#inside();
  }

  /** Ends with the sentence. */
  end(): void {
    this.#left = 0;
    this.#rangeEnd = 0;
    this.#rangeInside = false;
  }

  #inside(): TagEntry {
    return { ...this.#entry, prefix: 'I', tag: `I-${this.#entry.label}` };
  }
}
