import { f1Of, pairName, type Cell, type Split } from './cells.js';
import { publishedRows, type PublishedRow } from './published.js';
import type { Section } from './report.js';
import { points, spreadText, type ReportTable } from './table.js';

interface Names {
  readonly linear: string;
  readonly neural: string;
}

/** Test F1 of the two models with few sentences and with many; shares. */
interface Row {
  readonly target: string;
  readonly source: string | undefined;
  readonly linear100?: number | undefined;
  readonly neural100?: number | undefined;
  readonly linear10k?: number | undefined;
  readonly neural10k?: number | undefined;
}

/** The paper's Table 2 beside the runs, and what the paper says of it beside what they say. */
export function paperSection(cells: readonly Cell[], split: Split, names: Names): Section {
  const plain = cells.filter(
    ({ script, variant, sharing }) => script === 'original' && variant === undefined && sharing === undefined,
  );
  return {
    title: "Beside the paper's table",
    text: [
      `F1 of entities in per cent, ${split} set; mean ± standard deviation. "Paper" is Table 2 of Cotterell and Duh (2017), on WikiANN. Unless these runs are on WikiANN from the hub they are on other corpora, and not even there on the same sentences: only differences within a column can be compared.`,
      'Claims: differences in points, the mean over the rows that have both sides. That one side is ahead holds here where it is so in every row, and mostly where it is so in more than half of them and on the mean; that a source brings little where the mean is less than a point.',
    ],
    tables: [scoreTable(plain, split, names), claimTable(rowsOf(plain, split, names))],
    figures: [],
  };
}

const published = ({ target, sources }: Pick<Cell, 'target' | 'sources'>): PublishedRow | undefined =>
  publishedRows.find((row) => row.target === target && row.source === sources[0] && sources.length < 2);

function find(
  cells: readonly Cell[],
  { target, sources }: Pick<Cell, 'target' | 'sources'>,
  recipe: string,
  full: boolean,
): Cell | undefined {
  return cells.find(
    (cell) =>
      cell.target === target &&
      cell.sources.join() === sources.join() &&
      cell.recipe === recipe &&
      (cell.sizeName === 'full') === full,
  );
}

/** The settings of the runs without model and size. */
function pairsOf(cells: readonly Cell[]): Pick<Cell, 'target' | 'sources'>[] {
  const seen = new Map<string, Pick<Cell, 'target' | 'sources'>>();
  for (const { target, sources } of cells) seen.set(pairName({ target, sources }), { target, sources });
  const targets = [...new Set(cells.map(({ target }) => target))];
  return [...seen.values()].sort(
    (a, b) => targets.indexOf(a.target) - targets.indexOf(b.target) || a.sources.length - b.sources.length,
  );
}

function scoreTable(cells: readonly Cell[], split: Split, { linear, neural }: Names): ReportTable {
  const rows = pairsOf(cells).map((pair) => {
    const shown = (recipe: string, full: boolean): string => {
      const cell = find(cells, pair, recipe, full);
      return cell ? spreadText(f1Of(cell, split)) : '–';
    };
    const paper = published(pair);
    const there = (value: number | undefined): string => value?.toFixed(2) ?? '–';
    return [
      pairName(pair),
      ...[shown(linear, false), shown(neural, false), shown(linear, true), shown(neural, true)],
      ...[there(paper?.linear100), there(paper?.neural100), there(paper?.linear10k), there(paper?.neural10k)],
    ];
  });
  return {
    head: [
      'target ← source',
      ...['100: linear', '100: neural', 'full: linear', 'full: neural'],
      ...['paper 100: linear', 'paper 100: neural', 'paper 10k: linear', 'paper 10k: neural'],
    ],
    rows,
    numbersFrom: 1,
  };
}

function rowsOf(cells: readonly Cell[], split: Split, { linear, neural }: Names): Row[] {
  return pairsOf(cells)
    .filter(({ sources }) => sources.length < 2)
    .map((pair) => {
      const value = (recipe: string, full: boolean): number | undefined => {
        const cell = find(cells, pair, recipe, full);
        return cell && f1Of(cell, split).mean;
      };
      return {
        target: pair.target,
        source: pair.sources.at(0),
        linear100: value(linear, false),
        neural100: value(neural, false),
        linear10k: value(linear, true),
        neural10k: value(neural, true),
      };
    });
}

type Score = 'linear100' | 'neural100' | 'linear10k' | 'neural10k';

/** A claim of the paper: a difference of two scores, and over which rows. */
interface Claim {
  readonly name: string;
  readonly differences: (rows: readonly Row[]) => number[];
  /** That the differences are near 0, instead of above it. */
  readonly little?: boolean;
}

const within =
  (first: Score, second: Score, transfer: boolean) =>
  (rows: readonly Row[]): number[] =>
    rows
      .filter(({ source }) => (source !== undefined) === transfer)
      .flatMap(({ [first]: a, [second]: b }) => (a === undefined || b === undefined ? [] : [a - b]));

/** What transfer brings: a row with a source against the row without. */
const gain =
  (score: Score) =>
  (rows: readonly Row[]): number[] =>
    rows
      .filter(({ source }) => source !== undefined)
      .flatMap((row) => {
        const alone = rows.find(({ target, source }) => target === row.target && source === undefined);
        const [a, b] = [row[score], alone?.[score]];
        return a === undefined || b === undefined ? [] : [a - b];
      });

const claims: readonly Claim[] = [
  { name: '100 sentences alone: linear over neural', differences: within('linear100', 'neural100', false) },
  {
    name: '100 sentences and a source: neural over linear',
    differences: within('neural100', 'linear100', true),
  },
  { name: '100 sentences: what a source brings, linear', differences: gain('linear100') },
  { name: '100 sentences: what a source brings, neural', differences: gain('neural100') },
  { name: 'many sentences alone: neural over linear', differences: within('neural10k', 'linear10k', false) },
  { name: 'many sentences: a source brings little, linear', differences: gain('linear10k'), little: true },
  { name: 'many sentences: a source brings little, neural', differences: gain('neural10k'), little: true },
];

function claimTable(rows: readonly Row[]): ReportTable {
  const paperRows: Row[] = publishedRows.map((row) => ({
    target: row.target,
    source: row.source,
    linear100: row.linear100 / 100,
    neural100: row.neural100 / 100,
    linear10k: row.linear10k / 100,
    neural10k: row.neural10k / 100,
  }));
  const summary = (differences: readonly number[]): string[] => {
    if (differences.length === 0) return ['–', '–'];
    const above = differences.filter((difference) => difference > 0).length;
    return [points(mean(differences)), `${above} of ${differences.length}`];
  };
  return {
    head: ['claim', 'paper', 'rows above 0', 'here', 'rows above 0', 'holds here'],
    rows: claims.map(({ name, differences, little }) => {
      const [there, here] = [differences(paperRows), differences(rows)];
      return [name, ...summary(there), ...summary(here), holds(here, little)];
    }),
    numbersFrom: 1,
  };
}

function holds(differences: readonly number[], little = false): string {
  if (differences.length === 0) return '–';
  if (little) return Math.abs(mean(differences)) < 0.01 ? 'yes' : 'no';
  const above = differences.filter((difference) => difference > 0).length;
  if (above === differences.length) return 'yes';
  return mean(differences) > 0 && above > differences.length / 2 ? 'mostly' : 'no';
}

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;
