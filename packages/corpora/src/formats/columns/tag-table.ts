import { splitTag } from '@cognate/tag-scheme';
import type { TagForm } from './options.js';

/** What is known of one tag of a file. */
export interface TagEntry {
  /** With a hyphen, as tag-scheme has it. */
  readonly tag: string;
  readonly outside: boolean;
  /** '' for O. */
  readonly label: string;
  /** `B`, `I`, ...; '' for O. */
  readonly prefix: string;
}

export const outsideEntry: TagEntry = { tag: 'O', outside: true, label: '', prefix: '' };

const prefixes = 'BIESLU';

/** A corpus has some dozens of tags; a made-up stream of them must not fill the memory. */
const limit = 4096;

/** The tags of a file in their ordinary form. Each is looked at once. */
export class TagTable {
  readonly #form: TagForm;
  readonly #names: ReadonlyMap<string, string> | undefined;
  readonly #outside: ReadonlySet<string>;
  readonly #known = new Map<string, TagEntry>();

  /** @param names The labels of the tags that are names, where all others are outside. */
  constructor(form: TagForm, outside: readonly string[], names?: Readonly<Record<string, string>>) {
    this.#form = form;
    this.#names = names && new Map(Object.entries(names));
    this.#outside = new Set(outside);
  }

  /** The entry of a tag as the file has it; undefined where it is not written in the form that is expected. */
  get(raw: string): TagEntry | undefined {
    const known = this.#known.get(raw);
    if (known !== undefined) return known;
    const entry = this.#parse(raw);
    if (entry !== undefined) {
      if (this.#known.size >= limit) this.#known.clear();
      this.#known.set(raw, entry);
    }
    return entry;
  }

  #parse(raw: string): TagEntry | undefined {
    if (this.#outside.has(raw)) return outsideEntry;
    if (this.#names === undefined) return parseTag(raw, this.#form);
    const label = this.#names.get(raw);
    return label === undefined ? outsideEntry : entryOf('I', label);
  }
}

function parseTag(raw: string, form: TagForm): TagEntry | undefined {
  if (raw === '') return undefined;
  switch (form) {
    case 'B-PER':
      return entryOf(splitTag(raw).prefix, splitTag(raw).label, raw.length > 1 && raw.endsWith('-'));
    case 'B_PER':
      return raw[1] === '_' || raw.length === 1 ? entryOf(raw[0], raw.slice(2), raw.length === 2) : undefined;
    case 'BPER':
      return entryOf(raw[0], raw.slice(1));
    case 'PER-B': {
      const hyphen = raw.lastIndexOf('-');
      return entryOf(raw.slice(hyphen + 1), raw.slice(0, Math.max(0, hyphen)), hyphen === 0);
    }
    case 'PER':
      return entryOf('I', raw);
  }
}

function entryOf(prefix: string, label: string, malformed = false): TagEntry | undefined {
  if (malformed || prefix.length !== 1 || !prefixes.includes(prefix)) return undefined;
  return { tag: label === '' ? prefix : `${prefix}-${label}`, outside: false, label, prefix };
}
