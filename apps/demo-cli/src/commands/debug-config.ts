import { readRecipe, RecipeError } from '@cognate/experiments';
import { Command } from 'commander';
import { stringify } from 'yaml';
import { readConfigFile } from '../config/config-file.js';
import { findRecipe, recipeNames } from '../config/named-recipes.js';
import { isRecipe, readProject, type ProjectProblem } from '../config/read-project.js';
import { parseSetting, withSetting } from '../config/settings.js';
import { Failure } from '../failure.js';
import { palette } from '../terminal/colour.js';

interface DebugConfigFlags {
  readonly set?: readonly string[];
  readonly json?: boolean;
}

const help = `
The project is printed with everything that it does not say itself filled in, so that what goes to standard output is a project again; problems go
to standard error, each with its line. Exit code 1 if there is an error; warnings are none.

Examples:
  cognate debug config cognate.yaml
  cognate debug config cognate.yaml --set recipe.training.epochs=3
  cognate debug config paper                         a recipe that comes with the program
  cognate debug config my-recipe.yaml > complete.yaml`;

export function debugConfigCommand(): Command {
  return new Command('config')
    .description('Check a project or a recipe, and print it with everything filled in.')
    .argument('<project or recipe>', `a file, or one of ${recipeNames().join(', ')}`)
    .option('--set <path=value...>', 'fields to change first, as recipe.training.epochs=3')
    .option('--json', 'project and problems as JSON')
    .addHelpText('after', help)
    .action(run);
}

interface Checked {
  readonly config: unknown;
  readonly problems: readonly ProjectProblem[];
}

function run(name: string, { set = [], json }: DebugConfigFlags): void {
  const { config, problems } =
    recipeNames().includes(name) || isRecipe(readConfigFile(name).fields)
      ? checkRecipe(name, set)
      : checkProject(name, set);
  const errors = problems.filter(({ severity }) => severity === 'error').length;
  if (json === true) {
    process.stdout.write(`${JSON.stringify({ config, problems }, undefined, 2)}\n`);
  } else {
    if (config !== undefined) process.stdout.write(stringify(config));
    const paint = palette(process.stderr);
    for (const { severity, place, path, message } of problems) {
      const kind = severity === 'error' ? paint.red('error') : paint.yellow('warning');
      const where = path === '' || place.endsWith(` ${path}`) ? '' : `${path}: `;
      process.stderr.write(`${place}: ${kind}: ${where}${message}\n`);
    }
    if (problems.length === 0) process.stderr.write(`${paint.green('No problem found.')}\n`);
  }
  if (errors > 0) throw new Failure(`${errors === 1 ? '1 error' : `${errors} errors`} in ${name}`);
}

function checkProject(name: string, settings: readonly string[]): Checked {
  const { project, problems } = readProject(name, settings);
  return { config: project, problems };
}

function checkRecipe(name: string, settings: readonly string[]): Checked {
  const { fields, files } = findRecipe(name);
  const put = settings.map(parseSetting);
  try {
    return { config: readRecipe(put.reduce(withSetting, fields)), problems: [] };
  } catch (error) {
    if (!(error instanceof RecipeError)) throw error;
    const problems = error.problems.map((problem): ProjectProblem => {
      const file = files.find(({ has }) => has(problem.path)) ?? files.at(0);
      return {
        severity: 'error',
        place: file ? file.place(problem.path) : name,
        path: problem.path.join('.'),
        message: problem.message,
      };
    });
    return { config: undefined, problems };
  }
}
