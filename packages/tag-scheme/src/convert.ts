import { readSpans, type Repair } from './read.js';
import type { Scheme } from './scheme.js';
import { tagsFromSpans } from './write.js';

/**
 * The tags of one sentence in another scheme. Tags that break the first scheme are treated as the repair policy says;
 * the result is valid in the second, also where both are the same: a way to repair tags.
 *
 * @throws InvalidTagError under `throw`.
 */
export function convertTags(
  tags: readonly string[],
  from: Scheme,
  to: Scheme,
  repair: Repair = 'conlleval',
): string[] {
  return tagsFromSpans(readSpans(tags, from, repair).spans, tags.length, to);
}
