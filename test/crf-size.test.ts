import { gzipSync } from 'node:zlib';
import { join } from 'node:path';
import { build } from 'esbuild';
import { expect, it } from 'vitest';
import { readManifest, root } from './repository.js';

/** Minified and gzipped, kernels and the program of the threads included. */
const limit = 64_000;

it('@cognate/crf is small, and needs no other package', async () => {
  const { outputFiles, metafile } = await build({
    stdin: { contents: "export * from '@cognate/crf';", resolveDir: join(root, 'test'), loader: 'ts' },
    bundle: true,
    minify: true,
    write: false,
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
    conditions: ['@cognate/source'],
    metafile: true,
  });
  const bytes = gzipSync(outputFiles[0].contents, { level: 9 }).length;
  expect(bytes).toBeLessThanOrEqual(limit);
  // A bundle without its kernels would be smaller than this.
  expect(bytes).toBeGreaterThan(limit / 2);
  expect(readManifest('packages/crf').dependencies ?? {}).toEqual({});
  const foreign = Object.keys(metafile.inputs).filter((path) => /node_modules/.test(path));
  expect(foreign).toEqual([]);
  process.stdout.write(`@cognate/crf, minified and gzipped: ${(bytes / 1000).toFixed(1)} kB\n`);
});
