import { spread } from '../summary.js';
import { f1Of, type Cell, type Split } from './cells.js';
import { detailsOf } from './details.js';
import type { Section } from './report.js';
import { short, spreadText, type ReportTable } from './table.js';

/** Columns that are shown only where they tell settings apart. */
const optional = {
  μ: ({ mu }: Cell) => (mu === undefined ? '–' : short(mu)),
  sharing: ({ sharing }: Cell) => sharing ?? '–',
  variant: ({ variant }: Cell) => variant ?? '–',
  script: ({ script }: Cell) => script,
  'without tags': ({ unlabelled }: Cell) => (unlabelled ? 'the rest' : 'none'),
  'of each source': ({ sources, sourceSize }: Cell) => (sources.length === 0 ? '–' : String(sourceSize)),
} as const;

/** What the columns say; anything else that tells settings apart has one of its own. */
const inColumns = ['mu', 'sharing', 'variant', 'script', 'unlabelled', 'sourceSize', 'size'] as const;

type Column = readonly [name: string, text: (cell: Cell) => string];

/** The columns in which settings differ, and those without which two rows would be the same: there one side may have none. */
function shownOf(cells: readonly Cell[], columns: readonly Column[]): Column[] {
  const differ = ([, text]: Column): boolean =>
    new Set(cells.map(text).filter((value) => value !== '–')).size > 1;
  const shown = new Set(columns.filter(differ));
  for (const column of columns.filter((one) => !shown.has(one)))
    if (rowCount(cells, [...shown, column]) > rowCount(cells, [...shown])) shown.add(column);
  return columns.filter((column) => shown.has(column));
}

/** How many rows there are that differ in the columns that are always there or in these. */
const rowCount = (cells: readonly Cell[], columns: readonly Column[]): number =>
  new Set(
    cells.map((cell) =>
      JSON.stringify([
        cell.target,
        cell.sources,
        cell.recipe,
        cell.size,
        ...columns.map(([, text]) => text(cell)),
      ]),
    ),
  ).size;

/** Every setting, a row each. */
export function scoresSection(cells: readonly Cell[], split: Split): Section {
  const details = detailsOf(cells, inColumns);
  const columns = { ...optional, 'runs on': (cell: Cell) => details(cell).join(', ') || '–' };
  const shown = shownOf(cells, Object.entries(columns));
  const table: ReportTable = {
    head: [
      ...['target', 'sources', 'recipe', ...shown.map(([name]) => name)],
      ...['sentences', 'runs', 'dev F1', ...(split === 'test' ? ['test F1'] : []), 'training s'],
    ],
    numbersFrom: 3 + shown.length,
    rows: cells.map((cell) => [
      ...[cell.target, cell.sources.join(', ') || '–', cell.recipe, ...shown.map(([, text]) => text(cell))],
      cell.sizeName === 'full' ? `${cell.size} (full)` : String(cell.size),
      String(cell.records.length),
      spreadText(f1Of(cell, 'dev')),
      ...(split === 'test' ? [spreadText(f1Of(cell, 'test'))] : []),
      short(spread(cell.records.flatMap((one) => (one.partOfTraining ? [] : one.trainSeconds))).mean),
    ]),
  };
  return {
    title: 'All settings',
    text: ['F1 of entities in per cent: mean ± standard deviation over seeds and draws.'],
    tables: [table],
    figures: [],
  };
}
