import type { z } from 'zod';
import type { SchemaProblem } from './check-schema.js';
import { didYouMean } from './did-you-mean.js';
import { fieldOf, fieldsAt, placesOf } from './json-schema.js';

type Issue = z.core.$ZodIssue;

/** What zod found wrong in a value, in words: what was expected, what came, and what was probably meant. */
export function describeIssue(issue: Issue, schema: unknown, value: unknown): SchemaProblem[] {
  const path = issue.path.map((key) => (typeof key === 'number' ? key : String(key)));
  const got = `got ${shown(path.reduce(fieldOf, value))}`;
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => ({
        path: [...path, key],
        message: unknownField(key, path, schema, value),
      }));
    case 'invalid_type':
      return [{ path, message: `expected ${typeName(issue.expected)}, ${got}` }];
    case 'too_small':
      return [
        { path, message: `expected ${bound(issue.origin, issue.minimum, issue.inclusive, 'least')}, ${got}` },
      ];
    case 'too_big':
      return [
        { path, message: `expected ${bound(issue.origin, issue.maximum, issue.inclusive, 'most')}, ${got}` },
      ];
    case 'invalid_value':
      return [{ path, message: oneOf(issue.values.map(String), path, value) }];
    case 'invalid_format':
      return [{ path, message: `${issue.message}, ${got}` }];
    case 'invalid_key':
      return [
        {
          path,
          message: `${issue.issues.map(({ message }) => message).join('; ')}, got ${shown(path.at(-1))}`,
        },
      ];
    case 'invalid_union':
      return describeUnion(issue, path, schema, value);
    default:
      return [{ path, message: issue.message }];
  }
}

function unknownField(
  key: string,
  path: readonly (string | number)[],
  schema: unknown,
  value: unknown,
): string {
  const fields = fieldsAt(schema, path, value).filter((name) => name !== '$schema');
  const elsewhere = placesOf(schema, key, value);
  const meant = elsewhere.length > 0 ? ` Did you mean ${elsewhere[0]}?` : didYouMean(key, fields);
  return `there is no such field; expected ${fields.join(', ')}.${meant}`;
}

function describeUnion(
  issue: Extract<Issue, { code: 'invalid_union' }>,
  path: (string | number)[],
  schema: unknown,
  value: unknown,
): SchemaProblem[] {
  // One field says which of the alternatives it is.
  if ('options' in issue && Array.isArray(issue.options)) {
    return [{ path, message: oneOf(issue.options.map(String), path, value) }];
  }
  // The alternatives whose kind the value is of; what is wrong with the first of these.
  const near = issue.errors.find(([first]) => !isOtherKind(first));
  if (near) {
    return near.flatMap((inner) =>
      describeIssue({ ...inner, path: [...issue.path, ...inner.path] }, schema, value),
    );
  }
  const kinds = issue.errors.flatMap(([first]) => {
    if (first.code === 'invalid_type') return [typeName(first.expected)];
    return first.code === 'invalid_value' ? first.values.map(String) : [];
  });
  const got = path.reduce(fieldOf, value);
  const expected = kinds.join(', ').replace(/, (?=[^,]+$)/u, ' or ');
  return [{ path, message: `expected ${expected}, got ${shown(got)}` }];
}

/** Whether a value is nothing of what an alternative may be: of another type, or none of its words. */
const isOtherKind = ({ code, path }: Issue): boolean =>
  (code === 'invalid_type' || code === 'invalid_value') && path.length === 0;

function oneOf(values: readonly string[], path: readonly (string | number)[], value: unknown): string {
  const got = path.reduce(fieldOf, value);
  const expected = values.length === 1 ? values[0] : `one of ${values.join(', ')}`;
  const meant = typeof got === 'string' ? didYouMean(got, values) : '';
  return `expected ${expected}, got ${shown(got)}${meant === '' ? '' : `.${meant}`}`;
}

function bound(origin: string, limit: number | bigint, inclusive = true, end: 'least' | 'most'): string {
  const number = String(limit);
  if (origin === 'array') return `at ${end} ${number} ${number === '1' ? 'entry' : 'entries'}`;
  if (origin === 'string') return `at ${end} ${number} ${number === '1' ? 'character' : 'characters'}`;
  if (inclusive) return `a number of at ${end} ${number}`;
  return `a number ${end === 'least' ? 'above' : 'below'} ${number}`;
}

const typeNames: Readonly<Record<string, string>> = {
  int: 'a whole number',
  number: 'a number',
  string: 'a string',
  boolean: 'true or false',
  object: 'fields with values',
  record: 'fields with values',
  array: 'a list',
  null: 'null',
};

const typeName = (type: string): string => (Object.hasOwn(typeNames, type) ? typeNames[type] : type);

function shown(value: unknown): string {
  if (value === undefined) return 'nothing';
  const json = JSON.stringify(value) as string | undefined;
  if (json === undefined) return typeof value;
  return json.length > 60 ? `${json.slice(0, 57)}...` : json;
}
