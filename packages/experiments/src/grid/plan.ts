import { targetPool } from '../data/draw.js';
import {
  partName,
  type CorpusPart,
  type ExperimentData,
  type ExperimentTarget,
} from '../data/experiment-data.js';
import { readRecipe, RecipeError, type Recipe } from '../recipe.js';
import { GridError } from './errors.js';
import { withSettings } from './put.js';
import type { Grid, GridBlock, GridRule, Settings } from './schema.js';
import {
  canonicalJson,
  isAxisValue,
  isRandom,
  type PlannedRun,
  type RunSetting,
  type Script,
} from './setting.js';
import { readSharing } from './sharing.js';

/** A configuration by its name, as plain data that `readRecipe` takes: whatever a grid's recipe is `from`. */
export type LoadConfig = (name: string) => unknown;

/** Only runs with one of these values: of all targets, recipes, ... where a field is not given. */
export interface PlanFilter {
  readonly target?: readonly string[] | undefined;
  readonly recipe?: readonly string[] | undefined;
  readonly size?: readonly string[] | undefined;
  /** Codes joined by `+`, in any order; `none` for runs without sources. */
  readonly sources?: readonly string[] | undefined;
  readonly script?: readonly string[] | undefined;
  /** `as it is` for runs without a variant or a setting of sharing; `none` too where the grid has no value of this name. */
  readonly variant?: readonly string[] | undefined;
  readonly sharing?: readonly string[] | undefined;
  readonly seed?: readonly string[] | undefined;
  readonly draw?: readonly string[] | undefined;
  /** `true` or `false`. */
  readonly unlabelled?: readonly string[] | undefined;
}

export interface PlanOptions {
  readonly grid: Grid;
  readonly data: ExperimentData;
  /** Default: the kinds of models, `linear` and `neural`, as they are without settings. */
  readonly loadConfig?: LoadConfig | undefined;
  readonly only?: PlanFilter | undefined;
  /** Threads of a neural training. They are part of the setting: sums in another order are other sums. Default 1. */
  readonly threads?: number | undefined;
}

const kindsOnly: LoadConfig = (model) => ({ model });

/**
 * The runs of a grid, each once, in the order of its blocks: target by target within a block, so that something can be seen early.
 *
 * @throws GridError for targets, sources or configurations that are not there, and where a setting makes a recipe wrong
 */
export async function planGrid({
  grid,
  data,
  loadConfig = kindsOnly,
  only = {},
  threads = 1,
}: PlanOptions): Promise<PlannedRun[]> {
  const targets = await data.targets();
  const shapes = new Shapes(data, grid);
  const recipes = new Map(
    Object.keys(grid.recipes)
      .filter((name) => wanted(only.recipe, name))
      .map((name) => [name, baseRecipe(grid, name, loadConfig)]),
  );
  const runs = new Map<string, PlannedRun>();
  for (const block of grid.runs) {
    for (const target of chosenTargets(block, targets, data.name, only)) {
      const total = await shapes.total(target);
      for (const choice of choices(block, grid, target, total)) {
        const base = recipes.get(choice.recipe);
        if (!base) continue;
        const planned = await makeRun(grid, target, total, choice, base, shapes, threads);
        if (!passes(planned, only, grid)) continue;
        const key = canonicalJson(planned.setting);
        if (!runs.has(key)) runs.set(key, planned);
      }
    }
  }
  return [...runs.values()];
}

/** What distinguishes a run within a target. */
interface Choice {
  readonly sources: readonly string[];
  readonly size: number | 'full';
  readonly sourceSize: number | 'full';
  readonly recipe: string;
  readonly mu: number | undefined;
  readonly sharing: string | undefined;
  readonly script: Script;
  readonly variant: string | undefined;
  readonly unlabelled: boolean;
  readonly seed: number;
  readonly draw: number;
}

function* choices(block: GridBlock, grid: Grid, target: ExperimentTarget, total: number): Iterable<Choice> {
  const sets = block.sources.flatMap((choice) => sourceSets(choice, target));
  for (const size of block.sizes)
    for (const sources of sets)
      for (const sourceSize of sources.length > 0 ? block.sourceSizes : (['full'] as const))
        for (const recipe of block.recipes)
          for (const mu of sources.length > 0 ? (block.mu ?? [undefined]) : [undefined])
            for (const sharing of block.sharing ?? [undefined])
              for (const script of block.scripts)
                for (const variant of block.variants ?? [undefined])
                  for (const unlabelled of block.unlabelled)
                    // All sentences are one draw only.
                    for (const draw of size === 'full' || size >= total ? [0] : (block.draws ?? grid.draws))
                      for (const seed of block.seeds ?? grid.seeds)
                        yield {
                          sources,
                          size,
                          sourceSize,
                          recipe,
                          mu,
                          sharing,
                          script,
                          variant,
                          unlabelled,
                          seed,
                          draw,
                        };
}

function sourceSets(choice: GridBlock['sources'][number], target: ExperimentTarget): (readonly string[])[] {
  if (choice === 'none') return [[]];
  if (choice === 'each') return target.sources.map((code) => [code]);
  if (choice === 'all') return target.sources.length > 0 ? [target.sources] : [];
  const missing = choice.find((code) => !target.sources.includes(code));
  if (missing !== undefined)
    throw new GridError(
      `runs: expected sources of ${target.name} among ${target.sources.join(', ') || 'none'}, got ${missing}`,
    );
  return [choice];
}

function chosenTargets(
  block: GridBlock,
  targets: readonly ExperimentTarget[],
  data: string,
  only: PlanFilter,
): ExperimentTarget[] {
  const names = targets.map(({ name }) => name);
  const asked = (block.targets === 'all' ? names : block.targets).filter((name) => wanted(only.target, name));
  return asked.map((name) => {
    const found = targets.find((target) => target.name === name);
    if (found) return found;
    const there = asked.filter((one) => names.includes(one));
    const hint = there.length > 0 ? `; "only" can leave it out: target=${there.join(',')}` : '';
    throw new GridError(
      `runs: expected targets among those of ${data}, ${names.join(', ') || 'none'}, got ${name}${hint}`,
    );
  });
}

const wanted = (list: readonly string[] | undefined, value: string): boolean =>
  list === undefined || list.includes(value);

/** Codes joined by `+` in the order of the alphabet. */
const inOrder = (codes: string): string => codes.split('+').sort().join('+');

function passes({ setting, sizeName }: PlannedRun, only: PlanFilter, grid: Grid): boolean {
  const onAxis = (field: 'variant' | 'sharing', known: readonly string[]): boolean => {
    const asked = only[field];
    return asked === undefined || isAxisValue(setting[field], asked, known);
  };
  return (
    wanted(only.size, sizeName) &&
    wanted(only.sources?.map(inOrder), inOrder(setting.sources.join('+')) || 'none') &&
    wanted(only.script, setting.script) &&
    onAxis('variant', Object.keys(grid.variants)) &&
    onAxis(
      'sharing',
      grid.runs.flatMap(({ sharing = [] }) => sharing),
    ) &&
    wanted(only.seed, String(setting.seed)) &&
    wanted(only.draw, String(setting.draw)) &&
    wanted(only.unlabelled, String(setting.unlabelled === true))
  );
}

/** A recipe of the grid before rules and axes: not completed yet, so that rules see what was written. */
function baseRecipe(grid: Grid, name: string, loadConfig: LoadConfig): Record<string, unknown> {
  const given = grid.recipes[name];
  const { from, set } = typeof given === 'string' ? { from: given, set: {} } : given;
  const config = loadConfig(from);
  if (typeof config !== 'object' || config === null)
    throw new GridError(
      `recipes.${name}: expected a configuration, got ${JSON.stringify(config)} from ${from}`,
    );
  return withSettings(config as Record<string, unknown>, set);
}

async function makeRun(
  grid: Grid,
  target: ExperimentTarget,
  total: number,
  choice: Choice,
  base: Record<string, unknown>,
  shapes: Shapes,
  threads: number,
): Promise<PlannedRun> {
  const { sources, recipe, script, sharing, variant, draw, seed } = choice;
  const size = choice.size === 'full' ? total : Math.min(choice.size, total);
  const where = `recipes.${recipe}`;
  let value = base;
  for (const { when, set } of grid.rules)
    if (applies(when, target, choice, size, total, base)) value = withSettings(value, set);
  if (variant !== undefined) value = withSettings(value, grid.variants[variant]);
  if (sharing !== undefined) value = inEach(value, (part) => sharingSettings(sharing, part, where));
  const { mu } = choice;
  if (mu !== undefined) value = inEach(value, (part) => muSettings(mu, part, where));
  const training = completed(value, where);
  const setting: RunSetting = {
    data: shapes.data.name,
    digests: {
      ...(await shapes.digests(target, sources)),
      ...(draw === 0 && size < total && (await shapes.namedDigest(target, size))),
    },
    limits: grid.limits,
    target: target.name,
    language: target.language,
    sources,
    size,
    of: total,
    sourceSize: choice.sourceSize,
    script,
    recipe,
    training,
    ...(sharing !== undefined && { sharing }),
    ...(variant !== undefined && { variant }),
    ...(choice.unlabelled && size < total && { unlabelled: true }),
    // L-BFGS has nothing random: one seed stands for all.
    seed: isRandom(training) ? seed : 1,
    draw,
    threads: isRandom(training) ? threads : 1,
  };
  // Where a hundred sentences are all, tables call them a hundred.
  const isFull =
    (choice.size === 'full' || choice.size > total) && !grid.runs.some(({ sizes }) => sizes.includes(total));
  return { setting, sizeName: isFull ? 'full' : String(size), measures: grid.measures && sources.length > 0 };
}

function completed(value: Record<string, unknown>, where: string): Recipe {
  try {
    return readRecipe(value);
  } catch (error) {
    if (!(error instanceof RecipeError)) throw error;
    throw new GridError(`${where}: ${error.message}`, { cause: error });
  }
}

function applies(
  when: GridRule['when'],
  target: ExperimentTarget,
  choice: Choice,
  size: number,
  total: number,
  base: Record<string, unknown>,
): boolean {
  const fits = (rule: unknown, ...values: unknown[]): boolean =>
    rule === undefined || (Array.isArray(rule) ? rule : [rule]).some((one) => values.includes(one));
  return (
    fits(when.target, target.name) &&
    fits(when.size, size, ...(size === total ? ['full'] : [])) &&
    fits(when.recipe, choice.recipe) &&
    fits(when.model, base.model) &&
    fits(when.transfer, choice.sources.length > 0)
  );
}

/** Settings of a recipe, or of each member of an ensemble. */
function inEach(
  value: Record<string, unknown>,
  settings: (recipe: Record<string, unknown>) => Settings,
): Record<string, unknown> {
  const { model, members } = value;
  if (model !== 'ensemble' || !Array.isArray(members)) return withSettings(value, settings(value));
  return {
    ...value,
    members: (members as { readonly recipe?: Record<string, unknown> }[]).map((member) =>
      member.recipe === undefined
        ? member
        : { ...member, recipe: withSettings(member.recipe, settings(member.recipe)) },
    ),
  };
}

function sharingSettings(name: string, { model }: Record<string, unknown>, where: string): Settings {
  if (model === 'linear')
    throw new GridError(`${where}: a linear model has no parts to share, got sharing ${name}`);
  return Object.fromEntries(
    Object.entries(readSharing(name)).map(([part, shared]) => [`network.share.${part}`, shared]),
  );
}

/** μ of a recipe; in a linear one, which weighs no sentences, μ = 1/k is a target that is repeated k times. */
function muSettings(mu: number, { model }: Record<string, unknown>, where: string): Settings {
  if (model !== 'linear') return { 'training.mu': mu };
  const repeat = Math.round(1 / mu);
  if (mu > 0 && Math.abs(1 / mu - repeat) < 1e-6 * repeat) return { targetRepeat: repeat };
  throw new GridError(
    `${where}: a linear model weighs its sources by repeating the target k times: expected μ as 1/k (1, 0.5, 0.2, ...), got ${mu}`,
  );
}

/** Sizes and digests of corpora, each found out once. */
class Shapes {
  readonly #totals = new Map<string, Promise<number>>();
  readonly #digests = new Map<string, Promise<string>>();
  readonly #named = new Map<string, Promise<string | undefined>>();

  constructor(
    readonly data: ExperimentData,
    readonly grid: Grid,
  ) {}

  /** Sentences of the target that there are to draw from. */
  total(target: ExperimentTarget): Promise<number> {
    return once(this.#totals, target.name, async () => {
      const pool = await targetPool(this.data, target, this.grid.limits.full);
      if (pool.length === 0) throw new GridError(`${target.name}: expected sentences to train on, got none`);
      return pool.length;
    });
  }

  /** Of the sentences of draw 0, where they are others than the first. */
  async namedDigest(target: ExperimentTarget, size: number): Promise<Record<string, string>> {
    const name = `train-${size}`;
    const digest = await once(this.#named, `${target.name} ${name}`, async () =>
      this.data.namedDigest?.(target, size),
    );
    return digest === undefined ? {} : { [name]: digest };
  }

  async digests(target: ExperimentTarget, sources: readonly string[]): Promise<Record<string, string>> {
    const parts: CorpusPart[] = ['train', 'dev', ...sources.map((source) => ({ source }))];
    return Object.fromEntries(
      await Promise.all(
        parts.map(async (part) => {
          const name = partName(part);
          const digest = await once(this.#digests, `${target.name} ${name}`, () =>
            this.data.digest(target, part),
          );
          return [name, digest] as const;
        }),
      ),
    );
  }
}

function once<T>(known: Map<string, Promise<T>>, key: string, find: () => Promise<T>): Promise<T> {
  const found = known.get(key) ?? find();
  known.set(key, found);
  return found;
}
