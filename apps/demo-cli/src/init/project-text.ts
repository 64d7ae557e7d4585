import { dirname, isAbsolute, relative, resolve, sep } from 'node:path';
import { stringify } from 'yaml';
import { recipeNames } from '../config/named-recipes.js';
import type { Answers } from './answers.js';
import { schemaAddress } from './schema-address.js';

/**
 * A project as a file of YAML with comments: what was asked for, and beside it, commented out, what else there is.
 *
 * @param file where it is going to be: its paths are relative to that
 */
export function projectText(answers: Answers, file: string): string {
  const folder = dirname(file);
  const path = (given: string): string => scalar(pathWithin(given, folder));
  const { language, train, dev, test, sources, recipe, output, seeds } = answers;
  const named = recipeNames().includes(recipe);
  const model = pathWithin(output, folder);
  return `# yaml-language-server: $schema=${schemaAddress(folder)}

# What cognate train is to do. Paths are relative to this file.
#   cognate debug config ${file}     checks it, and shows everything that it leaves out
#   cognate train ${file}            does it

# The language that the tagger is for. Corpora may have any format that cognate info lists.
target:
  language: ${scalar(language)}
  train: ${path(train)}
  # Chooses the epoch of a neural model that is kept. Never take the test corpus for it.
${optional('dev', dev && path(dev), 'dev.bio')}
  # Scored once, when the training is over.
${optional('test', test && path(test), 'test.bio')}
  # Trains on so many sentences, drawn at random; all of them unless told.
  # sentences: 100

# Related languages that help. cognate info lists those of each language.
${sources.length === 0 ? '# sources:\n#   - language: es\n#     train: es.bio' : `sources:\n${sources.map((source) => `  - language: ${scalar(source.language)}\n    train: ${path(source.train)}`).join('\n')}`}
# In a neural model "mu: 0.5" beside a source makes its sentences count half; "test: FILE" adds its scores to the report.

# How to read the files, where that cannot be found out.
# read:
#   format: conll
#   tagColumn: 3
#   map: { GPE: LOC, EVENT: null }

# What to train and how: ${recipeNames().join(', ')}, or a file. To change some of it:
# recipe:
#   extends: fast
#   training: { epochs: 20, targetRepeat: 10 }
recipe: ${named ? recipe : path(recipe)}

# Where the model goes. Beside it comes a report: ${model}.report/index.html
output: ${scalar(model)}

# One model for each; of several the mean of the scores is told as well.
seeds: [${seeds.join(', ')}]
`;
}

const optional = (name: string, value: string | undefined, example: string): string =>
  value === undefined ? `  # ${name}: ${example}` : `  ${name}: ${value}`;

const scalar = (value: string): string => stringify(value, { lineWidth: 0 }).trimEnd();

/** A path from the current folder, as it is from another. */
function pathWithin(path: string, folder: string): string {
  if (isAbsolute(path)) return path;
  return relative(folder, resolve(path)).split(sep).join('/');
}
