import { approximateRandomisation, pairedBootstrap, type PairedBootstrap } from '@cognate/eval';
import { isAxisValue } from '../grid/setting.js';
import type { RunRecord } from '../run/record.js';
import { alike } from './alike.js';
import { pairName, type Cell, type Split } from './cells.js';
import { detailsOf } from './details.js';
import type { Section } from './report.js';
import { bootstrapRuns } from './run-bootstrap.js';
import { drawnUnits, judgedRuns, onSameDraws, type JudgedRun } from './judged-runs.js';
import { tagsOf } from './made-tags.js';
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
  /** Runs of each side that were compared: those on draws of the target's sentences that both sides have. */
  readonly runs: readonly [number, number];
  /** The draws that these are of. */
  readonly draws: number;
  readonly first: number;
  readonly second: number;
  readonly difference: number;
  /** 95 per cent of the bootstrap's differences. */
  readonly low: number;
  readonly high: number;
  /** Over runs and sentences; of a side with one run over sentences alone, given that run. */
  readonly bootstrap: number;
  /** Over sentences, given these runs. */
  readonly randomisation: number;
}

const samples = 5_000;

/**
 * Compares two settings, several runs each, by their counts on the same sentences. F1 is that of the runs' entities together. The bootstrap draws runs
 * and sentences; of one run each it is the paired bootstrap over sentences. The randomisation exchanges sentences with what all runs made of them: where
 * one side has fewer runs, they count more often.
 *
 * @returns undefined where the sides were not judged on the same sentences, or were not trained on the same draws
 */
export function compareRuns(
  first: readonly RunRecord[],
  second: readonly RunRecord[],
  split: Split,
): Comparison | undefined {
  const [one, other] = onSameDraws(judgedRuns(first, split), judgedRuns(second, split));
  if (one.length === 0 || other.length === 0) return undefined;
  const [a, b] = [one, other].map((side) => side.map(({ counts }) => counts));
  const golds = [...a, ...b].map((counts) => counts.filter((_, index) => index % 3 === 2).join());
  if (golds.some((gold) => gold !== golds[0])) return undefined;
  const { gold, tags } = tagsOf(a, b);
  const options = { scheme: 'IOB2', samples } as const;
  const randomisation = approximateRandomisation(gold, ...tags, options);
  return {
    runs: [a.length, b.length],
    draws: new Set(one.map(({ draw }) => draw)).size,
    first: randomisation.first,
    second: randomisation.second,
    difference: randomisation.difference,
    ...(a.length === 1 && b.length === 1
      ? overSentences(pairedBootstrap(gold, ...tags, options))
      : overRuns(one, other)),
    randomisation: randomisation.pValue,
  };
}

type Sureness = Pick<Comparison, 'low' | 'high' | 'bootstrap'>;

const overSentences = ({ interval: { low, high }, pValue }: PairedBootstrap): Sureness => ({
  ...{ low, high },
  bootstrap: pValue,
});

function overRuns(one: readonly JudgedRun[], other: readonly JudgedRun[]): Sureness {
  const { low, high, pValue } = bootstrapRuns(...drawnUnits(one, other), samples);
  return { low, high, bootstrap: pValue };
}

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
  const compared = pairs.flatMap((sides) => {
    const comparison = compareRuns(sides[0].records, sides[1].records, split);
    return comparison ? [{ sides, comparison }] : [];
  });
  const rows = compared.map(({ sides, comparison }) => rowOf(sides, details, comparison));
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
    text: [howTested(split), ...notes(compared, pairs.length - compared.length)],
    tables: [table],
    figures: [],
  };
}

const howTested = (split: Split): string =>
  `Paired by sentence (${split} set), two-sided, ${samples.toLocaleString('en')} samples each. The bootstrap draws the runs of each side anew, n - 1 of n and in pairs where both sides have the same seeds, and then the sentences: its p is for the settings, over seeds and sentences. Approximate randomisation exchanges sentences with what all runs made of them: its p is for the sentences alone, given these runs. F1 is that of the runs' entities together, so it may differ from the mean in the last digits. Not corrected for the number of comparisons.`;

/** What is otherwise in these comparisons than the text says of all. */
function notes(
  compared: readonly { readonly sides: readonly [Cell, Cell]; readonly comparison: Comparison }[],
  left: number,
): string[] {
  const some = (what: (runs: number, side: Cell) => boolean): boolean =>
    compared.some(({ sides, comparison }) => comparison.runs.some((runs, side) => what(runs, sides[side])));
  const text = [
    ...(some((runs) => runs === 1)
      ? [
          'A side with one run has no other to draw: there, p is for the sentences alone as to this side, given that run.',
        ]
      : []),
    ...(compared.some(({ comparison }) => comparison.draws > 1)
      ? [
          'Where both sides have several draws of the target’s sentences, these are drawn, with all of their runs.',
        ]
      : []),
    ...(some((runs, { records }) => runs < records.length)
      ? [
          'Of a side with draws that the other does not have only the runs on common ones are compared; the number of runs is theirs.',
        ]
      : []),
    ...(left > 0
      ? [
          `${left === 1 ? 'One pair is' : `${left} pairs are`} left out: without a common draw, or judged on other sentences.`,
        ]
      : []),
  ].join(' ');
  return text === '' ? [] : [text];
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
    ...[...sides.map(name), compared.runs.join(', ')],
    ...[percent(compared.first), percent(compared.second), points(compared.difference)],
    `${points(compared.low)} to ${points(compared.high)}`,
    ...[probability(compared.bootstrap), probability(compared.randomisation)],
  ];
}
