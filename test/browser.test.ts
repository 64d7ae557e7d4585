import { join } from 'node:path';
import { createContext, runInContext } from 'node:vm';
import { build } from 'esbuild';
import { describe, expect, it } from 'vitest';
import { libraries } from '../scripts/layers.mjs';
import { readManifest, root } from './repository.js';

/** What every browser has beside the language itself, and nothing of Node's. */
const webGlobals = {
  AbortController,
  AbortSignal,
  Blob,
  CompressionStream,
  DecompressionStream,
  DOMException,
  ReadableStream,
  TextDecoder,
  TextEncoder,
  TransformStream,
  URL,
  clearTimeout,
  console,
  performance,
  queueMicrotask,
  setTimeout,
  structuredClone,
};

/** Bundles a program for a browser, from the sources, and runs it where there is nothing but a browser's globals. */
async function runInBrowser(program: string): Promise<unknown> {
  const { outputFiles } = await build({
    // The program gives its result to the name that it finds around it.
    stdin: { contents: program, resolveDir: join(root, 'test'), loader: 'ts' },
    bundle: true,
    write: false,
    format: 'iife',
    platform: 'browser',
    target: 'es2022',
    conditions: ['@cognate/source'],
    logLevel: 'silent',
  });
  const globals: Record<string, unknown> = { ...webGlobals };
  // As in a worker, which has no window.
  globals.self = globals;
  const context = createContext(globals);
  return await (runInContext(
    `new Promise((done, fail) => { globalThis.done = done; globalThis.fail = fail; ${outputFiles[0].text} })`,
    context,
  ) as Promise<unknown>);
}

describe('in a browser', () => {
  /** Entries for Node, by their name; every other entry is for both. The hub's files go into folders. */
  const nodeEntries = ['./package.json', './node', './folder', './hub'];
  const entries = libraries.flatMap(({ name, folder }) =>
    Object.keys(readManifest(folder).exports ?? {})
      .filter((entry) => !nodeEntries.includes(entry))
      .map((entry) => `@cognate/${name}${entry.slice(1)}`),
  );

  it.each(entries)('%s can be bundled and loaded', async (entry) => {
    const names = await runInBrowser(
      `import * as all from '${entry}'; globalThis.done(Object.keys(all).join(' '));`,
    );
    expect(names).not.toBe('');
  });

  it('a CRF is trained, stored, loaded and used', async () => {
    const result = await runInBrowser(`
      import { LinearCrf } from '@cognate/crf';
      const data = [{ attributes: [['w=Lugo'], ['w=chove']], tags: ['B-LOC', 'O'] }];
      LinearCrf.train(data, { params: { max_iterations: 20 } })
        .then((crf) => LinearCrf.fromBytes(crf.toBytes()).predict(data[0].attributes))
        .then((tags) => globalThis.done(tags.join(' ')), globalThis.fail);
    `);
    expect(result).toBe('B-LOC O');
  });

  it('a program that needs Node is refused, or this test would show nothing', async () => {
    await expect(runInBrowser("import { readFileSync } from 'node:fs'; readFileSync('x');")).rejects.toThrow(
      /node:fs/,
    );
    await expect(runInBrowser('globalThis.done(process.platform);')).rejects.toThrow(
      /process is not defined/,
    );
  });
});
