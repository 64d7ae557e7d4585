import { summarise, type Spread, type TransferRecord } from './summary.js';

/** Columns before this one are words, the others numbers. */
const firstNumber = 4;

/**
 * The cells of a table of runs, scores in per cent; the first row is the head. Runs that differ only in their seed are one row, with mean ±
 * standard deviation.
 */
export function resultRows(results: Iterable<TransferRecord>): string[][] {
  const summaries = summarise(results);
  const withDev = summaries.some(({ devF1 }) => devF1 !== undefined);
  const head = [
    'model',
    'transfer',
    'target',
    'sources',
    'precision',
    'recall',
    'F1',
    ...(withDev ? ['dev F1'] : []),
    'train s',
  ];
  return [
    head,
    ...summaries.map((row) => [
      row.model,
      row.mode,
      `${row.target.language} ${row.target.sentences}`,
      row.sources.map(({ language, sentences }) => `${language} ${sentences}`).join(', ') || '–',
      ...[row.precision, row.recall, row.f1].map(percent),
      ...(withDev ? [row.devF1 ? percent(row.devF1) : '–'] : []),
      row.trainSeconds.mean.toFixed(1),
    ]),
  ];
}

function percent({ mean, deviation }: Spread): string {
  if (Number.isNaN(mean)) return '–';
  const shown = (100 * mean).toFixed(2);
  return deviation === undefined ? shown : `${shown} ± ${(100 * deviation).toFixed(2)}`;
}

/** Runs as a Markdown table. */
export function markdownResults(results: Iterable<TransferRecord>): string {
  const [head, ...rows] = resultRows(results);
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  const rule = head.map((_, column) => (column < firstNumber ? '---' : '---:'));
  return `${[head, rule, ...rows].map(line).join('\n')}\n`;
}

/** Runs as a table of plain text, its columns aligned. */
export function plainResults(results: Iterable<TransferRecord>): string {
  const rows = resultRows(results);
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, column) =>
        column < firstNumber ? cell.padEnd(widths[column]) : cell.padStart(widths[column]),
      )
      .join('  ')
      .trimEnd();
  return `${rows.map(line).join('\n')}\n`;
}
