import { randomUUID } from 'node:crypto';
import { mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { TaggerError, shown } from '../errors.js';
import { configFile } from '../model/files.js';
import type { Tagger } from '../tagger.js';
import { isMissing } from './missing.js';

/**
 * Saves a tagger as a folder: `config.json`, the model, a model card. The folder is written beside its place and then put there by
 * renaming, so that nobody ever finds half a model. A model that is there already is replaced.
 *
 * @throws TaggerError where the place is taken by something else than a model or an empty folder; what the file system throws, for a file of
 *   the model with its `path` in the folder
 */
export async function saveTagger(tagger: Tagger, folder: string): Promise<void> {
  const target = resolve(folder);
  const replaces = await checkModelPlace(target);
  const parent = dirname(target);
  await mkdir(parent, { recursive: true });
  const fresh = join(parent, `.${basename(target)}.${randomUUID()}`);
  try {
    await mkdir(fresh);
    for (const [name, bytes] of Object.entries(tagger.toFiles()))
      await writeFile(join(fresh, name), bytes).catch((error: unknown) => {
        throw cannotWrite(join(target, name), error);
      });
    if (replaces) {
      const old = `${fresh}.old`;
      await rename(target, old);
      try {
        await rename(fresh, target);
      } catch (error) {
        await rename(old, target);
        throw error;
      }
      await rm(old, { recursive: true, force: true });
    } else await rename(fresh, target);
  } finally {
    await rm(fresh, { recursive: true, force: true });
  }
}

/** Writes a file and waits until it is on the disk: renaming must not come first. */
async function writeFile(path: string, bytes: Uint8Array): Promise<void> {
  const file = await open(path, 'wx');
  try {
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** What the system says of an open file does not tell which it is; and its name of the moment is one that nobody gave. */
function cannotWrite(path: string, cause: unknown): unknown {
  const { code, message } = cause as NodeJS.ErrnoException;
  if (code === undefined) return cause;
  return Object.assign(new Error(`${path}: cannot be written: ${message}`, { cause }), { code, path });
}

/**
 * Says whether a model, or an empty folder, stands at a place: what {@link saveTagger} would replace. To be asked before a long training, too.
 *
 * @throws TaggerError where the place is taken by something else
 */
export async function checkModelPlace(folder: string): Promise<boolean> {
  const target = resolve(folder);
  const found = await stat(target).catch((error: unknown) => {
    if (isMissing(error)) return undefined;
    throw error;
  });
  if (!found) return false;
  if (found.isDirectory()) {
    const names = await readdir(target);
    if (names.length === 0) return true;
    if (names.includes(configFile) && (await isModel(join(target, configFile)))) return true;
  }
  throw new TaggerError(
    `expected a new folder, an empty one or a model's to save to, got ${shown(target)}, which is something else`,
  );
}

async function isModel(config: string): Promise<boolean> {
  try {
    const json: unknown = JSON.parse(await readFile(config, 'utf8'));
    return typeof json === 'object' && json !== null && 'format' in json && json.format === 'cognate-tagger';
  } catch {
    return false;
  }
}
