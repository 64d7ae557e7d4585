/* The names of attributes: what is written into models, and so never to be changed. */

import { TaggerError, shown } from '../errors.js';
import type { OwnTemplate, ReadTemplate, TemplateSentence } from './template.js';

/** What stands before the attributes that are one language's own; undefined where there are none. */
export const languagePrefix = (augment: boolean, language: string | undefined): string | undefined =>
  augment && language !== undefined ? `${language}>` : undefined;

/** What the attributes of a template begin with, before a value. */
export const headOf = (template: string): string => `${template}=`;

/** Each attribute, followed by the same with the language before it. */
export const doubled = (attributes: readonly string[], prefix: string | undefined): readonly string[] =>
  prefix === undefined
    ? attributes
    : attributes.flatMap((attribute) => [attribute, joined(prefix, attribute)]);

/**
 * The attributes of a built-in template whose terms have these values: one for each combination of them, none where a term has none. Of a
 * template that only looks at the position, its name.
 */
export function attributesOf(
  { name, terms }: ReadTemplate,
  values: readonly (readonly string[])[],
): readonly string[] {
  if (values.some((list) => list.length === 0)) return nothing;
  const head = headOf(name);
  if (values.length === 1 && terms[0].kind === 'word') return values[0].map((value) => joined(head, value));
  if (terms.every(({ kind }) => kind === 'place')) return [name];
  if (values.every(({ length }) => length === 1)) return [joined(head, values.join('|'))];
  return values
    .reduce((heads, list) => heads.flatMap((first) => list.map((value) => `${first}|${value}`)))
    .map((value) => joined(head, value));
}

/** The attributes of a template of the caller's own at a token. */
export function ownAttributes(template: OwnTemplate, sentence: TemplateSentence, position: number): string[] {
  const given: unknown = template.extract(sentence, position);
  if (given === undefined) return [];
  const values: unknown[] = Array.isArray(given) ? given : [given];
  return values.map((value) => {
    if (typeof value === 'string') return headOf(template.name) + value;
    throw new TaggerError(
      `template ${shown(template.name)} at token ${position}: expected a string, a list of strings or undefined, got ${shown(value)}`,
    );
  });
}

/**
 * Two strings as one that lies in one piece. What `+` makes of long ones V8 keeps as the two, to be tied together by whoever reads them,
 * and attributes are read many times.
 */
const joined = (head: string, rest: string): string => [head, rest].join('');

const nothing: readonly string[] = [];
