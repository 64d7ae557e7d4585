import { spanMarginals, type PreparedLattice } from '@cognate/crf';
import { spansFromTags, type Scheme } from '@cognate/tag-scheme';
import type { Entity } from './entity.js';
import type { InputSentence } from './input.js';
import type { SpanPatterns } from './linear/span-patterns.js';

/** The best tags of a sentence, and the lattice under which they are that. */
export interface DecodedSentence {
  readonly tags: readonly string[];
  readonly lattice: PreparedLattice;
}

/** The entities that tags say, each with its probability under the lattice. */
export function entitiesOf(
  { first, offsets }: InputSentence,
  source: string,
  { tags, lattice }: DecodedSentence,
  scheme: Scheme,
  patterns: SpanPatterns,
): Entity[] {
  // Most sentences of most texts: it need not be asked where nothing begins and ends.
  if (tags.every((tag) => tag === 'O')) return [];
  const spans = spansFromTags(tags, scheme);
  if (spans.length === 0) return [];
  const ways = spans.map((span) => patterns.of(span));
  const scores = spanMarginals(lattice, ways.flat());
  let at = 0;
  return spans.map((span, index) => {
    let score = 0;
    for (let way = 0; way < ways[index].length; way++) score += scores[at++];
    const { start } = offsets[span.start];
    const { end } = offsets[span.end - 1];
    return {
      label: span.label,
      text: source.slice(start, end),
      start,
      end,
      score: Math.min(1, score),
      tokenStart: first + span.start,
      tokenEnd: first + span.end,
    };
  });
}
