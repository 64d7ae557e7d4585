import { TagSchemeError, shown } from './errors.js';

/** The tagging schemes, by their usual names. IOB2 is what most people call BIO. */
export type Scheme = 'IO' | 'IOB1' | 'IOB2' | 'IOE1' | 'IOE2' | 'BIOES' | 'BILOU';

/** What stands before the hyphen of a tag; '' is a bare label (`PER`), which only IO knows. */
export type Prefix = 'B' | 'I' | 'E' | 'S' | 'L' | 'U' | '';

/**
 * How a tag behaves towards its neighbour on one side. The neighbours of an edge tag are outside, as O is.
 *
 * - `never`: the entity has its boundary here.
 * - `may`: the entity goes on if the neighbour has the same label and reaches over too, else it has its boundary here.
 * - `must`: the entity goes on; a neighbour that does not join breaks the scheme.
 * - `split`: the entity has its boundary here, and the tag exists only to say so: the neighbour must belong to another
 *   entity of the same label.
 */
export type Joint = 'never' | 'may' | 'must' | 'split';

export interface Joints {
  readonly left: Joint;
  readonly right: Joint;
}

/** One scheme: every function of this package is driven by such an entry and by nothing else. */
export interface SchemeRules {
  /** The prefixes that the scheme knows, and how they join. */
  readonly prefixes: Readonly<Partial<Record<Prefix, Joints>>>;
  /** The prefixes of an entity of one token, and of the first, inner and last token of a longer one. */
  readonly write: {
    readonly only: Prefix;
    readonly first: Prefix;
    readonly inner: Prefix;
    readonly last: Prefix;
  };
  /** The prefix that parts two adjacent entities of one label, and which of the two wears it at the seam. */
  readonly seam?: { readonly prefix: Prefix; readonly wornBy: 'left' | 'right' };
}

const may = { left: 'may', right: 'may' } as const;

export const schemeRules: Readonly<Record<Scheme, SchemeRules>> = {
  IO: {
    prefixes: { I: may, '': may },
    write: { only: 'I', first: 'I', inner: 'I', last: 'I' },
  },
  IOB1: {
    prefixes: { I: may, B: { left: 'split', right: 'may' } },
    write: { only: 'I', first: 'I', inner: 'I', last: 'I' },
    seam: { prefix: 'B', wornBy: 'right' },
  },
  IOB2: {
    prefixes: { B: { left: 'never', right: 'may' }, I: { left: 'must', right: 'may' } },
    write: { only: 'B', first: 'B', inner: 'I', last: 'I' },
  },
  IOE1: {
    prefixes: { I: may, E: { left: 'may', right: 'split' } },
    write: { only: 'I', first: 'I', inner: 'I', last: 'I' },
    seam: { prefix: 'E', wornBy: 'left' },
  },
  IOE2: {
    prefixes: { I: { left: 'may', right: 'must' }, E: { left: 'may', right: 'never' } },
    write: { only: 'E', first: 'I', inner: 'I', last: 'E' },
  },
  BIOES: {
    prefixes: {
      B: { left: 'never', right: 'must' },
      I: { left: 'must', right: 'must' },
      E: { left: 'must', right: 'never' },
      S: { left: 'never', right: 'never' },
    },
    write: { only: 'S', first: 'B', inner: 'I', last: 'E' },
  },
  BILOU: {
    prefixes: {
      B: { left: 'never', right: 'must' },
      I: { left: 'must', right: 'must' },
      L: { left: 'must', right: 'never' },
      U: { left: 'never', right: 'never' },
    },
    write: { only: 'U', first: 'B', inner: 'I', last: 'L' },
  },
};

/** How a prefix is read where the scheme does not know it: by what it means in the schemes that do. */
export const commonJoints: Readonly<Record<Prefix, Joints>> = {
  '': may,
  I: may,
  B: { left: 'never', right: 'may' },
  E: { left: 'may', right: 'never' },
  L: { left: 'may', right: 'never' },
  S: { left: 'never', right: 'never' },
  U: { left: 'never', right: 'never' },
};

/** All schemes, the simplest first. */
export const schemes: readonly Scheme[] = Object.freeze(Object.keys(schemeRules) as Scheme[]);

const aliases: Readonly<Record<string, Scheme>> = {
  BIO: 'IOB2',
  BIO1: 'IOB1',
  BIO2: 'IOB2',
  IOBES: 'BIOES',
  BIOSE: 'BIOES',
  BILUO: 'BILOU',
  BIOLU: 'BILOU',
  BIOUL: 'BILOU',
  IOBLU: 'BILOU',
};

/**
 * The scheme of a name, in any case, with or without hyphens: `BIO` and `iob-2` are IOB2, `IOBES` is BIOES.
 *
 * @throws TagSchemeError for a name that is not known, and for `IOB` and `IOE`, which could be either of two.
 */
export function parseScheme(name: string): Scheme {
  const plain = typeof name === 'string' ? name.toUpperCase().replace(/[\s_-]/g, '') : '';
  if (Object.hasOwn(schemeRules, plain)) return plain as Scheme;
  if (Object.hasOwn(aliases, plain)) return aliases[plain];
  if (plain === 'IOB' || plain === 'IOE') {
    throw new TagSchemeError(`scheme "${name}" could be ${plain}1 or ${plain}2: name one of them`);
  }
  throw new TagSchemeError(`expected a scheme (${schemes.join(', ')}, or BIO for IOB2), got ${shown(name)}`);
}

/** The rules of a scheme. Throws TagSchemeError for what is not one, since plain JavaScript can pass anything. */
export function rulesOf(scheme: Scheme): SchemeRules {
  if (!Object.hasOwn(schemeRules, scheme)) {
    throw new TagSchemeError(`expected a scheme (${schemes.join(', ')}), got ${shown(scheme)}`);
  }
  return schemeRules[scheme];
}
