import { languageDistances } from '../relatedness/distances.js';
import { spearman } from '../relatedness/spearman.js';
import { spread } from '../summary.js';
import { alike } from './alike.js';
import { f1Of, pairName, type Cell, type Split } from './cells.js';
import { detailsOf } from './details.js';
import { pointFigure, type PointRow } from './figures.js';
import type { Section } from './report.js';
import { points, probability, short, spreadText, type ReportTable } from './table.js';

/** A target with one source: what the source brings, and how near it is. */
interface Pair {
  readonly cell: Cell;
  /** The recipe, and what else tells settings of the pair apart. */
  readonly series: string;
  readonly alone: Cell;
  readonly gain: number;
  readonly measures: Readonly<Record<string, number | undefined>>;
}

const measureNames = [
  'family tree',
  'WALS',
  'km',
  'characters',
  'vocabulary',
  'entities',
  'script',
  'source sentences',
] as const;

/** Without sources there is nothing of them to choose. */
const ofSources = ['sources', 'sourceSize', 'mu'] as const;

/** The gain of each source for each target beside measures of nearness; correlations; what one script for all changes. */
export function relatednessSection(cells: readonly Cell[], split: Split): Section {
  const details = detailsOf(
    cells.filter(({ sources }) => sources.length === 1),
    ['script'],
  );
  const pairs = cells.flatMap((cell): Pair[] => {
    const alone = cells.find((other) => other.sources.length === 0 && alike(other, cell, ofSources));
    if (cell.sources.length !== 1 || !alone) return [];
    const gain = f1Of(cell, split).mean - f1Of(alone, split).mean;
    const series = [cell.recipe, ...details(cell)].join(', ');
    return [{ cell, series, alone, gain, measures: measuresOf(cell) }];
  });
  const original = pairs.filter(({ cell }) => cell.script === 'original');
  const scripts = scriptTable(pairs, split);
  return {
    title: 'What a source brings, and how near it is',
    text: [
      `Gain = F1 (${split}) with the source minus F1 without, in points. Established measures: edges in Glottolog's family tree; share of word-order features of WALS (81A, 85A, 86A, 87A) that differ, where Portuguese stands for Galician and West Frisian for Saterland Frisian; great-circle kilometres between Glottolog's places. From the corpora, on all training sentences of the target: cosine of character n-grams (1 to 3); share of the target's words that the source has; share of its entity mentions that the source has; share of its words in the source's script.`,
      'Correlations are Spearman’s, with p by permutation; a distance that matters has a negative one. The pairs share targets and differ in annotation and in size of the source, so that p says less than it seems to. "constant": the measure is the same for all of these pairs, so that nothing follows from it; "–": it is known of fewer than three, or the gains are all the same.',
    ],
    tables: [
      gainTable(pairs, split),
      correlationTable(original),
      ...(scripts.rows.length > 0 ? [scripts] : []),
    ],
    figures: [
      pointFigure(
        'gain-over-nearness',
        `Gain of a source (${split}) over how near it is`,
        'gain, points',
        pointRows(original),
      ),
    ],
  };
}

function measuresOf({ records, language, sources: [source] }: Cell): Pair['measures'] {
  const { family, wals, kilometres } = languageDistances(language, source);
  const nearness = records.flatMap((record) => record.nearness?.[source] ?? []);
  const mean = (value: (one: (typeof nearness)[number]) => number): number | undefined =>
    nearness.length === 0 ? undefined : spread(nearness.map(value)).mean;
  return {
    'family tree': family,
    WALS: wals,
    km: kilometres,
    characters: mean(({ characters }) => characters),
    vocabulary: mean(({ vocabulary }) => vocabulary),
    entities: mean(({ entities }) => entities),
    script: mean(({ script }) => script),
    'source sentences': records[0].trainedOn[source].sentences,
  };
}

function gainTable(pairs: readonly Pair[], split: Split): ReportTable {
  return {
    head: ['pair', 'recipe', 'script', 'alone', 'with source', 'gain', ...measureNames],
    rows: pairs.map(({ cell, series, alone, gain, measures }) => [
      ...[pairName(cell), series, cell.script],
      ...[spreadText(f1Of(alone, split)), spreadText(f1Of(cell, split)), points(gain)],
      ...measureNames.map((name) => short(measures[name])),
    ]),
    numbersFrom: 3,
  };
}

/** Over all pairs, and within each target that has three sources or more. */
function correlationTable(pairs: readonly Pair[]): ReportTable {
  const recipes = [...new Set(pairs.map(({ series }) => series))];
  const groups = recipes.flatMap((recipe) => {
    const own = pairs.filter(({ series }) => series === recipe);
    const targets = [...new Set(own.map(({ cell }) => cell.target))];
    return [
      { recipe, among: 'all pairs', own },
      ...targets
        .map((target) => ({ recipe, among: target, own: own.filter(({ cell }) => cell.target === target) }))
        .filter((group) => group.own.length > 2 && group.own.length < own.length),
    ];
  });
  const rows = groups
    .filter(({ own }) => own.length > 2)
    .flatMap(({ recipe, among, own }) =>
      measureNames.map((name) => {
        const known = own.flatMap(({ gain, measures: { [name]: value } }) =>
          value === undefined ? [] : [{ gain, value }],
        );
        return [recipe, among, name, String(known.length), ...correlation(known)];
      }),
    );
  return { head: ['recipe', 'among', 'gain and', 'pairs', 'ρ', 'p'], rows, numbersFrom: 3 };
}

/** ρ and p. A measure that is the same for all pairs has neither, which is a finding of its own: the row stays. */
function correlation(known: readonly { readonly gain: number; readonly value: number }[]): [string, string] {
  const values = known.map(({ value }) => value);
  const { rho, pValue } = spearman(
    values,
    known.map(({ gain }) => gain),
  );
  if (!Number.isNaN(rho)) return [rho.toFixed(2).replace('-', '−'), probability(pValue)];
  return [known.length > 2 && new Set(values).size === 1 ? 'constant' : '–', '–'];
}

/** Gains of the pairs that were run in both scripts. */
function scriptTable(pairs: readonly Pair[], split: Split): ReportTable {
  const rows = pairs
    .filter(({ cell }) => cell.script !== 'original')
    .flatMap((latin) => {
      const plain = pairs.find(
        ({ cell }) => cell.script === 'original' && alike(cell, latin.cell, ['script']),
      );
      if (!plain) return [];
      return [
        [
          ...[pairName(latin.cell), latin.series],
          ...[spreadText(f1Of(plain.alone, split)), points(plain.gain)],
          ...[spreadText(f1Of(latin.alone, split)), points(latin.gain)],
          ...[short(plain.measures.vocabulary), short(latin.measures.vocabulary)],
          points(f1Of(latin.cell, split).mean - f1Of(plain.cell, split).mean),
        ],
      ];
    });
  return {
    head: [
      ...['pair', 'recipe', 'alone', 'gain', 'alone in Latin script', 'gain in Latin script'],
      ...['vocabulary', 'vocabulary in Latin script', 'with source: Latin against own script'],
    ],
    rows,
    numbersFrom: 2,
  };
}

const pointRows = (pairs: readonly Pair[]): PointRow[] =>
  measureNames.flatMap((facet) =>
    pairs.flatMap(({ cell, series, gain, measures: { [facet]: x } }) =>
      x === undefined
        ? []
        : [{ facet, series, label: `${cell.target}←${cell.sources[0]}`, x, y: 100 * gain }],
    ),
  );
