/**
 * What is generated here: the WebAssembly modules of the kernels and the programs of the worker threads, all as text, so that the
 * bundle holds them and nothing has to be found or loaded.
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import asc from 'assemblyscript/asc';
import { build } from 'esbuild';
import { makeMemoryPlain, sharedMemoryFlag } from './memory-flag.js';

const root = join(dirname(fileURLToPath(import.meta.url)), '../..');
const kernelFolder = join(root, 'src/linear/kernel');
const folder = join(kernelFolder, 'generated');

/** A file that is made: how, and of what. */
interface Generated {
  readonly name: string;
  /** Files and folders that its text depends on, in the package. */
  readonly inputs: readonly string[];
  readonly text: () => Promise<string>;
}

const generated: readonly Generated[] = [
  { name: 'module.ts', inputs: ['assembly', 'scripts'], text: () => moduleText('assembly/index.ts') },
  {
    name: 'tagging-module.ts',
    inputs: ['assembly/tagging', 'scripts'],
    text: () => moduleText('assembly/tagging/index.ts'),
  },
  {
    name: 'worker-program.ts',
    inputs: ['src/linear/kernel', 'src/lattice/exp.ts', 'scripts'],
    text: () => workerText('src/linear/kernel/threads/worker.ts', 'workerProgram'),
  },
  {
    name: 'pool-program.ts',
    inputs: ['src/linear/tagging', 'scripts'],
    text: () => workerText('src/linear/tagging/pool/worker.ts', 'poolProgram'),
  },
];

/** Compiles a module for a shared memory. */
async function compile(entry: string): Promise<Uint8Array<ArrayBuffer>> {
  let binary: Uint8Array<ArrayBuffer> | undefined;
  const complaints: string[] = [];
  const { error } = await asc.main(
    [
      entry,
      ['--baseDir', root],
      ['--outFile', 'module.wasm'],
      ['--enable', 'simd'],
      ['--enable', 'threads'],
      '--importMemory',
      '--sharedMemory',
      ['--maximumMemory', '65536'],
      ['--runtime', 'stub'],
      ['--optimizeLevel', '3'],
      ['--shrinkLevel', '0'],
      '--noAssert',
    ].flat(),
    {
      stderr: { write: (text) => complaints.push(text.toString()) },
      writeFile: (name, contents) => {
        if (name.endsWith('.wasm') && typeof contents !== 'string') binary = new Uint8Array(contents);
      },
    },
  );
  if (error !== null || binary === undefined) {
    throw new Error(`${entry} does not compile: ${String(error)}\n${complaints.join('')}`);
  }
  return binary;
}

/** A module, compiled from an entry in assembly/. */
async function moduleText(entry: string): Promise<string> {
  const binary = await compile(entry);
  const flagAt = sharedMemoryFlag(binary);
  for (const bytes of [binary, makeMemoryPlain(binary, flagAt)]) {
    if (!WebAssembly.validate(bytes)) throw new Error('the module that was compiled is not valid');
  }
  return [
    `// Written by scripts/generate.ts from ${entry}.`,
    '/** The module, two digits a byte: what is transferred compressed gets smaller so than from base64. Its memory is imported, and shared. */',
    `export const moduleText =\n  '${Buffer.from(binary).toString('hex')}';`,
    '/** Where in the module it says so: 3 there, 1 = a memory of one thread. */',
    `export const memoryFlagAt = ${flagAt};`,
    '',
  ].join('\n');
}

/** The program of a worker thread, bundled from its entry. */
async function workerText(entry: string, name: string): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [join(root, entry)],
    bundle: true,
    write: false,
    format: 'iife',
    globalName: 'crfWorker',
    platform: 'neutral',
    target: 'es2022',
    minify: true,
    legalComments: 'none',
  });
  return [
    `// Written by scripts/generate.ts from ${entry}.`,
    `export const ${name} =\n  ${JSON.stringify(outputFiles[0].text.trimEnd())};`,
    '',
  ].join('\n');
}

/** Writes the files, all of them or only those that are missing or older than what they depend on. */
export async function generate(all: boolean): Promise<void> {
  mkdirSync(folder, { recursive: true });
  for (const { name, inputs, text } of generated) {
    const file = join(folder, name);
    const stamp = join(folder, `.${name}.inputs`);
    const hash = hashOf(inputs);
    if (!all && existsSync(file) && existsSync(stamp) && readFileSync(stamp, 'utf8') === hash) continue;
    writeFileSync(file, await text());
    writeFileSync(stamp, hash);
  }
}

function hashOf(inputs: readonly string[]): string {
  const files = inputs
    .flatMap((input) => {
      const path = join(root, input);
      if (path.endsWith('.ts')) return [path];
      return readdirSync(path, { recursive: true, encoding: 'utf8' }).map((name) => join(path, name));
    })
    .filter((path) => path.endsWith('.ts') && !path.startsWith(folder));
  const hash = createHash('sha256');
  for (const file of [join(root, 'package.json'), ...files.sort()]) {
    hash.update(`${file.slice(root.length)}\n`).update(readFileSync(file));
  }
  return hash.digest('hex');
}
