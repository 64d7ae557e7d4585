import type { CellField } from './alike.js';
import { pairName, type Cell } from './cells.js';
import { short } from './table.js';

type Detail = (cell: Cell) => string | undefined;

/** What names of settings say beside target, sources and recipe; undefined where it goes without saying. */
const fixed = {
  size: ({ sizeName }) => `${sizeName === 'full' ? 'all' : sizeName} sentences`,
  sharing: ({ sharing }) => sharing && `sharing ${sharing}`,
  variant: ({ variant }) => variant,
  script: ({ script }) => (script === 'original' ? undefined : `in ${script} script`),
  sourceSize: ({ sources, sourceSize }) =>
    sources.length === 0 || sourceSize === 'full' ? undefined : `${sourceSize} of each source`,
  mu: ({ mu }) => (mu === undefined ? undefined : `μ ${short(mu)}`),
  unlabelled: ({ unlabelled }) => (unlabelled ? 'with text without tags' : undefined),
  data: ({ data }) => data,
  limits: ({ limits }) => limitsText(limits) || 'no limits',
  threads: ({ threads }) =>
    threads === undefined ? undefined : `${threads} ${threads === 1 ? 'thread' : 'threads'}`,
} satisfies Record<string, Detail>;

/** What a grid chooses for a run, whatever its recipe: names tell it too where recipes or targets differ in it. */
const chosen: ReadonlySet<string> = new Set([
  'sharing',
  'variant',
  'script',
  'sourceSize',
  'unlabelled',
  'limits',
]);

/** `source at most 400, dev at most 200`. */
const limitsText = (limits: Cell['limits'] | undefined): string =>
  Object.entries(limits ?? {})
    .map(([corpus, limit]) => `${corpus} at most ${limit}`)
    .join(', ');

/** Corpora that changed are told apart by the first digits of their digests. */
const digestDetails = (cells: readonly Cell[]): Detail[] =>
  [...new Set(cells.flatMap(({ digests }) => Object.keys(digests)))].map(
    (part) =>
      ({ digests }) =>
        digests[part] && `${part} ${digests[part].slice(0, 7)}`,
  );

/**
 * Names what tells a setting from others of the same target, sources and recipe: only what differs somewhere, so that names are short. What
 * is `shown` elsewhere, as the x of a figure, and what differs with it, is left out.
 */
export function detailsOf(
  cells: readonly Cell[],
  shown: readonly CellField[] = [],
): (cell: Cell) => string[] {
  const same = (a: Cell, b: Cell): boolean =>
    a.target === b.target &&
    a.recipe === b.recipe &&
    a.sources.join() === b.sources.join() &&
    shown.every((field) => a[field] === b[field]);
  const groups: Cell[][] = [];
  for (const cell of cells) {
    const group = groups.find(([first]) => same(first, cell));
    if (group) group.push(cell);
    else groups.push([cell]);
  }
  const differs = (detail: Detail, among: readonly Cell[]): boolean => new Set(among.map(detail)).size > 1;
  const differsInGroup = (detail: Detail): boolean => groups.some((group) => differs(detail, group));
  const told: Detail[] = [
    ...Object.entries<Detail>(fixed)
      .filter(([name]) => !shown.some((field) => field === name))
      .filter(([name, detail]) => differsInGroup(detail) || (chosen.has(name) && differs(detail, cells)))
      .map(([, detail]) => detail),
    ...digestDetails(cells).filter(differsInGroup),
  ];
  return (cell) => told.flatMap((detail) => detail(cell) ?? []);
}

/** Names of settings in tables: `gl ← es, linear`, and what tells them apart. */
export function settingNames(
  cells: readonly Cell[],
  shown: readonly CellField[] = [],
): (cell: Cell) => string {
  const details = detailsOf(cells, shown);
  return (cell) => [pairName(cell), cell.recipe, ...details(cell)].join(', ');
}

/** What lines of a figure are called: the recipe, its sources unless they are no difference, and what tells it from others at the same x. */
export function seriesNames(
  cells: readonly Cell[],
  x: CellField,
  withSources = true,
): (cell: Cell) => string {
  const details = detailsOf(cells, [x]);
  return (cell) =>
    [
      withSources && cell.sources.length > 0 ? `${cell.recipe} + ${cell.sources.join(', ')}` : cell.recipe,
      ...details(cell),
    ].join(', ');
}
