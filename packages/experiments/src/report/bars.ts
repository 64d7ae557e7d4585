import { f1Of, pairName, type Cell, type Split } from './cells.js';
import { barFigure } from './figures.js';
import type { Section } from './report.js';

export type BarField = 'sharing' | 'sources' | 'variant' | 'script' | 'recipe';

/** F1 as bars, one for each value of a field. */
export function barsSection(cells: readonly Cell[], split: Split, by: BarField): Section {
  const value = (cell: Cell): string =>
    by === 'sources' ? cell.sources.join(' + ') || 'none' : (cell[by] ?? 'as it is');
  const rows = cells
    .filter((cell) => (by !== 'sharing' && by !== 'variant') || cell[by] !== undefined)
    .map((cell) => {
      const { mean, deviation = 0 } = f1Of(cell, split);
      return {
        facet: `${by === 'sources' ? cell.target : pairName(cell)}, ${cell.sizeName}`,
        bar: value(cell),
        series:
          by === 'recipe'
            ? cell.sources.length > 0
              ? 'with sources'
              : 'alone'
            : `${cell.recipe}${by === 'script' || cell.script === 'original' ? '' : ` in ${cell.script} script`}`,
        y: 100 * mean,
        deviation: 100 * deviation,
      };
    });
  return {
    title: `F1 by ${by}`,
    text: [],
    tables: [],
    figures: [
      barFigure(
        `f1-by-${by}`,
        `F1 (${split}) by ${by}; whiskers are one standard deviation`,
        'F1, per cent',
        rows,
      ),
    ],
  };
}
