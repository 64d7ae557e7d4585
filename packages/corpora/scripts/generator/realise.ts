import type { PatternFile, PersonShape } from '../patterns/format.js';
import type { Entry, Inventory } from './inventory.js';
import { parseSlot, type Piece, type Slot } from './pattern.js';
import { between, pick, pickWeighted, type Random } from './random.js';
import type { Gender, Split } from './types.js';

export interface Grammar {
  readonly file: PatternFile;
  readonly inventory: Inventory;
  readonly persons: readonly PersonShape[];
}

export const defaultPersons: readonly PersonShape[] = [
  { shape: '{given} {surname}', weight: 6 },
  { shape: '{surname}', weight: 1, name: 'lone' },
];

/** Filled slots, and agreements still open. */
type Filled =
  | {
      readonly tokens: readonly string[];
      readonly tags: readonly string[];
      readonly gender?: Gender | undefined;
    }
  | {
      readonly tokens: readonly string[];
      readonly tags: readonly string[];
      readonly year: number;
      readonly gender?: undefined;
    }
  | Extract<Piece, { kind: 'agreement' }>;

interface Text {
  readonly text: string;
  readonly gender?: Gender | undefined;
}

/** The entries of a list that fit a slot. */
interface Candidates {
  readonly tags: readonly string[];
  readonly weight: number;
  readonly entries: readonly Entry[];
}

/** How often a surname beside a given name is taken from all splits' surnames. */
const sharedSurnames = 0.5;

const entityTypes = ['PER', 'LOC', 'ORG'];
const numbers: Readonly<Record<string, readonly [number, number]>> = {
  YEAR: [1850, 2023],
  'YEAR.recent': [1996, 2023],
  'YEAR.old': [1480, 1849],
  AGE: [19, 84],
  DAY: [1, 28],
  NUMBER: [2, 99],
  BIG: [100, 9999],
};

const isGender = (tag: string): tag is Gender => tag === 'm' || tag === 'f';
const words = (text: string): string[] => text.split(' ').filter((word) => word !== '');
const flatten = (text: string): string => text.replace(/[[\]]/gu, '');

/** `left [name] right`: what stands outside the brackets is no part of the entity. Brackets may come glued to a suffix. */
const bracketed = /^([^[]*)\[([^\]]*)\](\S*)(.*)$/u;

/** Fills patterns of one language from the names that one split may use. */
export class Realiser {
  readonly #candidates = new Map<string, Candidates[]>();

  constructor(
    readonly grammar: Grammar,
    readonly split: Split,
    readonly random: Random,
  ) {}

  /** One sentence from a pattern: tokens and IOB2 tags. */
  realise(pieces: readonly Piece[]): { tokens: string[]; tags: string[] } {
    const filled = this.#inOrderOfTime(this.#fill(pieces));
    const tokens: string[] = [];
    const tags: string[] = [];
    filled.forEach((part, i) => {
      if ('tokens' in part) {
        tokens.push(...part.tokens);
        tags.push(...part.tags);
        return;
      }
      const before = filled.slice(0, i).reverse();
      const after = filled.slice(i + 1);
      const reach = part.direction === 'before' ? [...before, ...after] : [...after, ...before];
      const gender =
        reach.flatMap((other) => ('tokens' in other ? [other.gender] : [])).find((g) => g !== undefined) ??
        pick(this.random, ['m', 'f'] as const);
      const agreed = gender === 'm' ? part.masculine : part.feminine;
      tokens.push(...agreed);
      tags.push(...agreed.map(() => 'O'));
    });
    tokens[0] = capitalised(tokens[0] ?? '');
    return { tokens: tokens.map((token) => token.normalize('NFC')), tags };
  }

  /** Several years in a sentence are told in their order: who died in 1900 was not born in 1950. */
  #inOrderOfTime(filled: readonly Filled[]): Filled[] {
    const years = filled.filter((part) => 'year' in part).sort((a, b) => a.year - b.year);
    return filled.map((part) => ('year' in part ? years.shift()! : part));
  }

  #fill(pieces: readonly Piece[]): Filled[] {
    return pieces.flatMap((piece): Filled[] => {
      if (piece.kind === 'token') return [{ tokens: [piece.text], tags: ['O'] }];
      if (piece.kind === 'agreement') return [piece];
      if (piece.kind === 'choice') return this.#fill(pick(this.random, piece.options));
      return [this.#fillSlot(piece)];
    });
  }

  #fillSlot(slot: Slot): Filled {
    if (slot.name === 'YEAR' && !slot.prefix && !slot.suffix) {
      const year = between(this.random, ...this.#range(slot)!);
      return { tokens: [this.#digits(year)], tags: ['O'], year };
    }
    const drawn = this.#slotText(slot);
    const { gender } = drawn;
    const text = `${slot.prefix ?? ''}${drawn.text}${slot.suffix ?? ''}`;
    if (!entityTypes.includes(slot.name)) {
      const tokens = words(flatten(text));
      return { tokens, tags: tokens.map(() => 'O'), gender };
    }
    const [, before = '', name = text, glued = '', after = ''] = bracketed.exec(text) ?? [];
    const left = words(before);
    const inside = words(name + glued);
    const right = words(after);
    return {
      tokens: [...left, ...inside, ...right],
      tags: [
        ...left.map(() => 'O'),
        ...inside.map((_, i) => `${i === 0 ? 'B' : 'I'}-${slot.name}`),
        ...right.map(() => 'O'),
      ],
      gender,
    };
  }

  #slotText(slot: Slot): Text {
    const range = this.#range(slot);
    if (range) return { text: this.#digits(between(this.random, ...range)) };
    if (slot.name === 'PER') return this.#person(slot);
    const { entry, tags } = this.#draw(slot, slot.form);
    return { text: this.#entryText(entry, slot.name, slot.form, tags), gender: entry.gender };
  }

  /** The least and greatest number that a slot of numbers stands for. */
  #range(slot: Slot): readonly [number, number] | undefined {
    return numbers[[slot.name, ...slot.tags].join('.')];
  }

  #digits(value: number): string {
    const digits = this.grammar.file.digits;
    if (digits === undefined) return String(value);
    return String(value).replace(/\d/gu, (digit) => Array.from(digits)[Number(digit)]);
  }

  /** The entry in the form that is asked for; slots inside it are filled and lose their brackets. */
  #entryText(entry: Entry, kind: string, form: string | undefined, tags: readonly string[]): string {
    const fill = (text: string) =>
      text.replace(/\{[^}]*\}/gu, (source) => flatten(this.#slotText(parseSlot(source)).text));
    if (form === undefined) return fill(entry.text);
    const explicit = entry.forms.get(form);
    if (explicit !== undefined) return fill(explicit);
    const text = fill(entry.text);
    const inflected = this.grammar.file.inflect?.(text, form, { kind, tags });
    if (inflected === undefined)
      throw new Error(`"${text}" has no form "${form}" though it was taken for it.`);
    return inflected;
  }

  #person(slot: Slot): Text {
    const { file, persons } = this.grammar;
    const gender = slot.tags.find(isGender) ?? pick(this.random, ['m', 'f'] as const);
    const name = slot.tags.find((tag) => !isGender(tag));
    const shapes = name === undefined ? persons : persons.filter((shape) => shape.name === name);
    if (shapes.length === 0) throw new Error(`${slot.source}: no person shape is named "${name ?? ''}".`);
    const { shape } = pickWeighted(this.random, shapes);
    const parts = words(shape);
    // The part that makes the whole name belong to a split: other parts may be any, or Maria would be known to one split only.
    const owner =
      parts.find((part) => part.startsWith('{surname')) ?? parts.find((part) => part.startsWith('{'));
    // In a full name even the owner may be anybody's, half the time: families are large, and whole names stay apart anyway.
    const slots = parts.filter((part) => part.startsWith('{')).length;
    const shared = slots > 1 && this.random() < sharedSurnames;
    const build = (form: string | undefined): string =>
      parts
        .map((part) => {
          if (!part.startsWith('{')) return part;
          const { tags, ...rest } = parseSlot(part);
          const initial = tags.includes('initial');
          const wanted = [...tags.filter((tag) => tag !== 'initial' && !isGender(tag)), gender];
          const drawn = this.#draw(
            { ...rest, tags: wanted },
            initial ? undefined : form,
            shared || part !== owner,
          );
          const text = this.#entryText(drawn.entry, rest.name, initial ? undefined : form, drawn.tags);
          return initial ? `${Array.from(text)[0]}.` : text;
        })
        .join(' ');
    if (slot.form === undefined) return { text: build(undefined), gender };
    // A form of the whole name (a preposition that melts into it), else of each part (a case).
    const whole = file.inflect?.(build(undefined), slot.form, { kind: 'PER', tags: [gender] });
    return { text: whole ?? build(slot.form), gender };
  }

  #draw(slot: Slot, form: string | undefined, anySplit = false): { entry: Entry; tags: readonly string[] } {
    const key = `${slot.name}.${slot.tags.join('.')}:${form ?? ''} ${String(anySplit)}`;
    let lists = this.#candidates.get(key);
    if (!lists) {
      lists = this.#findCandidates(slot, form, anySplit);
      this.#candidates.set(key, lists);
    }
    const list = pickWeighted(this.random, lists);
    return { entry: pickWeighted(this.random, list.entries), tags: list.tags };
  }

  #findCandidates(slot: Slot, form: string | undefined, anySplit: boolean): Candidates[] {
    const { file, inventory } = this.grammar;
    const all = inventory.get(slot.name);
    if (!all) throw new Error(`${slot.source}: ${file.language} has no list names.${slot.name}.`);
    const gender = slot.tags.find(isGender);
    const plain = slot.tags.filter((tag) => !isGender(tag));
    const lists = all
      .filter((list) => plain.every((tag) => list.tags.includes(tag)))
      .map((list) => {
        const entries = list.entries.filter(
          (entry) =>
            (gender === undefined || entry.gender === undefined || entry.gender === gender) &&
            (anySplit || entry.split === undefined || entry.split === this.split) &&
            (form === undefined ||
              entry.forms.has(form) ||
              file.inflect?.(entry.text, form, { kind: slot.name, tags: list.tags }) !== undefined),
        );
        return {
          tags: list.tags,
          weight: list.weight ?? entries.reduce((sum, entry) => sum + entry.weight, 0),
          entries,
        };
      })
      .filter((list) => list.entries.length > 0);
    if (lists.length === 0) {
      throw new Error(
        `${slot.source}${form === undefined ? '' : ` in the form "${form}"`}: names.${slot.name} of ${file.language} has nothing for ${this.split}; give it more names.`,
      );
    }
    return lists;
  }
}

/** The first letter in upper case; a word that starts with anything else stays. */
function capitalised(word: string): string {
  const [first = '', ...rest] = Array.from(word);
  return first.toUpperCase().length === first.length ? first.toUpperCase() + rest.join('') : word;
}
