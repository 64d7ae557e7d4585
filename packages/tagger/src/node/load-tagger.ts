import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ModelFormatError, shown } from '../errors.js';
import { taggerFromFiles, type AnyTagger, type LoadOptions } from '../load.js';
import { readModelArchive } from '../model/archive.js';
import { readConfigHead } from '../model/config.js';
import { fetchModelFiles, type FetchOptions } from '../model/fetch.js';
import { cardFile, configFile, type ModelFiles } from '../model/files.js';
import { isMissing } from './missing.js';

/** How to get a model from a folder, an archive or a server. */
export interface ModelSourceOptions extends LoadOptions, FetchOptions {}

/**
 * Loads a tagger of any kind from what `saveTagger` wrote. For a neural one a backend of TensorFlow.js is chosen if the program has not
 * set one.
 *
 * @param source a folder; an archive of it (`.tgz`, `.tar`); an address of either, `http://` or `https://`
 * @param options.templates the own templates that a linear one, or one in an ensemble, was trained with, if any
 * @throws ModelFormatError where the source is no model or a damaged one, with the file; TaggerError where an own template is missing, and
 * for servers as `fetchModelFiles`
 */
export async function loadTagger(source: string | URL, options: ModelSourceOptions = {}): Promise<AnyTagger> {
  return within(source, async () => taggerFromFiles(await loadModelFiles(source, options), options));
}

/**
 * The files of a model, as `loadTagger` reads them: `config.json`, the file that it names, and, except from a folder on a server, the
 * model card if there is one. As bytes they can be posted to threads, each of which makes its tagger with `taggerFromFiles`.
 *
 * @throws as `loadTagger`, but the files may still turn out to be damaged
 */
export async function loadModelFiles(
  source: string | URL,
  options: ModelSourceOptions = {},
): Promise<ModelFiles> {
  const text = String(source);
  if (/^https?:/iu.test(text)) return fetchModelFiles(source, options);
  // A folder of such a name has one slash.
  if (/^[a-z][\w+.-]*:\/\//iu.test(text) && !/^file:/iu.test(text)) {
    throw new ModelFormatError(
      `expected a folder, an archive or an address of http or https, got ${shown(text)}`,
    );
  }
  const path = resolve(/^file:/iu.test(text) ? fileURLToPath(source) : text);
  return within(source, async () => {
    const found = await stat(path).catch((error: unknown) => {
      if (isMissing(error)) return undefined;
      throw error;
    });
    if (found?.isFile() === true) return readModelArchive(fileStream(path), options);
    return readFolder(path);
  });
}

/** A file's bytes as browsers' streams. Node's own adapter fails where reading is given up midway (in Node 20). */
function fileStream(path: string): ReadableStream<Uint8Array> {
  const chunks = createReadStream(path)[Symbol.asyncIterator]() as AsyncIterator<Uint8Array>;
  return new ReadableStream({
    async pull(controller) {
      const next = await chunks.next();
      if (next.done === true) controller.close();
      else controller.enqueue(next.value);
    },
    async cancel() {
      await chunks.return?.();
    },
  });
}

async function readFolder(folder: string): Promise<ModelFiles> {
  const file = async (name: string): Promise<Uint8Array> => {
    try {
      return await readFile(join(folder, name));
    } catch (error) {
      if (!isMissing(error)) throw error;
      throw new ModelFormatError(`expected a model's ${name} in ${shown(folder)}, got no such file`, {
        cause: error,
      });
    }
  };
  const config = await file(configFile);
  const { model } = readConfigHead(config);
  const card = await readFile(join(folder, cardFile)).catch(() => undefined);
  return { [configFile]: config, [model]: await file(model), ...(card && { [cardFile]: card }) };
}

/** Which of several models it was, a message without its place would not say. */
async function within<T>(source: string | URL, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const text = String(source);
    const place = /^[a-z]{2,}:/iu.test(text) ? text : resolve(text);
    if (
      error instanceof ModelFormatError &&
      !error.message.includes(place) &&
      !error.message.includes(shown(place))
    )
      throw new ModelFormatError(`${place}: ${error.message}`, { cause: error });
    throw error;
  }
}
