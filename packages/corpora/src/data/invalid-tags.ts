import { invalidTags, type Scheme } from '@cognate/tag-scheme';
import { batchesOf, type Sentence, type Sentences } from '../sentence.js';

/** A tag that breaks its scheme, and where it stands. */
export interface InvalidCorpusTag {
  /** The sentence's place in the corpus, from 0. */
  readonly sentence: number;
  readonly id: string | undefined;
  /** The token's place in the sentence, from 0. */
  readonly index: number;
  readonly token: string;
  readonly tag: string;
  /** What the scheme wants in this place. */
  readonly reason: string;
}

/** The tags of a corpus that break a scheme; read it with `targetScheme: 'unchanged'`, or they are repaired already. */
export function listInvalidTags(sentences: Iterable<Sentence>, scheme: Scheme = 'IOB2'): InvalidCorpusTag[] {
  const found: InvalidCorpusTag[] = [];
  let place = 0;
  for (const sentence of sentences) found.push(...ofSentence(sentence, place++, scheme));
  return found;
}

/** The same for a corpus that is read along the way, one by one. */
export async function* streamInvalidTags(
  sentences: Sentences,
  scheme: Scheme = 'IOB2',
): AsyncGenerator<InvalidCorpusTag> {
  let place = 0;
  for await (const batch of batchesOf(sentences)) {
    for (const sentence of batch) yield* ofSentence(sentence, place++, scheme);
  }
}

function ofSentence({ tokens, tags, id }: Sentence, place: number, scheme: Scheme): InvalidCorpusTag[] {
  if (tags === undefined) return [];
  return invalidTags(tags, scheme).map(({ index, tag, reason }) => ({
    sentence: place,
    id,
    index,
    token: tokens[index],
    tag,
    reason,
  }));
}
