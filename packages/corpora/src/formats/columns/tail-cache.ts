import type { Layout } from './layout.js';
import type { ColumnRules } from './options.js';
import type { TagEntry } from './tag-table.js';

/** So many different tails are remembered, none longer than this. */
const limit = 4096;
const maxLength = 64;

/**
 * What stands behind the token, up to the line's end, is the same on many lines, as `\tO` and `\tB-PER` are: what it was found to mean
 * once, it means again.
 */
export class TailCache {
  /** By the tail. */
  readonly long = new Map<string, TagEntry>();
  /** Those of one ASCII character, by its code: most lines end in O. */
  readonly short: (TagEntry | undefined)[] = new Array<undefined>(128).fill(undefined);
  readonly #rules: ColumnRules;

  constructor(rules: ColumnRules) {
    this.#rules = rules;
  }

  /** Remembers the tail of a line, if the token stands where the short way looks for it. */
  remember(raw: string, layout: Layout, entry: TagEntry, fields: readonly string[]): void {
    const { separator, index } = this.#rules;
    const before = index === 0 ? 1 : 0;
    if (layout.token !== before || layout.sentence !== undefined || fields.length <= before + 1) return;
    if (index !== null && index !== 0) return;
    const tokenStart = index === 0 ? raw.indexOf(separator) + separator.length : 0;
    const tail = raw.slice(raw.indexOf(separator, tokenStart) + separator.length);
    // In a white-space file the separator can be a tab, or stand at the start of the line.
    if (!raw.slice(tokenStart).startsWith(fields[before] + separator)) return;
    if (tail.length > maxLength || this.long.size >= limit) return;
    if (tail.length > 1) this.long.set(tail, entry);
    else if (tail !== '' && tail.charCodeAt(0) < 128) this.short[tail.charCodeAt(0)] = entry;
  }

  /** Forgets everything, as the columns are other ones from now on. */
  clear(): void {
    this.long.clear();
    this.short.fill(undefined);
  }
}
