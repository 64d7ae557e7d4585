import { parseScheme, readSpans, tagsFromSpans, type Scheme } from '@cognate/tag-scheme';
import { CorpusError } from '../errors.js';
import type { Sentence } from '../sentence.js';
import type { Utf8Sink } from './utf8-sink.js';

/** Turns a sentence into text; its place in the corpus, from 0, is for errors. */
export type SentenceFormatter = (sentence: Sentence, place: number) => string;

/** Appends the same text as bytes. */
export type SentenceAppender = (sentence: Sentence, place: number, sink: Utf8Sink) => void;

/** A format that may have something before the first sentence and behind the last. */
export interface DocumentFormatter {
  readonly head?: string;
  readonly format: SentenceFormatter;
  /** A faster way to bytes than through the text, for the formats of large corpora. */
  readonly append?: SentenceAppender | undefined;
  readonly tail?: string;
}

export interface TagWriteOptions {
  /** The scheme of the sentences. Default IOB2. */
  readonly sourceScheme?: Scheme | undefined;
  /** The scheme to write. Default: the tags as they are. */
  readonly scheme?: Scheme | undefined;
}

/** Checks the tags of each sentence and brings them into the scheme to write, before the format has its turn. */
export function withTags(
  { format, append, ...rest }: DocumentFormatter,
  options: TagWriteOptions,
): DocumentFormatter {
  const ready = tagsToWrite(options);
  return {
    ...rest,
    format: (sentence, place) => format(ready(sentence, place), place),
    append:
      append &&
      ((sentence, place, sink) => {
        append(ready(sentence, place), place, sink);
      }),
  };
}

function tagsToWrite(options: TagWriteOptions): (sentence: Sentence, place: number) => Sentence {
  const from = parseScheme(options.sourceScheme ?? 'IOB2');
  const to = options.scheme === undefined ? undefined : parseScheme(options.scheme);
  return (sentence, place) => {
    const { tokens, tags } = sentence;
    if (tags === undefined) return sentence;
    if (tags.length !== tokens.length) {
      throw new CorpusError({
        expected: `as many tags as tokens in sentence ${place}`,
        actual: `${tokens.length} tokens and ${tags.length} tags`,
      });
    }
    if (to === undefined || to === from) return sentence;
    const { spans, repaired } = readSpans(tags, from);
    if (repaired > 0) {
      throw new CorpusError({
        expected: `tags that are valid in ${from} in sentence ${place}`,
        actual: tags.join(' '),
      });
    }
    return { ...sentence, tags: tagsFromSpans(spans, tags.length, to) };
  };
}
