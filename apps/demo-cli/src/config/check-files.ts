import { accessSync, constants, existsSync } from 'node:fs';
import { isFields, type Fields, type Path } from './config-file.js';
import type { Concern } from './cross-check.js';
import { pathFrom } from './project-plan.js';

/** The corpora that a project names and that are not there or may not be read; whatever else is wrong with the project. */
export function checkFiles(project: Fields, folder: string): Concern[] {
  return namedFiles(project).flatMap(({ path, file }) => {
    const problem = problemOf(pathFrom(folder, file));
    return problem === undefined ? [] : [{ severity: 'error', path, message: problem }];
  });
}

function problemOf(file: string): string | undefined {
  // A member of an archive: data.zip!train.conll.
  const place = existsSync(file) ? file : file.replace(/!.*$/u, '');
  if (!existsSync(place)) return `expected a file, got nothing at ${place}`;
  try {
    accessSync(place, constants.R_OK);
    return undefined;
  } catch {
    return `expected a file that may be read, got ${place}, which may not`;
  }
}

interface NamedFile {
  readonly path: Path;
  readonly file: string;
}

function namedFiles({ target, sources }: Fields): NamedFile[] {
  const all: readonly unknown[] = Array.isArray(sources) ? sources : [];
  return [
    ...filesIn(target, ['target']),
    ...all.flatMap((source, index) => filesIn(source, ['sources', index])),
  ];
}

function filesIn(corpus: unknown, within: Path): NamedFile[] {
  if (!isFields(corpus)) return [];
  return ['train', 'dev', 'test'].flatMap((name) => {
    const value = corpus[name];
    const path = [...within, name];
    const named: readonly unknown[] = Array.isArray(value) ? value : [];
    if (typeof value === 'string') return [{ path, file: value }];
    return named.flatMap((file, index) =>
      typeof file === 'string' ? [{ path: [...path, index], file }] : [],
    );
  });
}
