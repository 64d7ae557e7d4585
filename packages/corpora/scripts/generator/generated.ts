import { mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { sampleLanguages } from '../../src/samples/languages.js';
import type { PatternFile } from '../patterns/format.js';
import { materialFor } from '../sources/material.js';
import { moduleText, pack } from './pack.js';
import { generateSamples } from './sample.js';
import type { Samples } from './types.js';

const here = dirname(fileURLToPath(import.meta.url));
export const generatedFolder = join(here, '../../src/samples/generated');

export async function patternsOf(language: string): Promise<PatternFile> {
  const { default: file } = (await import(`../patterns/${language}.js`)) as { default: PatternFile };
  if (file.language !== language) throw new Error(`patterns/${language}.ts is about "${file.language}".`);
  return file;
}

export async function samplesOf(language: string): Promise<Samples> {
  const file = await patternsOf(language);
  return generateSamples(file, materialFor(file));
}

/** Names and contents of all generated files: a module and its type for each language. */
export async function generatedFiles(
  languages: readonly string[] = sampleLanguages,
): Promise<Map<string, string>> {
  const files = new Map<string, string>();
  for (const language of languages) {
    files.set(`${language}.js`, moduleText(language, pack(await samplesOf(language))));
    files.set(
      `${language}.d.ts`,
      `import type { PackedSamples } from '../packed.js';\ndeclare const samples: PackedSamples;\nexport default samples;\n`,
    );
  }
  return files;
}

/** Puts the files in place, each at once, so that a reader never sees half of one; files of earlier runs that are no longer made go. */
export function writeGenerated(files: ReadonlyMap<string, string>, folder: string = generatedFolder): void {
  mkdirSync(folder, { recursive: true });
  for (const [name, text] of files) {
    const unfinished = join(folder, `.${name}.${process.pid}`);
    writeFileSync(unfinished, text);
    renameSync(unfinished, join(folder, name));
  }
  for (const name of readdirSync(folder)) {
    if (!files.has(name) && !name.startsWith('.')) rmSync(join(folder, name));
  }
}
