import type { Span } from '@cognate/tag-scheme';

/**
 * Marks the predicted spans that equal a gold one in boundaries and label. Both lists are in the order of tokens and free of
 * overlap, so one walk along both suffices.
 */
export function eachMatch(
  gold: readonly Span[],
  predicted: readonly Span[],
  matched: (goldIndex: number, predictedIndex: number) => void,
): void {
  let g = 0;
  let p = 0;
  while (g < gold.length && p < predicted.length) {
    const a = gold[g];
    const b = predicted[p];
    if (a.start === b.start) {
      if (a.end === b.end && a.label === b.label) matched(g, p);
      g++;
      p++;
    } else if (a.start < b.start) g++;
    else p++;
  }
}
