import type { ParsedTarEntry } from 'modern-tar';
import { ModelFormatError, shown } from '../errors.js';
import { atMost, drain, startingWith, streamOf } from '../streams.js';
import { readConfigHead } from './config.js';
import { cardFile, configFile, defaultMaxBytes, type ModelFiles } from './files.js';

export interface ArchiveOptions {
  /** The most bytes that the unpacked archive may have. Default 2^30. */
  readonly maxBytes?: number | undefined;
}

/** An archive of a model holds a handful of files; one of very many is an attack or a mistake. */
const mostEntries = 10_000;

/**
 * Reads a model from a tar archive, gzipped or not: a folder that `saveTagger` wrote, packed by whatever packs (`tar`, `npm pack`,
 * `cognate package`), at any depth. Nothing is written anywhere, links are not followed, and no more is kept in memory than
 * `maxBytes`, however well it was compressed.
 *
 * @throws ModelFormatError (as a rejection) for what is no archive, a damaged one, one that holds no model or several, or too much
 */
export async function readModelArchive(
  archive: Uint8Array | ReadableStream<Uint8Array>,
  { maxBytes = defaultMaxBytes }: ArchiveOptions = {},
): Promise<ModelFiles> {
  const files = await unpack(archive instanceof Uint8Array ? streamOf(archive) : archive, maxBytes);
  const configs = [...files.keys()].filter((path) => baseName(path) === configFile);
  if (configs.length === 0)
    throw new ModelFormatError(
      `expected a model's ${configFile} in the archive, got ${[...files.keys()].slice(0, 5).join(', ') || 'no file'}`,
    );
  const depth = Math.min(...configs.map(depthOf));
  const [path, ...others] = configs.filter((config) => depthOf(config) === depth);
  if (others.length > 0)
    throw new ModelFormatError(`expected one model in the archive, got ${[path, ...others].join(', ')}`);
  const folder = path.slice(0, -configFile.length);
  const config = files.get(path) as Uint8Array;
  const { model } = readConfigHead(config);
  const numbers = files.get(`${folder}${model}`);
  if (!numbers)
    throw new ModelFormatError(`expected the model's ${folder}${model} in the archive, got no such file`);
  const card = files.get(`${folder}${cardFile}`);
  return { [configFile]: config, [model]: numbers, ...(card && { [cardFile]: card }) };
}

/** The plain files of an archive by their paths. */
async function unpack(
  archive: ReadableStream<Uint8Array>,
  maxBytes: number,
): Promise<Map<string, Uint8Array>> {
  const { createTarDecoder } = await import('modern-tar');
  const files = new Map<string, Uint8Array>();
  const tooMuch = (): Error =>
    new ModelFormatError(`expected an archive of at most ${maxBytes} bytes when unpacked, got more`);
  try {
    const { start, stream } = await startingWith(archive, 2);
    const isGzip = start[0] === 0x1f && start[1] === 0x8b;
    const bytes = isGzip ? stream.pipeThrough(gunzip()) : stream;
    const entries = bytes
      .pipeThrough(atMost(maxBytes, tooMuch))
      .pipeThrough(createTarDecoder({ strict: true }));
    let count = 0;
    for await (const entry of iterate(entries)) {
      if (++count > mostEntries)
        throw new ModelFormatError(`expected an archive of at most ${mostEntries} entries, got more`);
      const path = pathOf(entry.header.name);
      if (entry.header.type === 'file') files.set(path, await drain(entry.body, entry.header.size));
      else await entry.body.cancel();
    }
  } catch (error) {
    if (error instanceof ModelFormatError) throw error;
    throw new ModelFormatError(
      `expected a tar archive, plain or gzipped: ${error instanceof Error ? error.message : String(error)}`,
      { cause: error },
    );
  }
  return files;
}

/** A path within the archive. Nothing is written by these names, yet an archive that would leave its folder is no model's. */
function pathOf(name: string): string {
  const parts = name.split('/').filter((part) => part !== '' && part !== '.');
  if (name.startsWith('/') || name.includes('\\') || parts.includes('..'))
    throw new ModelFormatError(`expected paths inside the archive, got ${shown(name)}`);
  return parts.join('/');
}

const baseName = (path: string): string => path.slice(path.lastIndexOf('/') + 1);
const depthOf = (path: string): number => path.split('/').length;

/** Typed as what it is used for: the declarations of browsers and of Node differ in the kind of buffer. */
const gunzip = (): ReadableWritablePair<Uint8Array, Uint8Array> =>
  new DecompressionStream('gzip') as unknown as ReadableWritablePair<Uint8Array, Uint8Array>;

/** Not every browser lets one loop over a stream. */
async function* iterate(stream: ReadableStream<ParsedTarEntry>): AsyncGenerator<ParsedTarEntry> {
  const reader = stream.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      yield value;
    }
  } finally {
    // Whoever stops early wants no more of the archive. What it says to that is of no interest.
    await reader.cancel().catch(() => undefined);
  }
}
