import { canonicalJson, isRandom, muOf, type Script } from '../grid/setting.js';
import type { GridLimits } from '../grid/schema.js';
import type { RunRecord } from '../run/record.js';
import { spread, type Spread } from '../summary.js';

/** Which corpus a report is about. */
export type Split = 'dev' | 'test';

/** Runs that differ in their seed and draw only. */
export interface Cell {
  readonly data: string;
  /** Of the corpora that the runs read; not of the sample that draw 0 may be, which other draws do not have. */
  readonly digests: Readonly<Record<string, string>>;
  readonly limits: GridLimits;
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
  /** Whether there are cells that differ from this one in μ alone. Else μ is what the recipe or the variant has. */
  readonly swept: boolean;
  readonly unlabelled: boolean;
  /** Undefined where nothing is random: there they change nothing. */
  readonly threads: number | undefined;
  readonly records: readonly RunRecord[];
}

/** Puts runs together, in the order in which their settings come first. Runs on other corpora, or on other parts of them, are no further seeds. */
export function cellsOf(records: readonly RunRecord[]): Cell[] {
  const samples = new Map<string, string>();
  const groups = grouped(records, ({ setting }) => {
    const digests = corpora(setting.digests);
    const key = canonicalJson({ ...setting, digests, seed: 0, draw: 0 });
    // Draws beside 0 have no sample with a name: they belong to the first that there is.
    const sample = sampleDigest(setting) ?? samples.get(key);
    if (sample !== undefined && !samples.has(key)) samples.set(key, sample);
    return sample === undefined || sample === samples.get(key) ? key : `${key} ${sample}`;
  });
  const cells = groups.map((group): Omit<Cell, 'swept'> => {
    const [{ setting, sizeName }] = group;
    const { data, limits, target, language, sources, size, sourceSize, recipe, training, script } = setting;
    const { sharing, variant, threads } = setting;
    return {
      ...{ data, digests: corpora(setting.digests), limits, target, language, sources, size, sizeName },
      ...{ sourceSize, recipe, script, sharing, variant },
      model: training.model,
      mu: muOf(setting),
      unlabelled: setting.unlabelled === true,
      threads: isRandom(training) ? threads : undefined,
      records: group,
    };
  });
  const sweeps = grouped(cells, (cell) => canonicalJson({ ...cell, mu: 0, records: [] }));
  const swept = new Set(sweeps.filter((sweep) => new Set(sweep.map(({ mu }) => mu)).size > 1).flat());
  return cells.map((cell) => ({ ...cell, swept: swept.has(cell) }));
}

function grouped<T>(values: readonly T[], keyOf: (value: T) => string): T[][] {
  const groups = new Map<string, T[]>();
  for (const value of values) {
    const key = keyOf(value);
    groups.set(key, [...(groups.get(key) ?? []), value]);
  }
  return [...groups.values()];
}

const isSample = (part: string): boolean => /^train-\d+$/u.test(part);

/** Digests without that of a sample with a name: draw 0 has it alone. Records of other origin may have none. */
const corpora = (digests: Readonly<Record<string, string>> | undefined): Record<string, string> =>
  Object.fromEntries(Object.entries(digests ?? {}).filter(([part]) => !isSample(part)));

/** What tells a sample of the target's sentences with a name from others of that name. */
export const sampleDigest = ({
  digests,
}: {
  readonly digests?: Readonly<Record<string, string>> | undefined;
}): string | undefined => Object.entries(digests ?? {}).find(([part]) => isSample(part))?.[1];

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
