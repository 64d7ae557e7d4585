import { parseScheme, readSpans, tagsFromSpans, type Scheme } from '@cognate/tag-scheme';
import { CorpusError } from '../errors.js';
import type { Sentence } from '../sentence.js';

/** Turns a sentence into text; its place in the corpus, from 0, is for errors. */
export type SentenceFormatter = (sentence: Sentence, place: number) => string;

/** A format that may have something before the first sentence and behind the last. */
export interface DocumentFormatter {
  readonly head?: string;
  readonly format: SentenceFormatter;
  readonly tail?: string;
}

export interface TagWriteOptions {
  /** The scheme of the sentences. Default IOB2. */
  readonly sourceScheme?: Scheme | undefined;
  /** The scheme to write. Default: the tags as they are. */
  readonly scheme?: Scheme | undefined;
}

/** Checks the tags of each sentence and brings them into the scheme to write, before the format has its turn. */
export function withTags(format: SentenceFormatter, options: TagWriteOptions): SentenceFormatter {
  const from = parseScheme(options.sourceScheme ?? 'IOB2');
  const to = options.scheme === undefined ? undefined : parseScheme(options.scheme);
  return (sentence, place) => {
    const { tokens, tags } = sentence;
    if (tags === undefined) return format(sentence, place);
    if (tags.length !== tokens.length) {
      throw new CorpusError({
        expected: `as many tags as tokens in sentence ${place}`,
        actual: `${tokens.length} tokens and ${tags.length} tags`,
      });
    }
    if (to === undefined || to === from) return format(sentence, place);
    const { spans, repaired } = readSpans(tags, from);
    if (repaired > 0) {
      throw new CorpusError({
        expected: `tags that are valid in ${from} in sentence ${place}`,
        actual: tags.join(' '),
      });
    }
    return format({ ...sentence, tags: tagsFromSpans(spans, tags.length, to) }, place);
  };
}
