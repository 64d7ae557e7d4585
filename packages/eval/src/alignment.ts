import type { Span } from '@cognate/tag-scheme';

/**
 * What became of an entity.
 *
 * - `correct`: boundaries and label are right.
 * - `label`: the boundaries are right, the label is not.
 * - `boundary`: the label is right, the boundaries overlap but differ.
 * - `label-and-boundary`: both are wrong, but the two overlap.
 * - `missed`: a gold entity with no predicted one to itself.
 * - `spurious`: a predicted entity with no gold one to itself.
 */
export type Outcome = 'correct' | 'label' | 'boundary' | 'label-and-boundary' | 'missed' | 'spurious';

export interface Alignment {
  readonly outcome: Outcome;
  /** Undefined for `spurious`. */
  readonly gold: Span | undefined;
  /** Undefined for `missed`. */
  readonly predicted: Span | undefined;
}

/**
 * Pairs the gold and predicted entities of one sentence, each with at most one: first those with the same boundaries, then
 * those that overlap, the largest overlap first (of equal ones the same label, then the leftmost). What is left is missed or
 * spurious. Both lists are in the order of tokens and free of overlap within themselves. The result is in the order of tokens.
 */
export function alignSpans(gold: readonly Span[], predicted: readonly Span[]): Alignment[] {
  const partner = new Map<Span, Span>(); // from gold to predicted
  const taken = new Set<Span>();
  for (const { goldSpan, predictedSpan } of overlaps(gold, predicted).sort(byPreference)) {
    if (partner.has(goldSpan) || taken.has(predictedSpan)) continue;
    partner.set(goldSpan, predictedSpan);
    taken.add(predictedSpan);
  }
  const rows: Alignment[] = gold.map((span) => {
    const other = partner.get(span);
    return { outcome: other ? compare(span, other) : 'missed', gold: span, predicted: other };
  });
  for (const span of predicted) {
    if (!taken.has(span)) rows.push({ outcome: 'spurious', gold: undefined, predicted: span });
  }
  return rows.sort((a, b) => startOf(a) - startOf(b));
}

interface Overlap {
  readonly goldSpan: Span;
  readonly predictedSpan: Span;
  readonly exact: boolean;
  readonly sameLabel: boolean;
  /** In tokens. */
  readonly size: number;
}

/** All overlapping pairs, from left to right. */
function overlaps(gold: readonly Span[], predicted: readonly Span[]): Overlap[] {
  const found: Overlap[] = [];
  let first = 0;
  for (const goldSpan of gold) {
    while (first < predicted.length && predicted[first].end <= goldSpan.start) first++;
    for (let p = first; p < predicted.length && predicted[p].start < goldSpan.end; p++) {
      const predictedSpan = predicted[p];
      found.push({
        goldSpan,
        predictedSpan,
        exact: goldSpan.start === predictedSpan.start && goldSpan.end === predictedSpan.end,
        sameLabel: goldSpan.label === predictedSpan.label,
        size: Math.min(goldSpan.end, predictedSpan.end) - Math.max(goldSpan.start, predictedSpan.start),
      });
    }
  }
  return found;
}

/** The sort is stable, so what is equal here stays in the order of tokens. */
const byPreference = (a: Overlap, b: Overlap): number =>
  Number(b.exact) - Number(a.exact) || b.size - a.size || Number(b.sameLabel) - Number(a.sameLabel);

function compare(gold: Span, predicted: Span): Outcome {
  const sameBoundaries = gold.start === predicted.start && gold.end === predicted.end;
  if (gold.label === predicted.label) return sameBoundaries ? 'correct' : 'boundary';
  return sameBoundaries ? 'label' : 'label-and-boundary';
}

const startOf = (row: Alignment): number => (row.gold ?? row.predicted)?.start ?? 0;
