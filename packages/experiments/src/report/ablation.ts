import { canonicalJson } from '../grid/setting.js';
import { spread } from '../summary.js';
import { f1Of, pairName, type Cell, type Split } from './cells.js';
import type { Section } from './report.js';
import { compareRuns } from './significance.js';
import { percent, points, probability, spreadText } from './table.js';

/** What each value of a field changes against one of them, in each setting and on the mean. */
export function ablationSection(
  cells: readonly Cell[],
  split: Split,
  { by, against }: { readonly by: 'sharing' | 'variant'; readonly against: string },
): Section {
  // All but the field that is compared, and μ, which some values of it set.
  const rest = (cell: Cell): string =>
    canonicalJson([
      ...[cell.target, cell.sources, cell.size, cell.sizeName, cell.recipe, cell.script, cell.sourceSize],
      ...[cell.unlabelled, by === 'sharing' ? cell.variant : cell.sharing],
    ]);
  const value = (cell: Cell): string => cell[by] ?? 'as it is';
  const named = cells.filter((cell) => cell[by] !== undefined || value(cell) === against);
  const bases = new Map(named.filter((cell) => value(cell) === against).map((cell) => [rest(cell), cell]));
  const values = [...new Set(named.map(value))];
  const rows = values.flatMap((one) => {
    const pairs = named
      .filter((cell) => value(cell) === one)
      .flatMap((cell) => {
        const base = bases.get(rest(cell));
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
          `${pairName(cell)}, ${cell.recipe}${cell.unlabelled ? ', with text without tags' : ''}`,
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
    text: [`F1 (${split}) in per cent, differences in points; p by the paired bootstrap over sentences.`],
    tables: [{ head: [by, 'setting', 'runs', 'F1', 'difference', 'p'], rows, numbersFrom: 2 }],
    figures: [],
  };
}
