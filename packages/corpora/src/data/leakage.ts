import { CorpusError } from '../errors.js';
import { batchesOf, type Sentences } from '../sentence.js';
import { textOf } from './duplicates.js';
import { SentenceIndex } from './sentence-index.js';
import { sentenceKey, type SameOptions } from './sentence-key.js';

/** A sentence of one split that is in another. */
export interface LeakedSentence {
  /** Its place in the split that it must not be in, from 0. */
  readonly into: number;
  /** Where it stands first in the other. */
  readonly from: number;
  /** Whether both have the same tags. */
  readonly sameTags: boolean;
  readonly text: string;
}

/** What two splits have in common. */
export interface Leakage {
  readonly from: string;
  readonly into: string;
  /** Sentences of `into` that occur in `from`. */
  readonly sentences: number;
  /** Of all sentences of `into`; 0 where there are none. */
  readonly share: number;
  readonly examples: readonly LeakedSentence[];
}

export interface LeakageOptions extends SameOptions {
  /** How many examples to list for each pair. Default 10. */
  readonly examples?: number;
}

/**
 * Sentences that are in more than one split of a data set, for each pair in the order given: `{ train, dev, test }` tells what of
 * train is in dev and in test, and what of dev is in test.
 */
export async function findLeakage(
  splits: Readonly<Record<string, Sentences>>,
  { examples: limit = 10, ...same }: LeakageOptions = {},
): Promise<Leakage[]> {
  const names = Object.keys(splits);
  if (names.length < 2) {
    throw new CorpusError({ expected: 'two splits or more', actual: names.join(', ') || 'none' });
  }
  const keyOf = sentenceKey(same);
  const indices: SentenceIndex[] = [];
  const leaks: Leakage[] = [];
  for (const [position, into] of names.entries()) {
    const counts = names
      .slice(0, position)
      .map((from) => ({ from, sentences: 0, examples: [] as LeakedSentence[] }));
    const own = new SentenceIndex();
    let place = 0;
    for await (const batch of batchesOf(splits[into])) {
      for (const sentence of batch) {
        const key = keyOf(sentence);
        own.add(key, place, sentence.tags);
        for (const [other, count] of counts.entries()) {
          const known = indices[other].find(key, sentence.tags);
          if (known === undefined) continue;
          count.sentences++;
          if (count.examples.length >= limit) continue;
          count.examples.push({
            into: place,
            from: known.first,
            sameTags: known.sameTags,
            text: textOf(sentence),
          });
        }
        place++;
      }
    }
    indices.push(own);
    for (const { from, sentences, examples } of counts) {
      leaks.push({ from, into, sentences, share: place === 0 ? 0 : sentences / place, examples });
    }
  }
  return leaks.sort((a, b) => names.indexOf(a.from) - names.indexOf(b.from));
}
