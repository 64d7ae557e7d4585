import { f1Of, type Cell, type Split } from './cells.js';
import { seriesNames } from './details.js';
import { lineFigure } from './figures.js';
import type { Section } from './report.js';
import { percent, short, spreadText, type ReportTable } from './table.js';

/** F1 over μ or over the number of sentences: a line for each recipe and choice of sources. */
export function curveSection(cells: readonly Cell[], split: Split, x: 'mu' | 'size'): Section {
  const placed = cells.filter((cell) => cell[x] !== undefined);
  const xs = [...new Set(placed.map((cell) => cell[x] as number))].sort((a, b) => a - b);
  const seriesName = seriesNames(placed, x);
  const lines = new Map<string, Cell[]>();
  for (const cell of placed) {
    const key = `${cell.target}\t${seriesName(cell)}`;
    lines.set(key, [...(lines.get(key) ?? []), cell]);
  }
  const table: ReportTable = {
    head: ['target', 'trained', ...xs.map((value) => short(value))],
    rows: [...lines].map(([key, line]) => [
      ...key.split('\t'),
      ...xs.map((value) => {
        const cell = line.find((one) => one[x] === value);
        return cell ? spreadText(f1Of(cell, split)) : '';
      }),
    ]),
    numbersFrom: 2,
  };
  const name = x === 'mu' ? 'μ' : 'sentences of the target';
  return {
    title: `F1 over ${name}`,
    text: [
      x === 'mu'
        ? 'μ weighs the sentences of the sources. A linear model weighs them by repeating the target: k times is μ = 1/k, with k times the weight against the regularisation.'
        : 'Smaller samples are parts of larger ones.',
    ],
    tables: [table],
    figures: [
      lineFigure({
        name: `f1-over-${x}`,
        caption: `F1 (${split}) over ${name}`,
        x: name,
        y: 'F1, per cent',
        rows: placed.map((cell) => ({
          facet: cell.target,
          series: seriesName(cell),
          x: cell[x] as number,
          y: Number(percent(f1Of(cell, split).mean)),
        })),
        // μ = 0 has no logarithm.
        logX: xs.every((value) => value > 0),
      }),
    ],
  };
}
