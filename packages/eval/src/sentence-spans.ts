import { InvalidTagError, readSpans, type Repair, type Scheme, type Span } from '@cognate/tag-scheme';
import { EvaluationError } from './errors.js';
import type { TagSentences } from './input.js';

/** The entities of each sentence, and how many tags broke the scheme. */
export interface SentenceSpans {
  readonly spans: readonly (readonly Span[])[];
  readonly repaired: number;
}

/** Reads the entities of all sentences. Under the policy `throw`, the error names the sentence too. */
export function readSentences(
  sentences: TagSentences,
  scheme: Scheme,
  repair: Repair,
  name: string,
): SentenceSpans {
  let repaired = 0;
  const spans = sentences.map((tags, s) => {
    try {
      const reading = readSpans(tags, scheme, repair);
      repaired += reading.repaired;
      return reading.spans;
    } catch (error) {
      if (!(error instanceof InvalidTagError)) throw error;
      throw new EvaluationError(`${name} sentence ${s}: ${error.message}`, { cause: error });
    }
  });
  return { spans, repaired };
}

/** How many tags of these sentences break the scheme. */
export function countInvalid(sentences: TagSentences, scheme: Scheme): number {
  let invalid = 0;
  for (const tags of sentences) invalid += readSpans(tags, scheme).repaired;
  return invalid;
}
