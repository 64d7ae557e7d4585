import type { Grid } from '../grid/schema.js';
import type { ReportSection } from '../grid/report-schema.js';
import type { RunRecord } from '../run/record.js';
import { ablationSection } from './ablation.js';
import { barsSection } from './bars.js';
import { cellsOf, splitOf, type Cell, type Split } from './cells.js';
import { crossoverSection } from './crossover.js';
import { curveSection } from './curve.js';
import { efficiencySection } from './efficiency.js';
import { paperSection } from './paper.js';
import { relatednessSection } from './relatedness.js';
import type { Report, Section } from './report.js';
import { scoresSection } from './scores.js';
import { significanceSection } from './significance.js';

export interface ReportOptions {
  /** Runs that the grid has beside the records. Records without the scores that are shown count as such, too. */
  readonly missing?: number | undefined;
  /** Default: the test set if every run has read it, else the development corpus. */
  readonly split?: Split | undefined;
}

/** Makes the report that a grid asks for of its finished runs. */
export function makeReport(grid: Grid, records: readonly RunRecord[], options: ReportOptions = {}): Report {
  const split = options.split ?? splitOf(records);
  const judged = records.filter((record) => record[split] !== undefined);
  const cells = cellsOf(judged);
  return {
    title: grid.title,
    answers: grid.answers
      .trim()
      .split(/\n\s*\n/u)
      .map((paragraph) => paragraph.replaceAll(/\s*\n\s*/gu, ' '))
      .join('\n\n'),
    facts: factsOf(grid, judged, split, (options.missing ?? 0) + records.length - judged.length),
    sections: cells.length === 0 ? [] : grid.report.map((section) => sectionOf(section, cells, split)),
  };
}

function sectionOf(wanted: ReportSection, cells: readonly Cell[], split: Split): Section {
  const made = build(wanted, cells, split);
  return {
    ...made,
    title: wanted.title ?? made.title,
    text: [...(wanted.text === undefined ? [] : [wanted.text]), ...made.text],
  };
}

function build(wanted: ReportSection, cells: readonly Cell[], split: Split): Section {
  switch (wanted.kind) {
    case 'scores':
      return scoresSection(cells, split);
    case 'paper':
      return paperSection(cells, split, wanted);
    case 'curve':
      return curveSection(cells, split, wanted.x);
    case 'crossover':
      return crossoverSection(cells, split, wanted);
    case 'bars':
      return barsSection(cells, split, wanted.by);
    case 'ablation':
      return ablationSection(cells, split, wanted);
    case 'relatedness':
      return relatednessSection(cells, split);
    case 'efficiency':
      return efficiencySection(cells, split);
    case 'significance':
      return significanceSection(cells, split, wanted);
  }
}

function factsOf(grid: Grid, records: readonly RunRecord[], split: Split, missing: number): string[] {
  const several = (values: readonly (string | number)[]): string =>
    [...new Set(values)].sort((a, b) => (a < b ? -1 : 1)).join(', ');
  const days = records.map(({ date }) => date.slice(0, 10)).sort();
  const [first] = records as readonly (RunRecord | undefined)[];
  return [
    `Grid ${grid.name}: ${records.length} ${records.length === 1 ? 'run' : 'runs'}${missing > 0 ? `; ${missing} more are not finished` : ''}.`,
    ...(first === undefined
      ? []
      : [
          `Corpora: ${several(records.map(({ setting }) => setting.data))}; scores on the ${split === 'test' ? 'test sets' : 'development sets'}.`,
          `Seeds ${several(records.map(({ setting }) => setting.seed))}; draws ${several(records.map(({ setting }) => setting.draw))} (0 = the first sentences of the training corpus).`,
          `Run ${days[0] === days.at(-1) ? `on ${days[0]}` : `from ${days[0]} to ${String(days.at(-1))}`} with Node ${several(records.map(({ versions }) => versions.node))}, @cognate/experiments ${several(records.map(({ versions }) => versions['@cognate/experiments']))}.`,
        ]),
    ...(Object.keys(grid.limits).length === 0
      ? []
      : [
          `Sentences at most: ${Object.entries(grid.limits)
            .map(([corpus, limit]) => `${corpus} ${limit}`)
            .join(', ')}.`,
        ]),
  ];
}
