import { approximateRandomisation, pairedBootstrap } from '@cognate/eval';
import { isAxisValue } from '../grid/setting.js';
import type { RunRecord } from '../run/record.js';
import { alike } from './alike.js';
import { pairName, type Cell, type Split } from './cells.js';
import { detailsOf } from './details.js';
import type { Section } from './report.js';
import { percent, points, probability, type ReportTable } from './table.js';

/** Which of two settings a comparison is about; fields that are not given are the same on both sides. */
export interface Side {
  readonly recipe?: string | undefined;
  readonly sharing?: string | undefined;
  readonly script?: string | undefined;
  readonly variant?: string | undefined;
  /** Whether there are sources. */
  readonly transfer?: boolean | undefined;
}

/** Two settings on the same sentences: F1 of all runs together, and how sure it is that they differ. */
export interface Comparison {
  readonly first: number;
  readonly second: number;
  readonly difference: number;
  /** 95 per cent of the bootstrap's differences. */
  readonly low: number;
  readonly high: number;
  readonly bootstrap: number;
  readonly randomisation: number;
}

const samples = 5_000;

/**
 * Compares two settings, several runs each, by their counts on the same sentences. A sentence is drawn, or exchanged, with what all
 * runs made of it: the runs of a setting are no independent data. Where one side has fewer runs, they count more often. F1 is
 * that of the runs' entities together.
 *
 * @returns undefined where the sides were not judged on the same sentences
 */
export function compareRuns(
  first: readonly RunRecord[],
  second: readonly RunRecord[],
  split: Split,
): Comparison | undefined {
  const sides = [first, second].map((side) => side.flatMap((record) => record[split]?.counts ?? undefined));
  if (sides.some((side) => side.length === 0)) return undefined;
  const [a, b] = [first, second].map((side) => side.map((record) => record[split]?.counts ?? []));
  const runs = (a.length * b.length) / greatestCommonDivisor(a.length, b.length);
  const golds = [...a, ...b].map((counts) => counts.filter((_, index) => index % 3 === 2).join());
  if (golds.some((gold) => gold !== golds[0])) return undefined;
  const sentences = a[0].length / 3;
  const gold: string[][] = [];
  const tags: [string[][], string[][]] = [[], []];
  for (let sentence = 0; sentence < sentences; sentence++) {
    const made = { gold: [] as string[], first: [] as string[], second: [] as string[] };
    for (let run = 0; run < runs; run++) addRun(made, a[run % a.length], b[run % b.length], 3 * sentence);
    gold.push(made.gold);
    tags[0].push(made.first);
    tags[1].push(made.second);
  }
  const options = { scheme: 'IOB2', samples } as const;
  const bootstrap = pairedBootstrap(gold, ...tags, options);
  return {
    first: bootstrap.first,
    second: bootstrap.second,
    difference: bootstrap.difference,
    low: bootstrap.interval.low,
    high: bootstrap.interval.high,
    bootstrap: bootstrap.pValue,
    randomisation: approximateRandomisation(gold, ...tags, options).pValue,
  };
}

interface Made {
  readonly gold: string[];
  readonly first: string[];
  readonly second: string[];
}

/** Adds tags that have the counts of a sentence: entities of one token each, first the gold ones, then the superfluous. */
function addRun(made: Made, a: readonly number[], b: readonly number[], at: number): void {
  const [correctA, predictedA, gold] = [a[at], a[at + 1], a[at + 2]];
  const [correctB, predictedB] = [b[at], b[at + 1]];
  const superfluous = Math.max(predictedA - correctA, predictedB - correctB);
  for (let entity = 0; entity < gold; entity++) {
    made.gold.push('B-X');
    made.first.push(entity < correctA ? 'B-X' : 'O');
    made.second.push(entity < correctB ? 'B-X' : 'O');
  }
  for (let entity = 0; entity < superfluous; entity++) {
    made.gold.push('O');
    made.first.push(entity < predictedA - correctA ? 'B-X' : 'O');
    made.second.push(entity < predictedB - correctB ? 'B-X' : 'O');
  }
}

const greatestCommonDivisor = (a: number, b: number): number =>
  b === 0 ? a : greatestCommonDivisor(b, a % b);

/** Every pair of settings of which one is the first side and the other the second, all else being the same. */
export function significanceSection(
  cells: readonly Cell[],
  split: Split,
  { first, second }: { readonly first: Side; readonly second: Side },
): Section {
  const fields = [...new Set([...sideFields(first), ...sideFields(second)])].flatMap((field) =>
    field === 'transfer' ? (['sources', 'sourceSize', 'mu'] as const) : field,
  );
  const pairs = cells
    .filter((cell) => isSide(cell, first, cells))
    .flatMap((one) =>
      cells
        .filter((cell) => isSide(cell, second, cells) && alike(one, cell, fields))
        .map((other) => [one, other] as const),
    );
  const details = detailsOf([...new Set(pairs.flat())], ['size']);
  const rows = pairs.flatMap(([one, other]) => {
    const compared = compareRuns(one.records, other.records, split);
    return compared ? [rowOf([one, other], details, compared)] : [];
  });
  const table: ReportTable = {
    head: [
      ...['first', 'second', 'runs', 'first F1', 'second F1'],
      ...['difference', '95 % of differences', 'p, bootstrap', 'p, randomisation'],
    ],
    rows,
    numbersFrom: 2,
  };
  return {
    title: `Significance: ${sideName(first)} against ${sideName(second)}`,
    text: [
      `Paired by sentence over all runs of both sides (${split} set): ${samples.toLocaleString('en')} samples of the paired bootstrap and of approximate randomisation, two-sided. F1 is that of the runs' entities together, so it may differ from the mean in the last digits. Not corrected for the number of comparisons.`,
    ],
    tables: [table],
    figures: [],
  };
}

const sideFields = (side: Side): (keyof Side)[] =>
  (Object.keys(side) as (keyof Side)[]).filter((field) => side[field] !== undefined);

/** `none` stands for settings without a field unless the field has a value of this name, as sharing has. */
const isSide = (cell: Cell, side: Side, cells: readonly Cell[]): boolean =>
  (side.transfer === undefined || cell.sources.length > 0 === side.transfer) &&
  (['recipe', 'sharing', 'script', 'variant'] as const).every(
    (field) =>
      side[field] === undefined ||
      isAxisValue(
        cell[field],
        [side[field]],
        cells.map((other) => other[field]),
      ),
  );

const sideName = (side: Side): string =>
  Object.entries(side)
    .filter(([, value]) => value !== undefined)
    .map(([field, value]) =>
      field === 'transfer' ? (value === true ? 'with sources' : 'alone') : String(value),
    )
    .join(', ');

function rowOf(
  sides: readonly [Cell, Cell],
  details: (cell: Cell) => string[],
  compared: Comparison,
): string[] {
  const name = (cell: Cell): string =>
    [pairName(cell), cell.sizeName, cell.recipe, ...details(cell)].join(', ');
  return [
    ...[...sides.map(name), sides.map(({ records }) => records.length).join(', ')],
    ...[percent(compared.first), percent(compared.second), points(compared.difference)],
    `${points(compared.low)} to ${points(compared.high)}`,
    ...[probability(compared.bootstrap), probability(compared.randomisation)],
  ];
}
