import { TaggerError, shown } from '../errors.js';
import { propertyNames, wordProperty, type WordProperty } from './properties.js';

/** The sentence that a template looks at. */
export interface TemplateSentence {
  /** The tokens as they were given. */
  readonly tokens: readonly string[];
  readonly language: string | undefined;
}

/**
 * A template of one's own: attributes of a token from whatever is known of its sentence. Its name is written into models that
 * are trained with it, and the function has to be given again when such a model is loaded.
 */
export interface OwnTemplate {
  /** Letters, digits, `.`, `_`, `-`; no name of a built-in property. */
  readonly name: string;
  /** The template's values at a position: an attribute `name=value` each. The same sentence must always give the same. */
  readonly extract: (sentence: TemplateSentence, position: number) => string | readonly string[] | undefined;
}

/** A term of a built-in template: a property of the word so many tokens away. */
export interface WordTerm {
  readonly kind: 'word';
  /** Name of the property. */
  readonly key: string;
  readonly property: WordProperty;
  readonly offset: number;
}

/** A term that looks at the position only. */
export interface PlaceTerm {
  readonly kind: 'place';
  readonly place: 'bias' | 'first' | 'last';
}

export type Term = WordTerm | PlaceTerm;

/** Whether a token so far into a sentence of so many tokens is at the place. */
export const placeHolds = ({ place }: PlaceTerm, position: number, length: number): boolean =>
  place === 'bias' || position === (place === 'first' ? 0 : length - 1);

/** A built-in template, read: its terms hold together. */
export interface ReadTemplate {
  /** As models record it: `word[-1]`, `shape[0]|shape[1]`. */
  readonly name: string;
  readonly terms: readonly Term[];
}

const places: readonly string[] = ['bias', 'first', 'last'];
const termPattern = /^([A-Za-z]+[0-9]?)(?:\[(-?\d)(?:\.\.(-?\d))?\])?$/u;
const ownName = /^[\p{L}\p{N}_.-]{1,60}$/u;

/**
 * Reads the description of a built-in template: `property[offset]`, the offset 0 where none is said, several joined by `|` for
 * conjunctions; `property[-2..2]` stands for one template at each offset.
 *
 * @throws TaggerError for a property that does not exist, with those that do
 */
export function readTemplate(description: string): ReadTemplate[] {
  const terms = description.split('|').map((text) => readTerm(text, description));
  if (terms.length === 1) return terms[0].map((term) => ({ name: term.name, terms: [term.term] }));
  const wide = terms.findIndex((choices) => choices.length > 1);
  if (wide >= 0)
    throw new TaggerError(
      `template ${shown(description)}: a range of offsets cannot be part of a conjunction`,
    );
  return [{ name: terms.map(([{ name }]) => name).join('|'), terms: terms.map(([{ term }]) => term) }];
}

function readTerm(text: string, description: string): { name: string; term: Term }[] {
  const match = termPattern.exec(text);
  if (!match)
    throw new TaggerError(`template ${shown(description)}: expected property[offset], got ${shown(text)}`);
  const [, name, from, to] = match as unknown as [string, string, string | undefined, string | undefined];
  if (places.includes(name)) {
    if (from !== undefined) throw new TaggerError(`template ${shown(description)}: ${name} takes no offset`);
    return [{ name, term: { kind: 'place', place: name as PlaceTerm['place'] } }];
  }
  const property = wordProperty(name);
  if (!property) {
    const known = [...places, ...propertyNames].join(', ');
    throw new TaggerError(
      `template ${shown(description)}: expected a property (${known}), got ${shown(name)}`,
    );
  }
  const first = Number(from ?? 0);
  const last = Number(to ?? first);
  if (last < first)
    throw new TaggerError(`template ${shown(description)}: the range ${first}..${last} is empty`);
  return Array.from({ length: last - first + 1 }, (_, index) => ({
    name: `${name}[${first + index}]`,
    term: { kind: 'word' as const, key: name, property, offset: first + index },
  }));
}

/** Checks a template of the caller's own. */
export function checkOwnTemplate(template: unknown): OwnTemplate {
  const { name, extract } = (template ?? {}) as { name?: unknown; extract?: unknown };
  if (typeof name !== 'string' || typeof extract !== 'function')
    throw new TaggerError(
      `templates: expected a description, or an object with a name and a function extract, got ${shown(template)}`,
    );
  if (!ownName.test(name))
    throw new TaggerError(
      `templates: expected a name of letters, digits, "_", "." and "-", got ${shown(name)}`,
    );
  if (places.includes(name) || wordProperty(name))
    throw new TaggerError(`templates: ${shown(name)} is a built-in property; choose another name`);
  return template as OwnTemplate;
}
