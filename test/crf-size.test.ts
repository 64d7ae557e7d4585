import { gzipSync } from 'node:zlib';
import { join } from 'node:path';
import { build, type Metafile } from 'esbuild';
import { expect, it } from 'vitest';
import { readManifest, root } from './repository.js';

/** Of the main entry, minified and gzipped, with the kernel that tags: what every page loads. */
const limit = 33_000;
/** With what a page loads further that trains by L-BFGS: the kernel for that and its trainer. */
const trainingLimit = 56_500;

/** The files that come with one, without those that are loaded when they are needed. */
function withImports({ outputs }: Metafile, file: string, seen = new Set<string>()): Set<string> {
  if (seen.has(file)) return seen;
  seen.add(file);
  for (const { path, kind } of outputs[file].imports) {
    if (kind === 'import-statement') withImports({ inputs: {}, outputs }, path, seen);
  }
  return seen;
}

it('@cognate/crf is small, and needs no other package', async () => {
  const { outputFiles, metafile } = await build({
    stdin: { contents: "export * from '@cognate/crf';", resolveDir: join(root, 'test'), loader: 'ts' },
    bundle: true,
    splitting: true,
    minify: true,
    write: false,
    outdir: 'out',
    absWorkingDir: root,
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
    conditions: ['@cognate/source'],
    metafile: true,
  });
  const bytesOf = (files: Iterable<string>): number =>
    [...files].reduce((sum, file) => {
      const output = outputFiles.find(({ path }) => path === join(root, file));
      if (output === undefined) throw new Error(`expected ${file} among the outputs`);
      return sum + gzipSync(output.contents, { level: 9 }).length;
    }, 0);
  const fileOf = (source: string): string => {
    const found = Object.entries(metafile.outputs).find(([, { inputs }]) =>
      Object.keys(inputs).some((input) => input.endsWith(source)),
    );
    if (found === undefined) throw new Error(`expected ${source} in a file`);
    return found[0];
  };

  const main = withImports(metafile, 'out/stdin.js');
  const training = new Set([...main, ...withImports(metafile, fileOf('crf/src/linear/train.ts'))]);
  const kB = (bytes: number): string => `${(bytes / 1000).toFixed(1)} kB`;
  process.stdout.write(
    `@cognate/crf, minified and gzipped: ${kB(bytesOf(main))}, with training by L-BFGS ${kB(bytesOf(training))}, all ${kB(bytesOf(Object.keys(metafile.outputs)))}\n`,
  );
  expect(bytesOf(main)).toBeLessThanOrEqual(limit);
  expect(bytesOf(training)).toBeLessThanOrEqual(trainingLimit);
  // The kernels are where they are said to be.
  expect(main).toContain(fileOf('generated/tagging-module.ts'));
  expect(training).toContain(fileOf('generated/module.ts'));
  expect(main).not.toContain(fileOf('generated/module.ts'));
  for (const later of ['trainers/l2sgd.ts', 'stream/train-stream.ts', 'threads/crew.ts', 'pool/pool.ts']) {
    expect(training).not.toContain(fileOf(later));
  }
  expect(readManifest('packages/crf').dependencies ?? {}).toEqual({});
  expect(Object.keys(metafile.inputs).filter((path) => path.includes('node_modules'))).toEqual([]);
});
