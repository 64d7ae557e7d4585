import { mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type SampleLanguage, sampleLanguages } from '../../src/samples/languages.js';
import type { SampleSourceName } from '../../src/samples/sources.js';
import type { PatternFile } from '../patterns/format.js';
import { patternFiles } from '../patterns/index.js';
import { materialFor } from '../sources/material.js';
import { moduleText, pack } from './pack.js';
import { generateSamples } from './sample.js';
import type { Samples } from './types.js';

const here = dirname(fileURLToPath(import.meta.url));
export const generatedFolder = join(here, '../../src/samples/generated');

async function patternsOf(language: SampleLanguage): Promise<PatternFile> {
  const { default: file } = await patternFiles[language]();
  if (file.language !== language) throw new Error(`patterns/${language}.ts is about "${file.language}".`);
  return file;
}

export async function samplesOf(language: SampleLanguage): Promise<Samples> {
  const file = await patternsOf(language);
  return generateSamples(file, materialFor(file));
}

/** What a language's samples are made from. */
function sourcesOf({ include = {} }: PatternFile): SampleSourceName[] {
  const used: Readonly<Record<SampleSourceName, boolean>> = {
    cognate: true,
    cldr: Boolean(include.countries) || Boolean(include.worldCities),
    geonames: (include.towns ?? []).length > 0,
    faker: (include.people ?? []).length > 0,
    udhr: true,
  };
  return (Object.keys(used) as SampleSourceName[]).filter((name) => used[name]);
}

/** Names and contents of all generated files: a module and its type for each language. */
export async function generatedFiles(
  languages: readonly SampleLanguage[] = sampleLanguages,
): Promise<Map<string, string>> {
  const files = new Map<string, string>();
  for (const language of languages) {
    const file = await patternsOf(language);
    const patterns = { train: file.train.length, dev: file.dev.length, test: file.test.length };
    const packed = pack(generateSamples(file, materialFor(file)), sourcesOf(file), patterns);
    files.set(`${language}.sample.js`, moduleText(language, packed));
    files.set(
      `${language}.sample.d.ts`,
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
