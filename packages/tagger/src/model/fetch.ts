import { ModelFormatError, TaggerError } from '../errors.js';
import { atMost, drain, streamOf } from '../streams.js';
import { readModelArchive } from './archive.js';
import { readConfigHead } from './config.js';
import { configFile, defaultMaxBytes, type ModelFiles } from './files.js';

export interface FetchOptions {
  /** Another `fetch` than the host's. */
  readonly fetch?: ((url: string, init: { signal: AbortSignal }) => Promise<Response>) | undefined;
  readonly signal?: AbortSignal | undefined;
  /** The most bytes that the model may have, unpacked. Default 2^30. */
  readonly maxBytes?: number | undefined;
  /** Milliseconds without a byte after which the server is given up. Default 30,000. */
  readonly timeout?: number | undefined;
}

/**
 * Fetches the files of a model from a server that has its folder (`config.json` and the model file that it names), or the folder as an
 * archive, if the address ends in `.tgz`, `.tar.gz` or `.tar`. A query goes along with every request.
 *
 * @param base address of the folder or archive; in a browser it may be relative to the page
 * @throws ModelFormatError (as a rejection) where a file is missing, too large or the configuration is none; TaggerError for a server
 * that cannot be reached or falls silent; the signal's reason where it was aborted
 */
export async function fetchModelFiles(base: string | URL, options: FetchOptions = {}): Promise<ModelFiles> {
  const address = addressOf(base);
  const { maxBytes = defaultMaxBytes } = options;
  if (/\.(?:tgz|tar\.gz|tar)$/iu.test(address.pathname))
    return get(address, 'archive', options, (body) => readModelArchive(body, { maxBytes }));
  let left = maxBytes;
  const file = (name: string): Promise<Uint8Array> => {
    const url = new URL(address);
    url.pathname = `${address.pathname.replace(/\/*$/u, '')}/${name}`;
    const tooMuch = (): Error =>
      new ModelFormatError(`expected a model of at most ${maxBytes} bytes, got more at ${url.href}`);
    return get(url, name, options, async (body) => {
      const bytes = await drain(body.pipeThrough(atMost(left, tooMuch)));
      left -= bytes.length;
      return bytes;
    });
  };
  const config = await file(configFile);
  const { model } = readConfigHead(config);
  return { [configFile]: config, [model]: await file(model) };
}

function addressOf(base: string | URL): URL {
  // The page's address, in a browser.
  const { location } = globalThis as { location?: { href?: string } };
  let address: URL;
  try {
    address = new URL(base, location?.href);
  } catch (error) {
    throw new TaggerError(`expected an address of http or https, got ${JSON.stringify(String(base))}`, {
      cause: error,
    });
  }
  return address;
}

/** Sends a request and uses the body of its answer, for as long as bytes come. */
async function get<T>(
  url: URL,
  name: string,
  { fetch: send = fetch, signal, timeout = 30_000 }: FetchOptions,
  use: (body: ReadableStream<Uint8Array>) => Promise<T>,
): Promise<T> {
  const { href } = url;
  const silence = new AbortController();
  const giveUp = (): void => {
    silence.abort(new TaggerError(`${href}: expected an answer, got none for ${timeout / 1000} s`));
  };
  let timer = setTimeout(giveUp, timeout);
  const watched = new TransformStream<Uint8Array, Uint8Array>({
    transform(chunk, controller) {
      clearTimeout(timer);
      timer = setTimeout(giveUp, timeout);
      controller.enqueue(chunk);
    },
  });
  try {
    const either = signal ? AbortSignal.any([signal, silence.signal]) : silence.signal;
    const response = await send(href, { signal: either });
    if (!response.ok)
      throw new ModelFormatError(`expected the model's ${name} at ${href}, got status ${response.status}`);
    // Redirects are followed, but nobody on the way may take the encryption off.
    if (url.protocol === 'https:' && response.url.startsWith('http:'))
      throw new TaggerError(`${href}: expected an encrypted answer, got a redirect to ${response.url}`);
    return await use((response.body ?? streamOf(new Uint8Array())).pipeThrough(watched));
  } catch (error) {
    signal?.throwIfAborted();
    silence.signal.throwIfAborted();
    if (error instanceof ModelFormatError && !error.message.includes(href))
      throw new ModelFormatError(`${href}: ${error.message}`, { cause: error });
    if (error instanceof TaggerError) throw error;
    throw new TaggerError(`${href}: no connection: ${reasonOf(error)}`, { cause: error });
  } finally {
    clearTimeout(timer);
    // Whatever of the answer nobody wanted.
    silence.abort();
  }
}

/** The deepest reason of a failed request: fetch itself says no more than "fetch failed". */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { cause } = error;
  if (!(cause instanceof Error)) return error.message;
  return cause.message === '' && 'code' in cause ? String(cause.code) : cause.message;
}
