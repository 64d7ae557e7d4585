/**
 * The WebAssembly modules of this package: what they are compiled from, how, and where they go as text.
 */
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import asc from 'assemblyscript/asc';

const root = join(dirname(fileURLToPath(import.meta.url)), '../..');

/** Of everything that the modules depend on. */
const inputs = ['assembly', 'scripts'];

export const generatedFile = join(root, 'src/kernels/generated/modules.ts');

/** One module from all of assembly/, with fused multiplication and addition or without. */
async function compile(relaxed: boolean): Promise<Uint8Array> {
  let binary: Uint8Array | undefined;
  const complaints: string[] = [];
  const { error } = await asc.main(
    [
      'assembly/index.ts',
      ['--baseDir', root],
      ['--outFile', 'module.wasm'],
      ['--enable', 'simd'],
      relaxed ? ['--enable', 'relaxed-simd'] : [],
      ['--runtime', 'stub'],
      ['--optimizeLevel', '3'],
      ['--shrinkLevel', '0'],
      '--converge',
      '--noAssert',
      '--importMemory',
    ].flat(),
    {
      stderr: { write: (text) => complaints.push(text.toString()) },
      writeFile: (name, contents) => {
        if (name.endsWith('.wasm') && typeof contents !== 'string') binary = contents;
      },
    },
  );
  if (error !== null || binary === undefined) {
    throw new Error(`assembly/ does not compile: ${String(error)}\n${complaints.join('')}`);
  }
  return binary;
}

/** The source text of the generated file: both modules in base64. */
export async function generatedText(): Promise<string> {
  const names = { relaxedSimdModule: true, simdModule: false };
  const lines = ['// Written by scripts/generate.ts from assembly/.'];
  for (const [name, relaxed] of Object.entries(names)) {
    const text = Buffer.from(await compile(relaxed)).toString('base64');
    lines.push(`export const ${name} =\n  '${text}';`);
  }
  return `${lines.join('\n')}\n`;
}

export function writeGenerated(text: string): void {
  mkdirSync(dirname(generatedFile), { recursive: true });
  writeFileSync(generatedFile, text);
}

/** A hash over everything that the generated text depends on. */
export function inputsHash(): string {
  const files = [
    join(root, 'package.json'),
    ...inputs.flatMap((folder) =>
      readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
        .filter((name) => name.endsWith('.ts'))
        .map((name) => join(root, folder, name)),
    ),
  ].sort();
  const hash = createHash('sha256');
  for (const file of files) hash.update(`${file.slice(root.length)}\n`).update(readFileSync(file));
  return hash.digest('hex');
}
