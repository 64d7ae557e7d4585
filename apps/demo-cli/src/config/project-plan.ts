import { isAbsolute, join } from 'node:path';
import type { ReadOptions } from '@cognate/corpora';
import type { Recipe } from '@cognate/experiments';
import { parseScheme } from '@cognate/tag-scheme';
import type { CorpusPlan, TrainingPlan } from '../training/plan.js';
import type { Project, ReadSection } from './project-schema.js';

/** The paths of a project's files, from wherever the program runs. */
export const filesOf = (files: string | readonly string[] | undefined, folder: string): string[] =>
  (files === undefined ? [] : typeof files === 'string' ? [files] : files).map((file) =>
    pathFrom(folder, file),
  );

/** A path of a project, from where the program runs. */
export const pathFrom = (folder: string, path: string): string =>
  isAbsolute(path) ? path : join(folder, path);

/** What a project that is in order asks for. */
export function planOf(
  project: Omit<Project, 'recipe'> & { readonly recipe: Recipe },
  folder: string,
): TrainingPlan {
  const { target, sources, seeds, threads, backend, report } = project;
  const corpusOf = <Language extends string>(corpus: {
    language: Language;
    train: string | string[];
    test?: string | string[] | undefined;
    sentences?: number | undefined;
    read?: ReadSection | undefined;
  }): CorpusPlan & { language: Language } => ({
    language: corpus.language,
    train: filesOf(corpus.train, folder),
    test: filesOf(corpus.test, folder),
    sentences: corpus.sentences,
    read: readOptionsOf({ ...project.read, ...corpus.read }),
  });
  return {
    target: {
      ...corpusOf(target),
      dev: filesOf(target.dev, folder),
      unlabelled: filesOf(target.unlabelled, folder),
    },
    sources: sources.map(corpusOf),
    recipe: withSourceMu(project.recipe, sources),
    output: pathFrom(folder, project.output),
    seeds,
    threads,
    backend,
    checkpoints: project.checkpoints ?? {},
    report: report === true ? undefined : report === false ? false : pathFrom(folder, report),
  };
}

function readOptionsOf({ map, scheme, ...others }: ReadSection): ReadOptions {
  return {
    ...others,
    ...(scheme !== undefined && { scheme: parseScheme(scheme) }),
    ...(map !== undefined && { labels: map }),
  };
}

/** A source's own μ goes before that of the recipe. */
function withSourceMu(recipe: Recipe, sources: Project['sources']): Recipe {
  const own = sources.flatMap(({ language, mu }) => (mu === undefined ? [] : [[language, mu] as const]));
  if (recipe.model === 'linear' || own.length === 0) return recipe;
  if (recipe.model === 'ensemble') {
    const members = recipe.members.map((member) => ({
      ...member,
      recipe: withSourceMu(member.recipe, sources) as typeof member.recipe,
    }));
    return { ...recipe, members };
  }
  const { mu } = recipe.training;
  const all = sources.map(({ language }) => [language, typeof mu === 'number' ? mu : (mu[language] ?? 1)]);
  return {
    ...recipe,
    training: {
      ...recipe.training,
      mu: { ...Object.fromEntries(all), ...Object.fromEntries(own) } as Record<string, number>,
    },
  };
}
