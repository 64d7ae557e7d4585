/** A row of the paper's Table 2: test F1 in per cent. */
export interface PublishedRow {
  readonly target: string;
  /** Undefined: the target alone. */
  readonly source?: string;
  readonly linear100: number;
  readonly neural100: number;
  readonly linear10k: number;
  readonly neural10k: number;
}

const row = (
  target: string,
  source: string | undefined,
  [linear100, neural100, linear10k, neural10k]: readonly [number, number, number, number],
): PublishedRow => ({
  target,
  ...(source !== undefined && { source }),
  linear100,
  neural100,
  linear10k,
  neural10k,
});

/**
 * Table 2 of Cotterell and Duh, Low-Resource Named Entity Recognition with Cross-Lingual, Character-Level Neural Conditional Random Fields (IJCNLP
 * 2017): WikiANN as Pan et al. (2017) released it, 1,000 test sentences a language.
 */
export const publishedRows: readonly PublishedRow[] = [
  row('gl', undefined, [57.64, 49.19, 87.23, 89.42]),
  row('gl', 'es', [71.46, 76.4, 87.5, 89.46]),
  row('gl', 'ca', [67.32, 75.4, 87.4, 89.32]),
  row('gl', 'it', [63.81, 70.93, 87.34, 89.5]),
  row('gl', 'fr', [58.22, 68.02, 87.92, 89.38]),
  row('gl', 'ro', [59.23, 67.76, 87.24, 89.19]),
  row('fy', undefined, [62.71, 58.43, 90.42, 91.03]),
  row('fy', 'nl', [68.15, 72.12, 90.94, 91.01]),
  row('tl', undefined, [58.15, 56.98, 74.24, 79.03]),
  row('tl', 'ceb', [75.29, 81.79, 74.02, 79.51]),
  row('uk', undefined, [61.4, 60.65, 85.63, 87.39]),
  row('uk', 'ru', [70.94, 76.74, 86.01, 87.42]),
  row('mr', undefined, [42.76, 39.02, 70.98, 74.95]),
  row('mr', 'hi', [54.25, 60.92, 70.45, 74.49]),
  row('mr', 'ur', [49.32, 58.92, 70.75, 74.81]),
];
