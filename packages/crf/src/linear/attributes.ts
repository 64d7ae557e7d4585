import { CrfInputError, show } from './errors.js';

/**
 * The attributes of one token: names, each with value 1, or names with values. Any string is an ordinary name; a name that
 * is given twice counts twice. Of a record its own enumerable properties are taken (so a literal `{ __proto__: 1 }` has no
 * attribute: that is JavaScript's syntax for a prototype; use a `Map` or an array for such names).
 */
export type Attributes = readonly string[] | Readonly<Record<string, number>> | ReadonlyMap<string, number>;

/** Where something stands, for messages; counted from 0. */
export interface Place {
  /** Which argument: `data`, `holdout`, `attributes`. */
  readonly source: string;
  /** Undefined where only one sequence is at hand. */
  sequence: number | undefined;
  position: number | undefined;
}

/** An error that says at which sequence and token. */
export function inputError(place: Place, expected: string, got: string): CrfInputError {
  const { source, sequence, position } = place;
  const parts = [source];
  if (sequence !== undefined) parts.push(`sequence ${sequence}`);
  if (position !== undefined) parts.push(`token ${position}`);
  const where = parts.length > 1 ? `${parts.join(', ')} (counted from 0)` : source;
  return new CrfInputError(`${where}: expected ${expected}, got ${got}`, sequence, position);
}

type Take = (name: string, value: number) => void;

function takeWeighted(name: unknown, value: unknown, place: Place, take: Take): void {
  if (typeof name !== 'string') {
    throw inputError(place, 'the name of an attribute to be a string', show(name));
  }
  if (typeof value !== 'number' || !Number.isFinite(value)) {
    throw inputError(place, `the value of attribute ${show(name)} to be a finite number`, show(value));
  }
  take(name, value);
}

/**
 * Hands each attribute of one token to `take`, having checked that names are strings and values finite numbers. This is
 * where attributes enter the package, in training and in prediction.
 */
export function readAttributes(attributes: Attributes, place: Place, take: Take): void {
  const given: unknown = attributes;
  if (Array.isArray(given)) {
    for (let i = 0; i < given.length; i++) {
      const name: unknown = given[i];
      if (typeof name !== 'string') throw inputError(place, `attribute ${i} to be a string`, show(name));
      take(name, 1);
    }
  } else if (typeof given !== 'object' || given === null) {
    throw inputError(place, 'attributes as an array of strings, a record or a Map', show(given));
  } else if (Symbol.iterator in given) {
    // A Map, of whatever realm or make.
    for (const pair of given as Iterable<unknown>) {
      if (!Array.isArray(pair) || pair.length !== 2) {
        throw inputError(place, 'a Map of attributes to give pairs of name and value', show(pair));
      }
      takeWeighted(pair[0], pair[1], place, take);
    }
  } else {
    const record = given as Readonly<Record<string, unknown>>;
    for (const name in record) if (Object.hasOwn(record, name)) takeWeighted(name, record[name], place, take);
  }
}
