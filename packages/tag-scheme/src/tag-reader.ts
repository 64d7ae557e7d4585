import { TagSchemeError, shown } from './errors.js';
import { commonJoints, rulesOf, type Joint, type Scheme, type SchemeRules } from './scheme.js';
import { splitTag } from './tag.js';

/** A tag as its scheme sees it. */
export interface ReadTag {
  readonly tag: string;
  readonly label: string;
  /** Not part of an entity: O, the empty tag, and the edge of the sentence. */
  readonly outside: boolean;
  readonly left: Joint;
  readonly right: Joint;
  /** Why the tag cannot stand anywhere in the scheme; undefined if it can. */
  readonly malformed: string | undefined;
}

/** What stands before the first and after the last token. */
export const edge: ReadTag = {
  tag: '',
  label: '',
  outside: true,
  left: 'never',
  right: 'never',
  malformed: undefined,
};

/** A corpus has some dozens of tags; a stream of made-up ones must not fill the memory. */
const cacheLimit = 4096;
const caches = new Map<Scheme, Map<string, ReadTag>>();

/** Gives the reader of one scheme: a function from a tag to what the scheme says of it. Tags are parsed once. */
export function tagReader(scheme: Scheme): (tag: string, index: number) => ReadTag {
  const rules = rulesOf(scheme);
  const cache = caches.get(scheme) ?? new Map<string, ReadTag>();
  caches.set(scheme, cache);
  return (tag, index) => {
    const known = cache.get(tag);
    if (known) return known;
    if (typeof tag !== 'string') {
      throw new TagSchemeError(`expected a string as tag ${index}, got ${shown(tag)}`);
    }
    const read = readTag(tag, scheme, rules);
    if (cache.size >= cacheLimit) cache.clear();
    cache.set(tag, read);
    return read;
  };
}

function readTag(tag: string, scheme: Scheme, rules: SchemeRules): ReadTag {
  const { prefix, label } = splitTag(tag);
  if (tag === '') return { ...edge, malformed: 'the tag is empty' };
  if (prefix === 'O') return { ...edge, tag, malformed: tag === 'O' ? undefined : 'O takes no label' };
  const own = rules.prefixes[prefix];
  const malformed = own
    ? tag.endsWith('-') && label === ''
      ? 'no label follows the hyphen'
      : undefined
    : prefix === ''
      ? `it has none of the prefixes of ${scheme} (${prefixList(rules)})`
      : `${prefix} is not a prefix of ${scheme} (${prefixList(rules)})`;
  return { tag, label, outside: false, ...(own ?? commonJoints[prefix]), malformed };
}

const prefixList = (rules: SchemeRules): string =>
  [...Object.keys(rules.prefixes).filter((prefix) => prefix !== ''), 'O'].sort().join(', ');
