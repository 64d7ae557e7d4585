import { f1Of, pairName, type Cell, type Split } from './cells.js';
import { detailsOf } from './details.js';
import { barFigure } from './figures.js';
import type { Section } from './report.js';

export type BarField = 'sharing' | 'sources' | 'variant' | 'script' | 'recipe';

/** F1 as bars, one for each value of a field; of recipes, one group of bars for each target. */
export function barsSection(cells: readonly Cell[], split: Split, by: BarField): Section {
  const shown = cells.filter((cell) => (by !== 'sharing' && by !== 'variant') || cell[by] !== undefined);
  const placed = shown.map(by === 'recipe' ? recipePlace(shown) : placeBy(shown, by));
  const rows = shown.map((cell, index) => {
    const { mean, deviation = 0 } = f1Of(cell, split);
    return { ...placed[index], y: 100 * mean, deviation: 100 * deviation };
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

interface Place {
  readonly facet: string;
  readonly bar: string;
  readonly series: string;
}

function placeBy(cells: readonly Cell[], by: Exclude<BarField, 'recipe'>): (cell: Cell) => Place {
  // Groups of bars say the size, and bars what they are for.
  const details = detailsOf(cells, by === 'sources' ? ['size', 'script'] : ['size', 'script', by]);
  return (cell) => {
    const { target, sources, sizeName, recipe, script } = cell;
    const scripts = by === 'script' || script === 'original' ? [] : [`${script} script`];
    return {
      facet: `${by === 'sources' ? target : pairName(cell)}, ${sizeName}`,
      bar: by === 'sources' ? sources.join(' + ') || 'none' : (cell[by] ?? 'as it is'),
      series: [[recipe, ...scripts].join(' in '), ...details(cell)].join(', '),
    };
  };
}

/** Recipes stand beside each other for each target, whatever sources each has, unless one has several sets of them. */
function recipePlace(cells: readonly Cell[]): (cell: Cell) => Place {
  const details = detailsOf(cells, ['size', 'unlabelled']);
  const series = (cell: Cell): string =>
    [
      cell.recipe,
      ...(cell.sources.length === 0 ? ['alone'] : []),
      ...(cell.unlabelled ? ['with text'] : []),
      ...details(cell),
    ].join(', ');
  const facet = ({ sizeName }: Cell): string => `${sizeName === 'full' ? 'all' : sizeName} sentences`;
  const places = cells.map((cell) => [facet(cell), cell.target, series(cell)].join());
  const several = new Set(places).size < places.length;
  return (cell) => ({
    facet: facet(cell),
    bar: several ? pairName(cell) : cell.target,
    series: series(cell),
  });
}
