import type { Recipe } from '../recipe.js';
import type { GridLimits } from './schema.js';

export type Script = 'original' | 'Latin';

/** Everything that one run depends on: plain data. Equal settings give equal runs. */
export interface RunSetting {
  /** Which data set, as `samples`; what is in it, the digests tell. */
  readonly data: string;
  /** Digests of the corpora that are trained on and of the development corpus, by their names. */
  readonly digests: Readonly<Record<string, string>>;
  readonly limits: GridLimits;
  readonly target: string;
  readonly language: string;
  readonly sources: readonly string[];
  /** Sentences of the target, of how many. */
  readonly size: number;
  readonly of: number;
  /** Sentences of each source at most. */
  readonly sourceSize: number | 'full';
  readonly script: Script;
  /** The recipe's name in the grid, and the recipe. */
  readonly recipe: string;
  readonly training: Recipe;
  readonly sharing?: string | undefined;
  readonly variant?: string | undefined;
  /** Whether the rest of the target's sentences is given to the recipe without tags; absent = no. */
  readonly unlabelled?: true | undefined;
  readonly seed: number;
  readonly draw: number;
  readonly threads: number;
}

/** A run that a grid wants. */
export interface PlannedRun {
  readonly setting: RunSetting;
  /** Tables call the size so: `full`, or a number. */
  readonly sizeName: string;
  /** Whether nearness of the sources is to be measured. */
  readonly measures: boolean;
}

/** A value as JSON whose fields are in the order of the alphabet: equal values give equal texts. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)))
      : inner,
  );
}

/** A field of a recipe of any kind by its path; undefined where there is none. */
function fieldOf(recipe: Recipe, path: string): unknown {
  let value: unknown = recipe;
  for (const name of path.split('.')) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = (value as Record<string, unknown>)[name];
  }
  return value;
}

/**
 * μ of a run's sources where it has one value; undefined without sources. A linear recipe has no μ: a target that is repeated k
 * times weighs its sources by 1/k.
 */
export function muOf({ sources, training }: Pick<RunSetting, 'sources' | 'training'>): number | undefined {
  if (sources.length === 0) return undefined;
  const values = partsOf(training).map((recipe) => {
    if (recipe.model === 'linear') return 1 / Number(fieldOf(recipe, 'targetRepeat') ?? 1);
    return fieldOf(recipe, 'training.mu');
  });
  const [mu] = values;
  return typeof mu === 'number' && values.every((value) => value === mu) ? mu : undefined;
}

/** A recipe itself, or those of the members of an ensemble. */
const partsOf = (recipe: Recipe): Recipe[] =>
  recipe.model === 'ensemble' ? recipe.members.map((member) => member.recipe) : [recipe];

/** Whether chance has a part in a training. L-BFGS has nothing random. */
export const isRandom = (recipe: Recipe): boolean => partsOf(recipe).some(({ model }) => model !== 'linear');

/**
 * Whether a value of an axis that a setting may leave out, as its sharing, is one of the asked ones. Without a value it is `as it is`, and
 * `none` too unless one of the known values has this name: sharing `none` shares nothing, which is something else.
 */
export function isAxisValue(
  value: string | undefined,
  asked: readonly string[],
  known: readonly (string | undefined)[],
): boolean {
  if (value !== undefined) return asked.includes(value);
  return asked.includes('as it is') || (asked.includes('none') && !known.includes('none'));
}

/** A run in a few words: `gl + es, 100 sentences, linear, seed 1`. */
export function describeRun({ setting, sizeName }: Pick<PlannedRun, 'setting' | 'sizeName'>): string {
  const { target, sources, recipe, script, sharing, variant, seed, draw } = setting;
  const mu = muOf(setting);
  return [
    [target, ...sources].join(' + '),
    sizeName === 'full' ? `all ${setting.size} sentences` : `${sizeName} sentences`,
    recipe,
    ...(sharing === undefined ? [] : [`sharing ${sharing}`]),
    ...(variant === undefined ? [] : [variant]),
    ...(script === 'original' ? [] : [`${script} script`]),
    ...(setting.unlabelled === true ? ['the rest without tags'] : []),
    ...(mu === undefined || mu === 1 ? [] : [`μ ${Number(mu.toPrecision(3))}`]),
    `seed ${seed}`,
    ...(draw === 0 ? [] : [`draw ${draw}`]),
  ].join(', ');
}
