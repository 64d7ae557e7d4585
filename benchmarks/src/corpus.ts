import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Sentence } from '@cognate/corpora';
import { readAll } from '@cognate/corpora/node';
import { FeatureExtractor } from '@cognate/tagger';
import { relabel } from './labels.js';

const repository = fileURLToPath(new URL('../../', import.meta.url));

/** The folder of real corpora: COGNATE_DATA, by default `../shared/ner-data` beside the repository. Ends the program where there is none. */
export function dataFolder(): string {
  const folder = resolve(repository, process.env.COGNATE_DATA ?? '../shared/ner-data');
  if (existsSync(join(folder, 'bench'))) return join(folder, 'bench');
  process.stderr.write(`no corpora at ${folder}: set COGNATE_DATA\n`);
  process.exit(1);
}

/** One file of the uniform splits, as `gl/train-100.bio`. */
export function readBench(file: string, language?: string): Promise<Sentence[]> {
  return readAll(join(dataFolder(), file), { format: 'conll', ...(language !== undefined && { language }) });
}

/** What both contenders train on and tag: the default attributes of Cognate's linear tagger, and the tags. */
export function attributeSequences(
  sentences: readonly Sentence[],
  augment = false,
): { attributes: string[][]; tags: string[] }[] {
  const extractor = new FeatureExtractor(['default'], augment);
  return sentences.map(({ tokens, tags = [], language }) => ({
    attributes: extractor.extract(tokens, language),
    tags,
  }));
}

/** What the trainers are compared on: files joined by `+`, at most so many sentences, with tags of their own or others. */
export async function trainingSequences(files: string, labeling: string, limit = Infinity) {
  const corpora = await Promise.all(files.split('+').map((file) => readBench(file)));
  return attributeSequences(relabel(corpora.flat().slice(0, limit), labeling));
}
