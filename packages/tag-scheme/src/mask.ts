import { breaksOnLeft, breaksOnRight } from './junction.js';
import type { Scheme } from './scheme.js';
import { edge, tagReader } from './tag-reader.js';

/** Which tags may follow which: what a CRF needs to produce valid sequences only. 1 = allowed, 0 = not. */
export interface TransitionMask {
  /** [from * tags.length + to] */
  readonly transitions: Uint8Array;
  /** [tag]: may stand first in a sentence. */
  readonly start: Uint8Array;
  /** [tag]: may stand last in a sentence. */
  readonly end: Uint8Array;
}

/**
 * The transitions between these tags that the scheme allows. A sequence is allowed by the mask exactly if `invalidTags` finds
 * nothing in it. Tags that the scheme does not know are allowed nowhere.
 */
export function allowedTransitions(tags: readonly string[], scheme: Scheme): TransitionMask {
  const read = tags.map(tagReader(scheme));
  const n = tags.length;
  const transitions = new Uint8Array(n * n);
  const start = new Uint8Array(n);
  const end = new Uint8Array(n);
  for (let from = 0; from < n; from++) {
    const left = read[from];
    if (left.malformed !== undefined) continue;
    start[from] = breaksOnLeft(edge, left) ? 0 : 1;
    end[from] = breaksOnRight(left, edge) ? 0 : 1;
    for (let to = 0; to < n; to++) {
      const right = read[to];
      if (right.malformed !== undefined) continue;
      transitions[from * n + to] = breaksOnRight(left, right) || breaksOnLeft(left, right) ? 0 : 1;
    }
  }
  return { transitions, start, end };
}
