import { sampleSplits, type SampleSplit } from '../../src/samples/languages.js';

export const splits = sampleSplits;
export type Split = SampleSplit;
export type Gender = 'm' | 'f';

export interface TaggedSentence {
  readonly tokens: readonly string[];
  readonly tags: readonly string[];
  /** Which pattern (or declaration sentence) it came from, for the checks. */
  readonly pattern: string;
}

export type Samples = Readonly<Record<Split, readonly TaggedSentence[]>>;
