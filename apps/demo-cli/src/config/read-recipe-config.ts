import { describeProblem, readRecipe, RecipeError, type Recipe } from '@cognate/experiments';
import { Failure } from '../failure.js';
import { findRecipe } from './named-recipes.js';
import { parseSetting, withSetting } from './settings.js';

/**
 * A recipe from a configuration: the name of one that comes with the program, or a file of YAML or JSON.
 *
 * @param settings from the kind of model, `path.to.field=value` each: put over what the configuration has
 * @throws Failure with the file, for one that cannot be read or says what is not allowed; UsageError for a setting that is none
 */
export function readRecipeConfig(config: string, settings: (model: unknown) => readonly string[]): Recipe {
  const { fields, files } = findRecipe(config);
  const put = settings(fields.model).map(parseSetting);
  try {
    return readRecipe(put.reduce(withSetting, fields));
  } catch (error) {
    if (!(error instanceof RecipeError)) throw error;
    const lines = error.problems.map((problem) => {
      const file = files.find(({ has }) => has(problem.path));
      const bySetting = put.some(({ path }) => problem.path.join('.').startsWith(path.join('.')));
      const place = bySetting || !file ? config : file.place(problem.path);
      return `${place}: ${describeProblem(problem, 'the recipe')}`;
    });
    throw new Failure(lines.join('\n'), { cause: error });
  }
}
