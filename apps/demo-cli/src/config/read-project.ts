import { dirname } from 'node:path';
import { checkSchema, readRecipe, RecipeError, type Recipe, type SchemaProblem } from '@cognate/experiments';
import { Failure } from '../failure.js';
import type { TrainingPlan } from '../training/plan.js';
import { isFields, readConfigFile, type ConfigFile, type Fields, type Path } from './config-file.js';
import { checkFiles } from './check-files.js';
import { crossCheck, type Concern } from './cross-check.js';
import { withBase, type RecipeText } from './named-recipes.js';
import { planOf } from './project-plan.js';
import { projectSchema, type Project } from './project-schema.js';
import { parseSetting, withSetting, type Setting } from './settings.js';

/** Something about a project that is wrong, or odd, and where it stands. */
export interface ProjectProblem {
  readonly severity: 'error' | 'warning';
  /** `file:line:column`, or the setting of the command line. */
  readonly place: string;
  /** As `recipe.training.epochs`; empty: the whole. */
  readonly path: string;
  readonly message: string;
}

/** A project that was read. */
export interface ReadProject {
  readonly problems: readonly ProjectProblem[];
  /** Complete, with all that its recipe extends; undefined where there are errors of form. */
  readonly project: (Omit<Project, 'recipe'> & { readonly recipe: Recipe }) | undefined;
  /** Undefined where there are errors. */
  readonly plan: TrainingPlan | undefined;
}

/**
 * Reads a project: the whole of it is checked, whatever is wrong with a part.
 *
 * @param settings `path.to.field=value` each, put over what the file says
 * @param text what the file is going to hold; read from it unless given
 * @throws Failure for a file that is no YAML or JSON; UsageError for a setting that is none
 */
export function readProject(name: string, settings: readonly string[] = [], text?: string): ReadProject {
  const file = readConfigFile(name, text);
  if (isRecipe(file.fields)) {
    throw new Failure(
      `${name}: expected a project, which has target and output, got a recipe: cognate train CORPUS --config ${name}, or recipe: ${name} in a project`,
    );
  }
  const folder = dirname(name);
  const put = settings.map(parseSetting);
  const fields = put.reduce(withSetting, withRecipeFields(file.fields));

  const form = checkSchema(projectSchema, fields);
  const base = recipeText(fields, folder);
  const found: Concern[] = [...(form.ok ? [] : asErrors(form.problems, []))];
  let recipe: Recipe | undefined;
  if ('message' in base) found.push(base);
  else {
    try {
      recipe = readRecipe(base.fields);
    } catch (error) {
      if (!(error instanceof RecipeError)) throw error;
      found.push(...asErrors(error.problems, ['recipe']));
    }
  }
  const project = form.ok && recipe ? { ...form.value, recipe } : undefined;
  // Whether files are there can be said of half a project too.
  found.push(...checkFiles(fields, folder), ...(project ? crossCheck(project, folder) : []));
  const errors = found.some(({ severity }) => severity === 'error');
  const places = { file, put, files: 'message' in base ? [] : base.files };
  return {
    problems: found.map(({ severity, path, message }) => ({
      severity,
      place: placeOf(path, places),
      path: path.join('.'),
      message,
    })),
    project,
    plan: project && !errors ? planOf(project, folder) : undefined,
  };
}

export const describeProjectProblem = ({ place, path, message }: ProjectProblem): string =>
  // A setting is its own path.
  `${place}: ${path === '' || place.endsWith(` ${path}`) ? '' : `${path}: `}${message}`;

/** A recipe tells what model it is, and has no target. */
export const isRecipe = (fields: Fields): boolean =>
  fields.target === undefined && (fields.model !== undefined || fields.extends !== undefined);

/** A recipe's name as fields, so that settings can be put over it. */
function withRecipeFields(fields: Fields): Fields {
  const { recipe = 'linear' } = fields;
  return typeof recipe === 'string' ? { ...fields, recipe: { extends: recipe } } : fields;
}

function recipeText({ recipe }: Fields, folder: string): RecipeText | Concern {
  // What is no recipe at all is said by the schema.
  const fields = typeof recipe === 'string' ? { extends: recipe } : isFields(recipe) ? recipe : {};
  try {
    return withBase(fields, folder);
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return { severity: 'error', path: ['recipe'], message: error.message };
  }
}

const asErrors = (problems: readonly SchemaProblem[], within: Path): Concern[] =>
  problems.map(({ path, message }) => ({ severity: 'error', path: [...within, ...path], message }));

interface Places {
  readonly file: ConfigFile;
  readonly put: readonly Setting[];
  /** Of the recipe. */
  readonly files: readonly ConfigFile[];
}

function placeOf(path: Path, { file, put, files }: Places): string {
  const startsWith = (whole: Path, part: Path): boolean =>
    part.every((key, i) => String(whole[i]) === String(key));
  const setting = put.find((one) => startsWith(path, one.path));
  if (setting) return `--set ${setting.path.join('.')}`;
  if (file.has(path)) return file.place(path);
  const [first, ...rest] = path;
  const base = first === 'recipe' && rest.length > 0 ? files.find(({ has }) => has(rest)) : undefined;
  return base ? base.place(rest) : file.place(path);
}
