import { randomUUID } from 'node:crypto';
import { mkdir, readFile, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { ModelFormatError, TaggerError } from '../errors.js';
import type { TemplateChoice } from '../features/extractor.js';
import { LinearTagger } from '../linear/linear-tagger.js';
import { configFile, type ModelFiles } from '../model/files.js';
import type { Tagger } from '../tagger.js';

export interface SaveOptions {
  /** Replace a model that is in the folder. A folder that holds anything else is never replaced. Default false. */
  readonly overwrite?: boolean | undefined;
}

/**
 * Writes a model as a folder. The folder appears when it is complete: it is written under another name beside its place and
 * renamed; a model that it replaces stays until then.
 *
 * @throws TaggerError where the folder exists, and may not or must not be replaced
 */
export async function saveTagger(tagger: Tagger, folder: string, options: SaveOptions = {}): Promise<void> {
  const target = resolve(folder);
  const present = await contents(target);
  if (present !== undefined && present.length > 0) {
    if (options.overwrite !== true)
      throw new TaggerError(`${folder}: expected a new folder, got one that exists`);
    if (!present.includes(configFile)) {
      throw new TaggerError(`${folder}: expected a model to replace, got a folder without ${configFile}`);
    }
  }
  const parent = dirname(target);
  const beside = (kind: string): string => join(parent, `.${basename(target)}.${randomUUID()}.${kind}`);
  const partial = beside('partial');
  await mkdir(partial, { recursive: true });
  try {
    for (const [name, bytes] of Object.entries(tagger.toFiles())) {
      await writeFile(join(partial, name), bytes, { flag: 'wx' });
    }
    if (present === undefined) {
      await rename(partial, target);
    } else {
      const old = beside('old');
      await rename(target, old);
      await rename(partial, target);
      await rm(old, { recursive: true });
    }
  } catch (error) {
    await rm(partial, { recursive: true, force: true });
    throw error;
  }
}

/**
 * Reads a model from a folder.
 *
 * @param options.templates the own templates that it was trained with, if any
 * @throws ModelFormatError for a folder that holds no model, or a damaged one
 */
export async function loadTagger(
  folder: string,
  options: { readonly templates?: readonly TemplateChoice[] } = {},
): Promise<LinearTagger> {
  const names = await contents(folder);
  if (names === undefined)
    throw new ModelFormatError(`${folder}: expected a model folder, got nothing by that name`);
  if (!names.includes(configFile)) {
    throw new ModelFormatError(
      `${folder}: expected a model folder with ${configFile}, got ${names.join(', ') || 'an empty one'}`,
    );
  }
  const files: ModelFiles = Object.fromEntries(
    await Promise.all(names.map(async (name) => [name, await readFile(join(folder, name))] as const)),
  );
  try {
    return LinearTagger.fromFiles(files, options);
  } catch (error) {
    if (error instanceof ModelFormatError)
      throw new ModelFormatError(`${folder}: ${error.message}`, { cause: error });
    throw error;
  }
}

/** The names of the files in a folder; undefined where there is none. */
async function contents(folder: string): Promise<string[] | undefined> {
  const found = await stat(folder).catch(() => undefined);
  if (found === undefined) return undefined;
  if (!found.isDirectory()) throw new TaggerError(`${folder}: expected a folder, got a file`);
  const entries = await readdir(folder, { withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map(({ name }) => name)
    .sort();
}
