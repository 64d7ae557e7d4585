import type { TransferResult } from './transfer.js';

const head = ['model', 'target', 'sources', 'precision', 'recall', 'F1', 'train s'] as const;

/** The cells of a table of runs, scores in per cent; the first row is the head. */
export function resultRows(results: readonly TransferResult[]): string[][] {
  return [
    [...head],
    ...results.map(({ model, target, sources, scores, trainSeconds }) => [
      model,
      `${target.language} ${target.sentences}`,
      sources.map(({ language, sentences }) => `${language} ${sentences}`).join(', ') || '–',
      ...[scores.precision, scores.recall, scores.f1].map(percent),
      trainSeconds.toFixed(1),
    ]),
  ];
}

/** Runs as a Markdown table. */
export function markdownResults(results: readonly TransferResult[]): string {
  const [first, ...rest] = resultRows(results);
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  const rule = first.map((_, column) => (column < 3 ? '---' : '---:'));
  return `${[first, rule, ...rest].map(line).join('\n')}\n`;
}

const percent = (share: number): string => (Number.isNaN(share) ? '–' : (100 * share).toFixed(2));
