import { breaksOnLeft, breaksOnRight } from './junction.js';
import { rulesOf, type Joint, type Prefix, type Scheme } from './scheme.js';
import { edge, tagReader, type ReadTag } from './tag-reader.js';
import { joinTag } from './tag.js';

/** A tag that breaks its scheme. */
export interface InvalidTag {
  /** Position in the sentence, from 0. */
  readonly index: number;
  readonly tag: string;
  /** What the scheme wants in this place, and what came. */
  readonly reason: string;
}

/**
 * The tags of one sentence that break the scheme, in order, each once: tags that the scheme does not know, and tags
 * that cannot stand beside their neighbours. Empty for a valid sequence, and for no other.
 */
export function invalidTags(tags: readonly string[], scheme: Scheme): InvalidTag[] {
  const read = tagReader(scheme);
  const found: InvalidTag[] = [];
  let previous = edge;
  let current = tags.length > 0 ? read(tags[0], 0) : edge;
  for (let t = 0; t < tags.length; t++) {
    const next = t + 1 < tags.length ? read(tags[t + 1], t + 1) : edge;
    const reason = reasonOf(previous, current, next, scheme);
    if (reason !== undefined) found.push({ index: t, tag: tags[t], reason });
    previous = current;
    current = next;
  }
  return found;
}

function reasonOf(previous: ReadTag, current: ReadTag, next: ReadTag, scheme: Scheme): string | undefined {
  if (current.malformed !== undefined) return current.malformed;
  if (breaksOnLeft(previous, current)) {
    const came = previous === edge ? 'the sentence starts here' : `"${previous.tag}" stands before it`;
    return `it must follow ${partners(current, 'left', scheme)}, but ${came}`;
  }
  if (breaksOnRight(current, next)) {
    const came = next === edge ? 'the sentence ends here' : `"${next.tag}" follows`;
    return `${partners(current, 'right', scheme)} must follow it, but ${came}`;
  }
  return undefined;
}

/** The tags that satisfy a `must` or `split` joint, as words. */
function partners(tag: ReadTag, side: 'left' | 'right', scheme: Scheme): string {
  const reaches = (joint: Joint): boolean => tag[side] === 'split' || joint === 'may' || joint === 'must';
  const other = side === 'left' ? 'right' : 'left';
  return Object.entries(rulesOf(scheme).prefixes)
    .filter(([, joints]) => reaches(joints[other]))
    .map(([prefix]) => joinTag(prefix as Prefix, tag.label))
    .join(' or ');
}
