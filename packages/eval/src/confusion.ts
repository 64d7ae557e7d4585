import type { Span } from '@cognate/tag-scheme';
import { alignSpans, type Alignment, type Outcome } from './alignment.js';
import { eachMatch } from './matching.js';
import { compareCodePoints } from './order.js';

/** Which labels are taken for which, and what happens to the entities that are not right. See {@link alignSpans}. */
export interface Confusion {
  /** Names the rows and columns, in the order of code points. */
  readonly labels: readonly string[];
  /** [gold label][predicted label]: pairs of the same boundaries; the diagonal is what is correct. */
  readonly exact: readonly (readonly number[])[];
  /** [gold label][predicted label]: pairs that overlap with other boundaries. */
  readonly overlapping: readonly (readonly number[])[];
  /** [gold label]: entities left without a partner. */
  readonly missed: readonly number[];
  /** [predicted label]: entities left without a partner. */
  readonly spurious: readonly number[];
  /** How many of each outcome, over all labels. */
  readonly outcomes: Readonly<Record<Outcome, number>>;
}

/** Counts the confusions of sentences: `gold[sentence]` and `predicted[sentence]` are the spans of one sentence. */
export function confusionOf(
  gold: readonly (readonly Span[])[],
  predicted: readonly (readonly Span[])[],
): Confusion {
  const names = new Set<string>();
  for (const spans of [...gold, ...predicted]) for (const { label } of spans) names.add(label);
  const labels = [...names].sort(compareCodePoints);
  const row = new Map(labels.map((label, index) => [label, index]));
  const indexOf = (span: Span): number => row.get(span.label) ?? 0;

  const square = (): number[][] => labels.map(() => labels.map(() => 0));
  const exact = square();
  const overlapping = square();
  const missed = labels.map(() => 0);
  const spurious = labels.map(() => 0);
  const outcomes = {
    correct: 0,
    label: 0,
    boundary: 0,
    'label-and-boundary': 0,
    missed: 0,
    spurious: 0,
  };
  for (let s = 0; s < gold.length; s++) {
    const rest = withoutMatches(gold[s], predicted[s], (span) => {
      outcomes.correct++;
      exact[indexOf(span)][indexOf(span)]++;
    });
    for (const { outcome, gold: a, predicted: b } of rest) {
      outcomes[outcome]++;
      if (a && b) {
        const matrix = outcome === 'label' ? exact : overlapping;
        matrix[indexOf(a)][indexOf(b)]++;
      } else if (a) missed[indexOf(a)]++;
      else if (b) spurious[indexOf(b)]++;
    }
  }
  return { labels, exact, overlapping, missed, spurious, outcomes };
}

/** Takes out what is correct, most of all entities, before the others are aligned. */
function withoutMatches(
  gold: readonly Span[],
  predicted: readonly Span[],
  matched: (span: Span) => void,
): Alignment[] {
  const correct = new Set<Span>();
  eachMatch(gold, predicted, (g, p) => {
    correct.add(gold[g]).add(predicted[p]);
    matched(gold[g]);
  });
  if (correct.size === gold.length + predicted.length) return [];
  const left = (span: Span): boolean => !correct.has(span);
  return alignSpans(gold.filter(left), predicted.filter(left));
}
