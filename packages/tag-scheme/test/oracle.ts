import { expect } from 'vitest';
import type { Scheme, Span } from '../src/index.js';

/** Every sequence of up to `longest` of these tags. */
export function* everySequence(tags: readonly string[], longest: number): Generator<string[]> {
  let last: string[][] = [[]];
  yield [];
  for (let length = 1; length <= longest; length++) {
    last = last.flatMap((sequence) => tags.map((tag) => [...sequence, tag]));
    yield* last;
  }
}

/**
 * The valid sequences of each scheme over the labels X and Y as a regular expression, independent of the package: one letter a
 * tag, the prefix in capitals for X, in small letters for Y, a dot for O.
 */
const patterns: Readonly<Record<Scheme, RegExp>> = {
  IO: /^(\.|I|i)*$/,
  IOB1: /^(\.|I[IB]*|i[ib]*)*$/,
  IOB2: /^(\.|BI*|bi*)*$/,
  IOE1: /^(\.|[IE]*I|[ie]*i)*$/,
  IOE2: /^(\.|I*E|i*e)*$/,
  BIOES: /^(\.|S|BI*E|s|bi*e)*$/,
  BILOU: /^(\.|U|BI*L|u|bi*l)*$/,
};

/** The entities of a valid sequence, as regular expressions too. */
const entities: Readonly<Record<Scheme, RegExp>> = {
  IO: /I+|i+/g,
  IOB1: /[IB]I*|[ib]i*/g,
  IOB2: /BI*|bi*/g,
  IOE1: /I*E|I+|i*e|i+/g,
  IOE2: /I*E|i*e/g,
  BIOES: /S|BI*E|s|bi*e/g,
  BILOU: /U|BI*L|u|bi*l/g,
};

const letters = (tags: readonly string[]): string =>
  tags.map((tag) => (tag === 'O' ? '.' : tag.endsWith('X') ? tag[0] : tag[0].toLowerCase())).join('');

export const isValid = (tags: readonly string[], scheme: Scheme): boolean =>
  patterns[scheme].test(letters(tags));

export function entitiesOf(tags: readonly string[], scheme: Scheme): Span[] {
  return [...letters(tags).matchAll(entities[scheme])].map(({ index, 0: text }) => ({
    start: index,
    end: index + text.length,
    label: text === text.toUpperCase() ? 'X' : 'Y',
  }));
}

/** The chunks of conlleval's rules for B, I and E, written anew: a boundary where the pair of prefixes or the labels say so. */
export function conllevalChunks(tags: readonly string[]): Span[] {
  const chunks: Span[] = [];
  let start = -1;
  let label = '';
  let last = 'O';
  [...tags, 'O'].forEach((tag, t) => {
    const here = tag.slice(2);
    const pair = last[0] + tag[0];
    const ends = start >= 0 && (['BB', 'IB', 'BO', 'IO', 'EE', 'EI', 'EO'].includes(pair) || here !== label);
    if (ends) {
      chunks.push({ start, end: t, label });
      start = -1;
    }
    if (start < 0 && tag !== 'O') {
      start = t;
      label = here;
    }
    last = tag;
  });
  return chunks;
}

/** `toEqual` for plain data, fast enough for tens of thousands of comparisons. */
export function expectSame(actual: unknown, expected: unknown, of: readonly string[]): void {
  const [a, b] = [JSON.stringify(actual), JSON.stringify(expected)];
  if (a !== b) expect.fail(`"${of.join(' ')}": got ${a}, expected ${b}`);
}
