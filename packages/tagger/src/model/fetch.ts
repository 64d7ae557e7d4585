import { ModelFormatError } from '../errors.js';
import { readConfigHead } from './config.js';
import { configFile, type ModelFiles } from './files.js';

export interface FetchOptions {
  /** Another `fetch` than the host's. */
  readonly fetch?: ((url: string, init: { signal?: AbortSignal }) => Promise<Response>) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Fetches the files of a model from a server that has its folder: `config.json` and the model file that it names.
 *
 * @param base address of the folder
 * @throws ModelFormatError where a file is missing or the configuration is none; what `fetch` throws
 */
export async function fetchModelFiles(base: string | URL, options: FetchOptions = {}): Promise<ModelFiles> {
  const folder = String(base).replace(/\/*$/u, '/');
  const load = options.fetch ?? ((url, init) => fetch(url, init));
  const file = async (name: string): Promise<Uint8Array> => {
    const address = new URL(name, folder).href;
    const response = await load(address, options.signal ? { signal: options.signal } : {});
    if (!response.ok)
      throw new ModelFormatError(`expected the model's ${name} at ${address}, got status ${response.status}`);
    return new Uint8Array(await response.arrayBuffer());
  };
  const config = await file(configFile);
  const { model } = readConfigHead(config);
  return { [configFile]: config, [model]: await file(model) };
}
