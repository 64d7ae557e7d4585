import { TagSchemeError, shown } from './errors.js';
import { commonJoints, rulesOf, type Prefix, type Scheme } from './scheme.js';

/** A tag in its two parts. */
export interface TagParts {
  /** `B`, `I`, `E`, `S`, `L`, `U` or `O`; '' where the tag starts with none of them (`PER`, or the empty tag). */
  readonly prefix: Prefix | 'O';
  /** What follows the first hyphen; '' where nothing does (`O`, `B`). */
  readonly label: string;
}

const isPrefix = (text: string): text is Prefix | 'O' =>
  text === 'O' || (text !== '' && Object.hasOwn(commonJoints, text));

/**
 * Splits a tag at its first hyphen, so that a label may hold hyphens itself: `B-GEO-LOC` is `B` and `GEO-LOC`. What does
 * not start with a prefix is all label: `PER` is '' and `PER`, `GEO-LOC` is '' and `GEO-LOC`. A prefix alone has the
 * label '': entities of a corpus that tells no kinds apart.
 */
export function splitTag(tag: string): TagParts {
  const hyphen = tag.indexOf('-');
  const head = hyphen < 0 ? tag : tag.slice(0, hyphen);
  if (!isPrefix(head)) return { prefix: '', label: tag };
  return { prefix: head, label: hyphen < 0 ? '' : tag.slice(hyphen + 1) };
}

/** The tag of a prefix and a label: `B-PER`; `B` for the label ''. */
export function joinTag(prefix: Prefix, label: string): string {
  if (prefix === '') return label;
  return label === '' ? prefix : `${prefix}-${label}`;
}

/** The distinct labels of the entity tags among these, in the order of their code units. */
export function labelsOf(tags: Iterable<string>): string[] {
  const labels = new Set<string>();
  const seen = new Set<string>();
  for (const tag of tags) {
    if (seen.has(tag)) continue;
    seen.add(tag);
    const { prefix, label } = splitTag(tag);
    if (prefix !== 'O' && tag !== '') labels.add(label);
  }
  return [...labels].sort();
}

const prefixOrder: readonly Prefix[] = ['B', 'I', 'E', 'L', 'S', 'U'];

/** Every tag that a scheme can need for these labels: `O` first, then label by label. IO gets `I-` tags. */
export function tagSet(labels: readonly string[], scheme: Scheme): string[] {
  const { write, seam } = rulesOf(scheme);
  const prefixes = new Set([write.first, write.inner, write.last, write.only]);
  if (seam) prefixes.add(seam.prefix);
  const ordered = prefixOrder.filter((prefix) => prefixes.has(prefix));
  const tags = new Set(['O']);
  labels.forEach((label, index) => {
    if (typeof label !== 'string') {
      throw new TagSchemeError(`expected a string as label ${index}, got ${shown(label)}`);
    }
    for (const prefix of ordered) tags.add(joinTag(prefix, label));
  });
  return [...tags];
}
