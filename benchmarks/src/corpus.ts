import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Sentence } from '@cognate/corpora';
import { readAll } from '@cognate/corpora/node';
import { FeatureExtractor } from '@cognate/tagger';

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

/**
 * The same sentences with more tags: each tag joined with one of so many classes of words, by the last two letters (as parts of speech
 * often are). 1 = as they are.
 */
export function joinClasses(sentences: readonly Sentence[], classes: number): readonly Sentence[] {
  if (classes === 1) return sentences;
  const classOf = (word: string): number => {
    let hash = 0x811c9dc5;
    for (const unit of word.toLowerCase().slice(-2)) {
      hash = Math.imul(hash ^ unit.charCodeAt(0), 0x01000193);
    }
    return (hash >>> 8) % classes;
  };
  return sentences.map((sentence) => ({
    ...sentence,
    tags: sentence.tags?.map((tag, t) => `${tag}:${classOf(sentence.tokens[t])}`) ?? [],
  }));
}
