import { InvalidTagError, TagSchemeError, shown } from './errors.js';
import { invalidTags } from './invalid.js';
import { breaksOnLeft, breaksOnRight, joined } from './junction.js';
import type { Scheme } from './scheme.js';
import { edge, tagReader } from './tag-reader.js';

/** An entity: the tokens from `start` up to, not including, `end`. */
export interface Span {
  readonly start: number;
  readonly end: number;
  readonly label: string;
}

/**
 * What to do with tags that break the scheme.
 *
 * - `conlleval`: read them as the CoNLL shared tasks' scorer does: an entity starts where a tag says so, after O, and
 *   where the label changes; it ends where a tag says so, before O, and where the label changes. No tag is lost. (The
 *   script itself knows neither S nor L nor U; here they begin and end entities as they do in their schemes.)
 * - `discard`: leave out every entity, read in that way, that holds a tag that breaks the scheme.
 * - `throw`: throw an InvalidTagError for the first one.
 */
export type Repair = 'conlleval' | 'discard' | 'throw';

export const repairs: readonly Repair[] = Object.freeze(['conlleval', 'discard', 'throw'] as const);

export interface SpanReading {
  /** In the order of the tokens. */
  readonly spans: Span[];
  /** How many tags broke the scheme: as many as `invalidTags` lists. */
  readonly repaired: number;
}

/**
 * The entities of one sentence, and how many of its tags broke the scheme.
 *
 * @throws InvalidTagError under `throw`; TagSchemeError for an unknown scheme or repair, or a tag that is not a string.
 */
export function readSpans(
  tags: readonly string[],
  scheme: Scheme,
  repair: Repair = 'conlleval',
): SpanReading {
  if (!repairs.includes(repair)) {
    throw new TagSchemeError(`expected a repair policy (${repairs.join(', ')}), got ${shown(repair)}`);
  }
  const read = tagReader(scheme);
  const spans: Span[] = [];
  let repaired = 0;
  let start = -1; // of the open entity
  let soundEntity = true;
  let soundTag = true; // of the tag to the left of the junction
  let left = edge;
  for (let t = 0; t <= tags.length; t++) {
    const right = t < tags.length ? read(tags[t], t) : edge;
    if (breaksOnRight(left, right)) soundTag = false;
    if (!soundTag) {
      repaired++;
      soundEntity = false;
    }
    if (!joined(left, right)) {
      if (start >= 0 && (soundEntity || repair !== 'discard')) {
        spans.push({ start, end: t, label: left.label });
      }
      start = right.outside ? -1 : t;
      soundEntity = true;
    }
    soundTag = right.malformed === undefined && !breaksOnLeft(left, right);
    left = right;
  }
  if (repaired > 0 && repair === 'throw') {
    const { index, tag, reason } = invalidTags(tags, scheme)[0];
    throw new InvalidTagError(index, tag, scheme, reason);
  }
  return { spans, repaired };
}

/** The entities of one sentence, in the order of the tokens. See {@link readSpans}. */
export function spansFromTags(tags: readonly string[], scheme: Scheme, repair: Repair = 'conlleval'): Span[] {
  return readSpans(tags, scheme, repair).spans;
}
