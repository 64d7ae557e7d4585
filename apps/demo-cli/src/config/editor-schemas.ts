import { recipeJsonSchema } from '@cognate/experiments';
import { z } from 'zod';
import { recipeNames } from './named-recipes.js';
import { projectSchema } from './project-schema.js';

type Json = Readonly<Record<string, unknown>>;

const draft = 'http://json-schema.org/draft-07/schema#';
/** The address of the schema, which JSON files may have in them. */
const own = { $schema: { type: 'string', description: 'The schema, for editors' } };

/** JSON Schemas of the files that people write, by the name of their own file: they let an editor complete and check what is typed. */
export const editorSchemas = (): Readonly<Record<'project' | 'recipe', Json>> => {
  const recipe = recipeSchema();
  const project = z.toJSONSchema(projectSchema, { io: 'input', target: 'draft-7' }) as { properties: Json };
  const { description } = project.properties.recipe as { description: string };
  const name = { type: 'string', examples: recipeNames() };
  return {
    recipe: { $schema: draft, title: 'A recipe of cognate: what to train and how', ...recipe },
    project: {
      ...project,
      $schema: draft,
      title: 'A project of cognate: corpora, recipe, seeds, and where the model goes',
      properties: {
        ...own,
        ...project.properties,
        recipe: { description, default: 'linear', anyOf: [name, recipe] },
      },
    },
  };
};

/** Recipes of either kind; one that extends another need not say its model. */
function recipeSchema(): Json {
  const { oneOf } = recipeJsonSchema() as { oneOf: readonly { properties: Json }[] };
  const base = {
    type: 'string',
    description: 'A recipe that this one changes: a name or a file',
    examples: recipeNames(),
  };
  return {
    anyOf: oneOf.map((variant) => ({
      ...variant,
      properties: { ...own, extends: base, ...variant.properties },
      required: undefined,
      anyOf: [{ required: ['model'] }, { required: ['extends'] }],
    })),
  };
}
