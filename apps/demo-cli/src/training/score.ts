import type { Sentence } from '@cognate/corpora';
import { evaluate, type Evaluation } from '@cognate/eval';
import type { Tagger } from '@cognate/tagger';

/** A set of sentences with gold tags, and what a tagger made of them. */
export interface Judged {
  readonly tokens: readonly (readonly string[])[];
  readonly gold: readonly (readonly string[])[];
  readonly predicted: readonly (readonly string[])[];
  /** Of each sentence; undefined where all are of one. */
  readonly languages: readonly string[] | undefined;
  readonly evaluation: Evaluation;
}

/** Tags sentences and scores the result; by language too, where there are several. */
export function judge(tagger: Tagger, sentences: readonly Sentence[]): Judged {
  const languages = sentences.map(({ language }) => language ?? tagger.language ?? '');
  const tokens = sentences.map((sentence) => sentence.tokens);
  const gold = sentences.map(({ tags = [] }) => tags);
  const predicted = sentences.map((sentence) =>
    tagger.predictTags(sentence.tokens, { language: sentence.language }),
  );
  const several = new Set(languages).size > 1 ? languages : undefined;
  const evaluation = evaluate(gold, predicted, { scheme: 'IOB2', languages: several });
  return { tokens, gold, predicted, languages: several, evaluation };
}
