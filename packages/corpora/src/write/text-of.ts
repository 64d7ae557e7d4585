import { readSpans, type Scheme, type Span } from '@cognate/tag-scheme';
import { alignTokens } from '../data/offsets.js';
import { CorpusError, shown } from '../errors.js';
import type { Sentence, TokenOffsets } from '../sentence.js';

/** A sentence as formats of texts and spans want it: its text, where each token stands in it, its entities in tokens. */
export interface PlacedSentence {
  readonly text: string;
  readonly offsets: readonly TokenOffsets[];
  readonly spans: readonly Span[];
}

/**
 * The sentence's own text where its tokens can be found in it, else the tokens with a space between each two.
 *
 * @throws CorpusError for tags that break the scheme, and for tokens with white space, which could not be told from two.
 */
export function placeSentence(
  { tokens, tags, text, offsets }: Sentence,
  place: number,
  scheme: Scheme,
): PlacedSentence {
  const { spans, repaired } = tags === undefined ? { spans: [], repaired: 0 } : readSpans(tags, scheme);
  if (repaired > 0) {
    throw new CorpusError({
      expected: `tags that are valid in ${scheme} in sentence ${place}`,
      actual: tags?.join(' ') ?? '',
    });
  }
  if (text !== undefined) {
    const known = offsets?.length === tokens.length ? offsets : alignTokens(tokens, text);
    if (known !== undefined) return { text, offsets: known, spans };
  }
  let joined = '';
  const places = tokens.map((token) => {
    if (token === '' || /\s/.test(token)) {
      throw new CorpusError({
        expected: `tokens without white space in sentence ${place}`,
        actual: shown(token),
      });
    }
    const start = joined === '' ? 0 : joined.length + 1;
    joined += joined === '' ? token : ` ${token}`;
    return { start, end: joined.length };
  });
  return { text: joined, offsets: places, spans };
}
