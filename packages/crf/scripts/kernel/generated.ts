/**
 * What is generated here: the WebAssembly module of the kernels and the program of the worker threads, both as text, so that the
 * bundle holds them and nothing has to be found or loaded.
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import asc from 'assemblyscript/asc';
import { makeMemoryPlain, sharedMemoryFlag } from './memory-flag.js';

const root = join(dirname(fileURLToPath(import.meta.url)), '../..');
const folder = join(root, 'src/linear/kernel/generated');
const moduleFile = join(folder, 'module.ts');

/** Of everything that the generated files depend on. */
const inputs = ['assembly', 'scripts'];

/** Compiles assembly/, for a shared memory. */
async function compile(): Promise<Uint8Array<ArrayBuffer>> {
  let binary: Uint8Array<ArrayBuffer> | undefined;
  const complaints: string[] = [];
  const { error } = await asc.main(
    [
      'assembly/index.ts',
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
      '--converge',
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
    throw new Error(`assembly/ does not compile: ${String(error)}\n${complaints.join('')}`);
  }
  return binary;
}

/** The text of each generated file, by its path. */
export async function generatedFiles(): Promise<Map<string, string>> {
  const binary = await compile();
  const flagAt = sharedMemoryFlag(binary);
  for (const bytes of [binary, makeMemoryPlain(binary, flagAt)]) {
    if (!WebAssembly.validate(bytes)) throw new Error('the module that was compiled is not valid');
  }
  return new Map([
    [
      moduleFile,
      [
        '// Written by scripts/generate.ts from assembly/.',
        '/** The module, in base64. Its memory is imported, and shared. */',
        `export const moduleText =\n  '${Buffer.from(binary).toString('base64')}';`,
        '/** Where in the module it says so: 3 there, 1 = a memory of one thread. */',
        `export const memoryFlagAt = ${flagAt};`,
        '',
      ].join('\n'),
    ],
  ]);
}

export function writeGenerated(files: ReadonlyMap<string, string>): void {
  mkdirSync(folder, { recursive: true });
  for (const [file, text] of files) writeFileSync(file, text);
}

const stamp = join(folder, '.inputs');

/** Generates the files if they are missing or older than what they depend on. */
export async function ensureGenerated(): Promise<void> {
  const hash = inputsHash();
  if (existsSync(moduleFile) && existsSync(stamp) && readFileSync(stamp, 'utf8') === hash) return;
  writeGenerated(await generatedFiles());
  writeFileSync(stamp, hash);
}

function inputsHash(): string {
  const files = [
    join(root, 'package.json'),
    ...inputs.flatMap((input) =>
      readdirSync(join(root, input), { recursive: true, encoding: 'utf8' })
        .filter((name) => name.endsWith('.ts'))
        .map((name) => join(root, input, name)),
    ),
  ].sort();
  const hash = createHash('sha256');
  for (const file of files) hash.update(`${file.slice(root.length)}\n`).update(readFileSync(file));
  return hash.digest('hex');
}
