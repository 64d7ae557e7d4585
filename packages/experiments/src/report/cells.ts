import { canonicalJson, muOf, type Script } from '../grid/setting.js';
import type { RunRecord } from '../run/record.js';
import { spread, type Spread } from '../summary.js';

/** Which corpus a report is about. */
export type Split = 'dev' | 'test';

/** Runs that differ in their seed and draw only. */
export interface Cell {
  readonly target: string;
  readonly language: string;
  readonly sources: readonly string[];
  readonly size: number;
  readonly sizeName: string;
  readonly sourceSize: number | 'full';
  readonly recipe: string;
  readonly model: string;
  readonly script: Script;
  readonly sharing: string | undefined;
  readonly variant: string | undefined;
  readonly mu: number | undefined;
  readonly unlabelled: boolean;
  readonly records: readonly RunRecord[];
}

/** Puts runs together, in the order in which their settings come first. */
export function cellsOf(records: readonly RunRecord[]): Cell[] {
  const groups = new Map<string, RunRecord[]>();
  for (const record of records) {
    const { target, sources, size, sourceSize, recipe, training, script, sharing, variant, unlabelled } =
      record.setting;
    const key = canonicalJson([
      target,
      sources,
      size,
      sourceSize,
      recipe,
      training,
      script,
      sharing,
      variant,
      unlabelled,
    ]);
    groups.set(key, [...(groups.get(key) ?? []), record]);
  }
  return [...groups.values()].map((group) => {
    const [{ setting, sizeName }] = group;
    const { target, language, sources, size, sourceSize, recipe, training, script, sharing, variant } =
      setting;
    return {
      ...{ target, language, sources, size, sizeName, sourceSize, recipe, script, sharing, variant },
      model: training.model,
      mu: muOf(setting),
      unlabelled: setting.unlabelled === true,
      records: group,
    };
  });
}

/** F1 over the runs of a cell. */
export function f1Of(cell: Pick<Cell, 'records'>, split: Split): Spread {
  return spread(cell.records.flatMap((record) => record[split]?.scores.f1 ?? []));
}

/** The test set where every run has read it, else the development corpus. */
export const splitOf = (records: readonly RunRecord[]): Split =>
  records.every(({ test }) => test !== undefined) ? 'test' : 'dev';

/** `gl ← es`, `gl –` without sources. */
export const pairName = ({ target, sources }: Pick<Cell, 'target' | 'sources'>): string =>
  sources.length === 0 ? `${target} –` : `${target} ← ${sources.join(', ')}`;

/** What a line of a figure is called: the recipe, and what else tells it from others. */
export function seriesName(cell: Cell, cells: readonly Cell[]): string {
  const several = (field: keyof Cell): boolean => new Set(cells.map((other) => other[field])).size > 1;
  return [
    cell.recipe,
    ...(cell.sources.length === 0 ? [] : [`+ ${cell.sources.join(', ')}`]),
    ...(several('sharing') && cell.sharing !== undefined ? [`sharing ${cell.sharing}`] : []),
    ...(several('variant') && cell.variant !== undefined ? [cell.variant] : []),
    ...(several('script') && cell.script !== 'original' ? [`in ${cell.script} script`] : []),
  ].join(' ');
}
