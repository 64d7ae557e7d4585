import { existsSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { delimiter, join } from 'node:path';
import type { AddressInfo } from 'node:net';

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/** The Chromium that COGNATE_CHROMIUM names, or the first on the path; undefined if there is none. */
export function findChromium(): string | undefined {
  const { COGNATE_CHROMIUM: named, PATH = '' } = process.env;
  if (named !== undefined && named !== '') return named;
  const folders = PATH.split(delimiter).filter((folder) => folder !== '');
  return folders
    .flatMap((folder) => names.map((name) => join(folder, name)))
    .find((path) => existsSync(path));
}

/** A page or a script of the site. */
export interface Resource {
  readonly type: string;
  readonly body: string | Uint8Array;
}

/**
 * Serves a site on this machine alone, with or without the headers that let a page share memory with its threads. Gives its address.
 */
export async function serveSite(
  site: ReadonlyMap<string, Resource>,
  isolated: boolean,
): Promise<{ readonly origin: string; readonly requests: string[]; close(): Promise<void> }> {
  const requests: string[] = [];
  const server: Server = createServer(({ url = '/' }, response) => {
    const { pathname } = new URL(url, 'http://site');
    requests.push(pathname);
    const found = site.get(pathname);
    const headers = isolated
      ? { 'cross-origin-opener-policy': 'same-origin', 'cross-origin-embedder-policy': 'require-corp' }
      : {};
    response.writeHead(found ? 200 : 404, { 'content-type': found?.type ?? 'text/plain', ...headers });
    response.end(found?.body ?? 'not found');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${port}`,
    requests,
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}
