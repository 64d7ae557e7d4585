import { alike } from './alike.js';
import { f1Of, type Cell, type Split } from './cells.js';
import { detailsOf } from './details.js';
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
  const compared = cells.filter(({ recipe }) => recipe === first || recipe === second);
  const details = detailsOf(compared, ['size']);
  const rows = curvePairs(compared, first, second).map((pair) => {
    const curves = pair.map((line) => new Map(line.map((cell) => [cell.size, f1Of(cell, split).mean])));
    const [{ target, sources }] = pair.flat();
    const names = [...new Set(pair.flatMap((line) => line.slice(0, 1).flatMap(details)))];
    const found = crossover(curves[0], curves[1]);
    const sizes = [...curves[0].keys()].filter((size) => curves[1].has(size)).sort((a, b) => a - b);
    const leadAt = (size: number | undefined): string =>
      size === undefined ? '–' : points((curves[1].get(size) ?? NaN) - (curves[0].get(size) ?? NaN));
    return [
      target,
      [sources.join(', ') || 'none', ...names].join(', '),
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

/** The curves of the first recipe, each with one of the second that is the same in all else; a curve that has no partner, alone. */
function curvePairs(cells: readonly Cell[], first: string, second: string): [Cell[], Cell[]][] {
  const [own, others] = [first, second].map((recipe) =>
    curvesOf(cells.filter((cell) => cell.recipe === recipe)),
  );
  const fits = (a: readonly Cell[], b: readonly Cell[]): boolean =>
    a.every((one) => b.every((other) => alike(one, other, ['recipe', 'size'])));
  const pairs = own.flatMap((line): [Cell[], Cell[]][] => {
    const partners = others.filter((other) => fits(line, other));
    return partners.length > 0 ? partners.map((other) => [line, other]) : [[line, []]];
  });
  const met = new Set(pairs.map(([, other]) => other));
  return [
    ...pairs,
    ...others.filter((other) => !met.has(other)).map((other): [Cell[], Cell[]] => [[], other]),
  ];
}

/** Cells that differ in their size alone. */
function curvesOf(cells: readonly Cell[]): Cell[][] {
  const curves: Cell[][] = [];
  for (const cell of cells) {
    const curve = curves.find((line) => line.every((other) => alike(other, cell, ['size'])));
    if (curve) curve.push(cell);
    else curves.push([cell]);
  }
  return curves;
}

function describe(found: ReturnType<typeof crossover>, sizes: readonly number[]): string {
  if (!found) return '–';
  if ('at' in found) return `about ${Math.round(found.at)}`;
  return found.outside === 'below' ? `ahead from ${sizes[0]} on` : `not up to ${String(sizes.at(-1))}`;
}
