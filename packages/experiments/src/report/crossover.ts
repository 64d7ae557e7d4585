import { canonicalJson } from '../grid/setting.js';
import { f1Of, type Cell, type Split } from './cells.js';
import type { Section } from './report.js';
import { points } from './table.js';

/** A curve's points by the number of sentences. */
type Points = ReadonlyMap<number, number>;

/**
 * Where the second curve passes the first for good: between the last size at which it is not above and the next, by interpolation of the difference
 * over the logarithm of the size. `before` and `after` the sizes that were measured where it lies outside.
 */
export function crossover(
  first: Points,
  second: Points,
): { readonly at: number } | { readonly outside: 'below' | 'above' } | undefined {
  const sizes = [...first.keys()].filter((size) => second.has(size)).sort((a, b) => a - b);
  if (sizes.length < 2) return undefined;
  const lead = (size: number): number => (second.get(size) ?? NaN) - (first.get(size) ?? NaN);
  const last = sizes.map((size) => lead(size) <= 0).lastIndexOf(true);
  if (last < 0) return { outside: 'below' };
  if (last === sizes.length - 1) return { outside: 'above' };
  const [a, b] = [sizes[last], sizes[last + 1]];
  const share = -lead(a) / (lead(b) - lead(a));
  return { at: Math.exp(Math.log(a) + share * (Math.log(b) - Math.log(a))) };
}

/** At how many sentences the second recipe passes the first, with each choice of sources. */
export function crossoverSection(
  cells: readonly Cell[],
  split: Split,
  { first, second }: { readonly first: string; readonly second: string },
): Section {
  const groups = new Map<string, { cell: Cell; curves: Record<string, Map<number, number>> }>();
  for (const cell of cells) {
    if (cell.recipe !== first && cell.recipe !== second) continue;
    const { target, sources, sourceSize, script, sharing, variant, unlabelled } = cell;
    const key = canonicalJson([target, sources, sourceSize, script, sharing, variant, unlabelled]);
    const group = groups.get(key) ?? { cell, curves: { [first]: new Map(), [second]: new Map() } };
    group.curves[cell.recipe].set(cell.size, f1Of(cell, split).mean);
    groups.set(key, group);
  }
  const rows = [...groups.values()].map(({ cell, curves }) => {
    const found = crossover(curves[first], curves[second]);
    const sizes = [...curves[first].keys()].filter((size) => curves[second].has(size)).sort((a, b) => a - b);
    const leadAt = (size: number | undefined): string =>
      size === undefined ? '–' : points((curves[second].get(size) ?? NaN) - (curves[first].get(size) ?? NaN));
    return [
      cell.target,
      [
        cell.sources.join(', ') || 'none',
        ...(cell.script === 'original' ? [] : [`${cell.script} script`]),
      ].join(', '),
      describe(found, sizes),
      leadAt(sizes[0]),
      leadAt(sizes.at(-1)),
    ];
  });
  return {
    title: `Where ${second} passes ${first}`,
    text: [
      'By interpolation between the sizes that were measured, over the logarithm of the size; from there on it stays ahead.',
    ],
    tables: [
      {
        head: ['target', 'sources', 'sentences', 'lead at the fewest', 'lead at the most'],
        rows,
        numbersFrom: 2,
      },
    ],
    figures: [],
  };
}

function describe(found: ReturnType<typeof crossover>, sizes: readonly number[]): string {
  if (!found) return '–';
  if ('at' in found) return `about ${Math.round(found.at)}`;
  return found.outside === 'below' ? `ahead from ${sizes[0]} on` : `not up to ${String(sizes.at(-1))}`;
}
