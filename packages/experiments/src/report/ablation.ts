import { spread } from '../summary.js';
import { alike } from './alike.js';
import { f1Of, type Cell, type Split } from './cells.js';
import { settingNames } from './details.js';
import type { Section } from './report.js';
import { compareRuns } from './significance.js';
import { percent, points, probability, spreadText } from './table.js';

/** What each value of a field changes against one of them, in each setting and on the mean. */
export function ablationSection(
  cells: readonly Cell[],
  split: Split,
  { by, against }: { readonly by: 'sharing' | 'variant'; readonly against: string },
): Section {
  const value = (cell: Cell): string => cell[by] ?? 'as it is';
  const named = cells.filter((cell) => cell[by] !== undefined || value(cell) === against);
  const bases = named.filter((cell) => value(cell) === against);
  const baseOf = (cell: Cell): Cell | undefined =>
    bases.includes(cell) ? cell : bases.find((base) => alike(base, cell, [by]));
  const nameOf = settingNames(named, [by]);
  const values = [...new Set(named.map(value))];
  const rows = values.flatMap((one) => {
    const pairs = named
      .filter((cell) => value(cell) === one)
      .flatMap((cell) => {
        const base = baseOf(cell);
        return base ? [{ cell, base }] : [];
      });
    const differences = pairs.map(({ cell, base }) => f1Of(cell, split).mean - f1Of(base, split).mean);
    const summary =
      pairs.length > 1
        ? [
            [
              one,
              'mean',
              String(pairs.length),
              percent(spread(pairs.map(({ cell }) => f1Of(cell, split).mean)).mean),
              points(spread(differences).mean),
              '',
            ],
          ]
        : [];
    return [
      ...pairs.map(({ cell, base }, index) => {
        const p = cell === base ? undefined : compareRuns(cell.records, base.records, split)?.bootstrap;
        return [
          one,
          nameOf(cell),
          String(cell.records.length),
          spreadText(f1Of(cell, split)),
          cell === base ? '' : points(differences[index]),
          cell === base ? '' : probability(p),
        ];
      }),
      ...summary,
    ];
  });
  return {
    title: `What each ${by} changes against "${against}"`,
    text: [
      `F1 (${split}) in per cent, differences in points of the means over all runs; p by the bootstrap over the runs, of draws that both sides have, and over sentences: over sentences alone, given the run, of a side with one run.`,
    ],
    tables: [{ head: [by, 'setting', 'runs', 'F1', 'difference', 'p'], rows, numbersFrom: 2 }],
    figures: [],
  };
}
