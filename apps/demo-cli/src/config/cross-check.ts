import { existsSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { Recipe } from '@cognate/experiments';
import type { Path } from './config-file.js';
import { codeOf, doubtAbout } from './language-code.js';
import { filesOf, pathFrom } from './project-plan.js';
import type { Project } from './project-schema.js';

/** What a check found. */
export interface Concern {
  readonly severity: 'error' | 'warning';
  readonly path: Path;
  readonly message: string;
}

type Complete = Omit<Project, 'recipe'> & { readonly recipe: Recipe };

/** What no field alone shows: fields that do not go together. Paths are relative to the folder. */
export function crossCheck(project: Complete, folder: string): Concern[] {
  return [
    ...checkSplits(project, folder),
    ...checkLanguages(project),
    ...checkRecipe(project),
    ...checkSeeds(project),
    ...checkOutput(project, folder),
  ];
}

const error = (path: Path, message: string): Concern => ({ severity: 'error', path, message });
const warning = (path: Path, message: string): Concern => ({ severity: 'warning', path, message });

/** What is trained on tells nothing of what the tagger can do. */
function checkSplits({ target }: Complete, folder: string): Concern[] {
  const train = new Set(filesOf(target.train, folder));
  const dev = new Set(filesOf(target.dev, folder));
  const shared = (files: readonly string[], others: ReadonlySet<string>): boolean =>
    files.some((file) => others.has(file));
  return [
    ...(shared([...dev], train)
      ? [warning(['target', 'dev'], 'the same file as target.train: its scores will be too good')]
      : []),
    ...(shared(filesOf(target.test, folder), train)
      ? [warning(['target', 'test'], 'the same file as target.train: its scores will be too good')]
      : []),
    ...(shared(filesOf(target.test, folder), dev)
      ? [
          warning(
            ['target', 'test'],
            'the same file as target.dev, which chooses the epoch: its scores will be too good',
          ),
        ]
      : []),
  ];
}

function checkLanguages({ target, sources }: Complete): Concern[] {
  const concerns: Concern[] = [];
  const before = new Map([[codeOf(target.language), 'target.language']]);
  for (const [index, { language }] of sources.entries()) {
    const path = ['sources', index, 'language'];
    const other = before.get(codeOf(language));
    if (other !== undefined) {
      concerns.push(
        error(
          path,
          `expected another language than ${other}, got ${language} again; train takes a list of files`,
        ),
      );
    }
    before.set(codeOf(language), path.join('.'));
  }
  const named: [Path, string][] = [
    [['target', 'language'], target.language],
    ...sources.map(({ language }, index): [Path, string] => [['sources', index, 'language'], language]),
  ];
  for (const [path, language] of named) {
    const doubt = doubtAbout(language);
    if (doubt !== undefined) concerns.push(warning(path, doubt));
  }
  return concerns;
}

function checkRecipe({ target, sources, recipe, threads, backend }: Complete): Concern[] {
  const concerns: Concern[] = [];
  const neuralOnly = (path: Path, value: unknown): void => {
    if (value !== undefined) concerns.push(error(path, 'is for neural models; the recipe is a linear one'));
  };
  const noUse = warning(
    ['target', 'unlabelled'],
    'has no effect: only ensembles with selfTraining use sentences without tags',
  );
  if (recipe.model === 'linear') {
    if (target.unlabelled !== undefined) concerns.push(noUse);
    sources.forEach(({ mu }, index) => neuralOnly(['sources', index, 'mu'], mu));
    neuralOnly(['threads'], threads);
    neuralOnly(['backend'], backend);
    return concerns;
  }
  const unlabelled = target.unlabelled !== undefined;
  if (recipe.model === 'ensemble') {
    if (unlabelled && !recipe.selfTraining) concerns.push(noUse);
    return concerns;
  }
  if (unlabelled) concerns.push(noUse);
  const { mu, patience } = recipe.training;
  const known = sources.map(({ language }) => language);
  for (const language of typeof mu === 'number' ? [] : Object.keys(mu)) {
    if (known.includes(language)) continue;
    const expected = known.length === 0 ? 'no language, for there is no source' : known.join(', ');
    concerns.push(error(['recipe', 'training', 'mu', language], `expected ${expected}, got ${language}`));
  }
  if (patience !== undefined && target.dev === undefined) {
    concerns.push(
      warning(['recipe', 'training', 'patience'], 'has no effect without target.dev: the last epoch is kept'),
    );
  }
  return concerns;
}

function checkSeeds({ seeds }: Complete): Concern[] {
  const twice = seeds.findIndex((seed, index) => seeds.indexOf(seed) !== index);
  return twice < 0
    ? []
    : [error(['seeds', twice], `expected seeds that differ, got ${String(seeds[twice])} twice`)];
}

function checkOutput({ output, seeds }: Complete, folder: string): Concern[] {
  const place = pathFrom(folder, output);
  const parent = dirname(resolve(place));
  if (existsSync(parent) && !statSync(parent).isDirectory())
    return [error(['output'], `expected a place in a folder, got one in ${parent}, which is a file`)];
  if (seeds.length === 1 && existsSync(place))
    return [warning(['output'], `${place} exists already: cognate train replaces it with --force only`)];
  return [];
}
