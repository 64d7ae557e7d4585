import { canonicalJson } from '../grid/setting.js';
import { alike } from './alike.js';
import { f1Of, pairName, type Cell, type Split } from './cells.js';
import { detailsOf } from './details.js';
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
  /** Which corpora the row is of, where a report has several. Rows of different ones are not compared. */
  readonly corpora?: string;
  readonly linear100?: number | undefined;
  readonly neural100?: number | undefined;
  readonly linear10k?: number | undefined;
  readonly neural10k?: number | undefined;
}

/** The paper's Table 2 beside the runs, and what the paper says of it beside what they say. */
export function paperSection(cells: readonly Cell[], split: Split, names: Names): Section {
  const plain = cells.filter(isPlain);
  return {
    title: "Beside the paper's table",
    text: [
      `F1 of entities in per cent, ${split} set; mean ± standard deviation. "Paper" is Table 2 of Cotterell and Duh (2017), on WikiANN. Unless these runs are on WikiANN from the hub they are on other corpora, and not even there on the same sentences: only differences within a column can be compared.`,
      'Claims: differences in points, the mean over the rows that have both sides, and in how many of these rows the claim holds. That one is over the other, or that a source helps, is a claim about every row: a row has it where the difference is above 0, and the claim holds with "yes" in all rows, with their number in more than half of them, else not. That a source adds little holds where the mean is less than one point from 0, and in a row where its difference is.',
    ],
    tables: [scoreTable(plain, split, names), claimTable(rowsOf(plain, split, names))],
    figures: [],
  };
}

/** What the paper has no variants of. Where μ is swept, a sentence of a source counts as one of the target. */
const isPlain = ({ script, variant, sharing, unlabelled, sourceSize, swept, mu }: Cell): boolean =>
  script === 'original' &&
  variant === undefined &&
  sharing === undefined &&
  !unlabelled &&
  sourceSize === 'full' &&
  (!swept || mu === 1 || mu === undefined);

const published = ({ target, sources }: Pick<Cell, 'target' | 'sources'>): PublishedRow | undefined =>
  publishedRows.find((row) => row.target === target && row.source === sources[0] && sources.length < 2);

/** The few sentences of the paper's table; samples of other sizes are in none of its columns. */
const few = 100;

function find(cells: readonly Cell[], pair: Cell, recipe: string, full: boolean): Cell | undefined {
  return cells.find(
    (cell) =>
      cell.recipe === recipe &&
      (full ? cell.sizeName === 'full' : cell.sizeName !== 'full' && cell.size === few) &&
      alike(cell, pair, ['recipe', 'size']),
  );
}

/** A cell for each target with its sources and corpora, whatever model and size it has. */
function pairsOf(cells: readonly Cell[]): Cell[] {
  const pairs: Cell[] = [];
  for (const cell of cells)
    if (!pairs.some((pair) => alike(cell, pair, ['recipe', 'size']))) pairs.push(cell);
  const targets = [...new Set(cells.map(({ target }) => target))];
  return pairs.sort(
    (a, b) => targets.indexOf(a.target) - targets.indexOf(b.target) || a.sources.length - b.sources.length,
  );
}

function scoreTable(cells: readonly Cell[], split: Split, { linear, neural }: Names): ReportTable {
  const pairs = pairsOf(cells);
  // Names of rows tell corpora apart; columns have the rest.
  const bare = pairs.map((pair) => ({ ...pair, recipe: '', size: 0, sizeName: '', mu: undefined }));
  const details = detailsOf(bare);
  const rows = pairs.map((pair, index) => {
    const shown = (recipe: string, full: boolean): string => {
      const cell = find(cells, pair, recipe, full);
      return cell ? spreadText(f1Of(cell, split)) : '–';
    };
    const paper = published(pair);
    const there = (value: number | undefined): string => value?.toFixed(2) ?? '–';
    return [
      [pairName(pair), ...details(bare[index])].join(', '),
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
        corpora: canonicalJson([pair.data, pair.limits, pair.digests.train, pair.digests.dev]),
        linear100: value(linear, false),
        neural100: value(neural, false),
        linear10k: value(linear, true),
        neural10k: value(neural, true),
      };
    });
}

type Score = 'linear100' | 'neural100' | 'linear10k' | 'neural10k';

/** A claim of the paper: differences of two scores in some rows, and what they are to be. */
interface Claim {
  readonly name: string;
  /** `above`: above 0 in every row. `little`: near 0 on the mean. */
  readonly says: 'above' | 'little';
  readonly differences: (rows: readonly Row[]) => number[];
}

/** A difference of less than a point is little. */
const little = 0.01;

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
        const alone = rows.find(
          ({ target, source, corpora }) =>
            target === row.target && corpora === row.corpora && source === undefined,
        );
        const [a, b] = [row[score], alone?.[score]];
        return a === undefined || b === undefined ? [] : [a - b];
      });

const above = (name: string, differences: Claim['differences']): Claim => ({
  name,
  says: 'above',
  differences,
});
const addsLittle = (name: string, differences: Claim['differences']): Claim => ({
  name,
  says: 'little',
  differences,
});

const claims: readonly Claim[] = [
  above('100 sentences alone: linear over neural', within('linear100', 'neural100', false)),
  above('100 sentences and a source: neural over linear', within('neural100', 'linear100', true)),
  above('100 sentences: a source helps, linear', gain('linear100')),
  above('100 sentences: a source helps, neural', gain('neural100')),
  above('many sentences alone: neural over linear', within('neural10k', 'linear10k', false)),
  above('many sentences and a source: neural over linear', within('neural10k', 'linear10k', true)),
  addsLittle('many sentences: a source adds little, linear', gain('linear10k')),
  addsLittle('many sentences: a source adds little, neural', gain('neural10k')),
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
  return {
    head: ['claim', 'paper', 'rows of the paper', 'here', 'rows here', 'holds here'],
    rows: claims.map((claim) => {
      const [there, here] = [paperRows, rows].map((all) => claim.differences(all));
      return [claim.name, ...summary(claim, there), ...summary(claim, here), verdict(claim, here)];
    }),
    numbersFrom: 1,
  };
}

/** The rows in which a claim holds. */
const holding = ({ says }: Claim, differences: readonly number[]): number =>
  differences.filter((difference) => (says === 'above' ? difference > 0 : Math.abs(difference) < little))
    .length;

const summary = (claim: Claim, differences: readonly number[]): string[] =>
  differences.length === 0
    ? ['–', '–']
    : [points(mean(differences)), `${holding(claim, differences)} of ${differences.length}`];

/** A mean says nothing of every row: one large gain hides many small losses. */
function verdict(claim: Claim, differences: readonly number[]): string {
  const all = differences.length;
  if (all === 0) return '–';
  if (claim.says === 'little') return Math.abs(mean(differences)) < little ? 'yes' : 'no';
  const rows = holding(claim, differences);
  if (rows === all) return 'yes';
  return 2 * rows > all ? `in ${rows} of ${all}` : 'no';
}

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;
