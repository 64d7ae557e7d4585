import { z } from 'zod';
import { checkSchema, describeProblem } from '../schema/check-schema.js';
import { checkReport } from './check-report.js';
import { GridError } from './errors.js';
import { reportSection } from './report-schema.js';

const whole = (least: number) => z.int().min(least);
const list = <T extends z.ZodType>(item: T) => z.array(item).min(1);
const name = z.string().min(1).max(80);
const language = z.string().regex(/^[a-z]{2,3}(?:-[A-Za-z0-9]+)*$/u, 'expected the code of a language');

/** Fields of a recipe by their paths, as `training.epochs` or `members.0.weight`: what stands there instead; null = without the field. */
const settings = z.record(
  z.string().regex(/^[A-Za-z]\w*(?:\.\w+)*$/u, 'expected a path, as training.epochs'),
  z.json(),
);

const data = z.discriminatedUnion('kind', [
  /** A folder for each target: `train-full.bio`, `train-100.bio`, `dev.bio`, `test.bio`, `source-es.bio`. */
  z.strictObject({ kind: z.literal('folder'), folder: name.optional() }),
  /** The samples that are embedded in `@cognate/corpora`. */
  z.strictObject({ kind: z.literal('samples') }),
  /** A data set of the Hugging Face hub that has a configuration for each language, as WikiANN. */
  z.strictObject({
    kind: z.literal('hub'),
    repo: z.string().min(1),
    revision: z.string().min(1).default('main'),
    /** The sources of each target. */
    pairs: z
      .record(language, z.array(language))
      .refine((pairs) => Object.keys(pairs).length > 0, 'expected at least one target, got none'),
    splits: z
      .strictObject({
        train: name.default('train'),
        dev: name.default('validation'),
        test: name.default('test'),
      })
      .prefault({}),
  }),
]);

const sources = z.union([z.enum(['none', 'each', 'all']), list(language)]);
const size = z.union([z.literal('full'), whole(1)]);

/** Runs: every combination of what the fields list. */
const block = z.strictObject({
  targets: z.union([z.literal('all'), list(name)]).default('all'),
  /** `none`; `each` = one run for each source; `all` = one run with all; or the codes of those that a run has. */
  sources: list(sources).default(['none']),
  /** Sentences of the target. */
  sizes: list(size).default([100]),
  /** Sentences of each source. */
  sourceSizes: list(size).default(['full']),
  recipes: list(name),
  /** What a sentence of a source counts; as the recipe has it unless told. */
  mu: list(z.number().min(0).max(1e6)).optional(),
  /** What the languages share: see the README. As the recipe has it unless told. */
  sharing: list(name).optional(),
  /** `Latin` = all corpora of a run transliterated. */
  scripts: list(z.enum(['original', 'Latin'])).default(['original']),
  /** Names among the grid's `variants`. */
  variants: list(name).optional(),
  /** `true`: what there is of the target beyond the size is given without its tags, to recipes that train themselves on such text. */
  unlabelled: list(z.boolean()).default([false]),
  seeds: list(whole(0)).optional(),
  draws: list(whole(0)).optional(),
});

const oneOrMore = <T extends z.ZodType>(item: T) => z.union([item, list(item)]).optional();

/** Changes recipes in the runs that have what `when` says. */
const rule = z.strictObject({
  when: z.strictObject({
    target: oneOrMore(name),
    size: oneOrMore(size),
    recipe: oneOrMore(name),
    model: oneOrMore(z.enum(['linear', 'neural', 'ensemble'])),
    transfer: z.boolean().optional(),
  }),
  set: settings,
});

const recipe = z.union([name, z.strictObject({ from: name.default('linear'), set: settings.default({}) })]);

const limits = z.strictObject({
  full: whole(1).optional(),
  source: whole(1).optional(),
  dev: whole(1).optional(),
  test: whole(1).optional(),
  unlabelled: whole(1).optional(),
});

const runsAndRecipes = {
  /** A kind of model (`linear`, `neural`), the name of a configuration or a file, and fields that differ from it. */
  recipes: z.record(name, recipe),
  /** Settings by name: an axis of `runs`, on top of the recipe. */
  variants: z.record(name, settings).default({}),
  runs: list(block),
  rules: z.array(rule).default([]),
  /** Most sentences of each kind of corpus: a fixed random sample where there are more. */
  limits: limits.prefault({}),
  /** Of runs that list none. */
  seeds: list(whole(0)).default([1]),
  /** Draws of the target's sentences: 0 = the first ones, others at random by that number. */
  draws: list(whole(0)).default([0]),
};

const grid = z.strictObject({
  name: z.string().regex(/^[a-z0-9][a-z0-9-]*$/u, 'expected letters, digits and hyphens'),
  title: z.string().min(1),
  /** The question, and how the report answers it. */
  answers: z.string().default(''),
  data,
  ...runsAndRecipes,
  /** Whether runs may be side by side: not where time is measured. */
  sideBySide: z.boolean().default(true),
  /** Whether runs with sources measure how near these are to the target. */
  measures: z.boolean().default(false),
  report: z.array(reportSection).default([{ kind: 'scores' }]),
  /** What takes the place of the fields above in the quick size; rules are added. */
  quick: z
    .strictObject({
      recipes: runsAndRecipes.recipes.optional(),
      variants: z.record(name, settings).optional(),
      runs: list(block).optional(),
      rules: z.array(rule).optional(),
      limits: limits.optional(),
      seeds: list(whole(0)).optional(),
      draws: list(whole(0)).optional(),
    })
    .prefault({}),
});

/** A grid of runs: data, fit for YAML and JSON. */
export type Grid = z.output<typeof grid>;
export type GridBlock = Grid['runs'][number];
export type GridRule = Grid['rules'][number];
export type GridLimits = Grid['limits'];
export type Settings = Readonly<Record<string, unknown>>;
/** Where the corpora of a grid come from. */
export type DataChoice = Grid['data'];

/**
 * Checks a grid of any origin, as from YAML or JSON, and completes it.
 *
 * @throws GridError with the path of every field that is wrong and what it may be
 */
export function readGrid(value: unknown): Grid {
  const result = checkSchema(grid, value);
  if (!result.ok)
    throw new GridError(result.problems.map((problem) => describeProblem(problem, 'the grid')).join('; '));
  const read = result.value;
  checkNames(read);
  checkNames(quickGrid(read), 'quick.');
  checkRules(read);
  checkReport([read, quickGrid(read)]);
  return read;
}

/** The grid in its quick size: fewer runs on fewer sentences. */
export function quickGrid(given: Grid): Grid {
  const { rules = [], ...quick } = given.quick;
  const present = (value: unknown): boolean => value !== undefined;
  const changed = Object.fromEntries(Object.entries(quick).filter(([, value]) => present(value)));
  return { ...given, ...changed, name: `${given.name}-quick`, rules: [...given.rules, ...rules] };
}

/** The schema of grids as JSON Schema, for editors. */
export const gridJsonSchema = (): unknown => z.toJSONSchema(grid, { io: 'input' });

/** What is named must be there. */
function checkNames({ runs, recipes, variants }: Grid, where = ''): void {
  const known = { recipes: Object.keys(recipes), variants: Object.keys(variants) };
  for (const [index, run] of runs.entries()) {
    for (const field of ['recipes', 'variants'] as const) {
      const missing = run[field]?.find((one) => !known[field].includes(one));
      if (missing === undefined) continue;
      const expected = known[field].length > 0 ? known[field].join(', ') : 'none: the grid has no such field';
      throw new GridError(
        `${where}runs.${index}.${field}: expected ${expected}, got ${JSON.stringify(missing)}`,
      );
    }
  }
}

/** A rule for a recipe that is in neither size would never apply, and nobody would see it. */
function checkRules({ recipes, rules, quick }: Grid): void {
  const known = [...new Set([recipes, quick.recipes ?? {}].flatMap(Object.keys))];
  const all = [...named(rules, 'rules'), ...named(quick.rules ?? [], 'quick.rules')];
  const wrong = all.find(({ recipe }) => !known.includes(recipe));
  if (wrong)
    throw new GridError(`${wrong.where}: expected ${known.join(', ')}, got ${JSON.stringify(wrong.recipe)}`);
}

const named = (rules: readonly GridRule[], field: string): { where: string; recipe: string }[] =>
  rules.flatMap(({ when }, index) =>
    [when.recipe ?? []].flat().map((recipe) => ({ where: `${field}.${index}.when.recipe`, recipe })),
  );
