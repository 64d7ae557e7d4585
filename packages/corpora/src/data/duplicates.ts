import { batchesOf, type Sentence, type Sentences } from '../sentence.js';
import { SentenceIndex } from './sentence-index.js';
import { sentenceKey, type SameOptions } from './sentence-key.js';

/** A sentence that stood in the corpus before. */
export interface Duplicate {
  /** Place in the corpus, from 0. */
  readonly sentence: number;
  /** Place of the first with this text. */
  readonly first: number;
  /** Whether both have the same tags. */
  readonly sameTags: boolean;
  readonly text: string;
}

export interface DuplicateReport {
  readonly sentences: number;
  readonly distinct: number;
  /** Sentences whose text stood in the corpus before. */
  readonly duplicates: number;
  /** Of these, those that are tagged unlike the first. */
  readonly otherTags: number;
  /** The first of them. */
  readonly examples: readonly Duplicate[];
}

export interface DuplicateOptions extends SameOptions {
  /** How many examples to list. Default 10. */
  readonly examples?: number;
}

/**
 * Sentences that are in a corpus more than once. The same sentence = the same text: NFC, without case, without white space; more is the
 * same with option `mask`.
 */
export async function findDuplicates(
  sentences: Sentences,
  { examples: limit = 10, ...same }: DuplicateOptions = {},
): Promise<DuplicateReport> {
  const keyOf = sentenceKey(same);
  const index = new SentenceIndex();
  const examples: Duplicate[] = [];
  let place = 0;
  let duplicates = 0;
  let otherTags = 0;
  for await (const batch of batchesOf(sentences)) {
    for (const sentence of batch) {
      const known = index.add(keyOf(sentence), place, sentence.tags);
      if (known !== undefined) {
        duplicates++;
        if (!known.sameTags) otherTags++;
        if (examples.length < limit) examples.push({ sentence: place, ...known, text: textOf(sentence) });
      }
      place++;
    }
  }
  return { sentences: place, distinct: index.size, duplicates, otherTags, examples };
}

/** The sentences of a corpus without those that stood in it before: of each text, the first. */
export async function* deduplicate(sentences: Sentences, same: SameOptions = {}): AsyncGenerator<Sentence> {
  const keyOf = sentenceKey(same);
  const index = new SentenceIndex();
  let place = 0;
  for await (const batch of batchesOf(sentences)) {
    for (const sentence of batch) {
      if (index.add(keyOf(sentence), place++, sentence.tags) === undefined) yield sentence;
    }
  }
}

/** The sentence as it was written, or its tokens with spaces. */
export const textOf = ({ tokens, text }: Sentence): string => text ?? tokens.join(' ');
