import type { ModelFiles } from '@cognate/tagger';
import { unpackArchive, type NamedFile } from './archive.js';

const configFile = 'config.json';

/** A page's memory is small; a model beyond this has no business in it. */
const largestFile = 1 << 30;

/**
 * The files of a model among those that somebody picked or dropped: its folder, the files in it, or an archive of it.
 *
 * @throws Error that says what was expected and what came
 */
export async function readModelFiles(given: readonly NamedFile[]): Promise<ModelFiles> {
  const files = (await Promise.all(given.map((file) => unpackArchive(file)))).flat();
  const configs = files.filter(({ path }) => nameOf(path) === configFile);
  if (configs.length !== 1)
    throw new Error(
      `expected a model: a folder with ${configFile} and the file that it names; got ` +
        (configs.length > 1 ? `${String(configs.length)} of them` : listOf(files)),
    );
  const folder = folderOf(configs[0].path);
  const model: Record<string, Uint8Array> = {};
  for (const { path, content } of files) {
    if (folderOf(path) !== folder) continue;
    if (content.size > largestFile)
      throw new Error(`${path}: expected at most 1 GB, got ${String(content.size)} bytes`);
    model[nameOf(path)] = new Uint8Array(await content.arrayBuffer());
  }
  return model;
}

const nameOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1);
const folderOf = (path: string): string => path.slice(0, path.lastIndexOf('/') + 1);

function listOf(files: readonly NamedFile[]): string {
  const names = files.slice(0, 5).map(({ path }) => path);
  return names.length === 0
    ? 'nothing'
    : `${names.join(', ')}${files.length > names.length ? ` and ${String(files.length - names.length)} more` : ''}`;
}
