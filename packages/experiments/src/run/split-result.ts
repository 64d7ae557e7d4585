import type { Sentence } from '@cognate/corpora';
import { evaluate, type Scores } from '@cognate/eval';
import { spansFromTags, type Span } from '@cognate/tag-scheme';

/** How good a tagger is on one corpus. */
export interface SplitResult {
  readonly sentences: number;
  readonly tokens: number;
  /** Tagging all of it. */
  readonly seconds: number;
  readonly scores: Scores;
  readonly perLabel: Readonly<Record<string, Scores>>;
  /** Of each sentence [correct, predicted, gold], one after the other: tests of significance draw sentences. */
  readonly counts: readonly number[];
  /** Of each sentence the predicted entities, as `0-2 PER;5-6 LOC`: tokens, half-open. */
  readonly predictions: readonly string[];
}

/** Scores predicted tags, IOB2 like the gold ones. */
export function splitResult(
  gold: readonly Sentence[],
  predicted: readonly (readonly string[])[],
  seconds: number,
): SplitResult {
  const goldTags = gold.map(({ tags = [] }) => tags);
  const { micro, perLabel } = evaluate(goldTags, predicted, { scheme: 'IOB2' });
  const spans = predicted.map((tags) => spansFromTags(tags, 'IOB2'));
  return {
    sentences: gold.length,
    tokens: gold.reduce((sum, { tokens }) => sum + tokens.length, 0),
    seconds,
    scores: micro,
    perLabel: { ...perLabel },
    counts: goldTags.flatMap((tags, sentence) => {
      const right = new Set(spansFromTags(tags, 'IOB2').map(spanText));
      const found = spans[sentence];
      return [found.filter((span) => right.has(spanText(span))).length, found.length, right.size];
    }),
    predictions: spans.map((found) => found.map(spanText).join(';')),
  };
}

const spanText = ({ start, end, label }: Span): string => `${start}-${end} ${label}`;
