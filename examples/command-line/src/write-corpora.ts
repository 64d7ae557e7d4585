import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { writeCorpus } from '@cognate/corpora/node';
import { sampleCorpus, type SampleLanguage } from '@cognate/corpora/samples';

/**
 * Stands in for the corpora that you would have: embedded samples, as files with a token and its tag on each line.
 *
 * @param sourceSentences of each of the two related languages
 */
export async function writeCorpora(folder: string, sourceSentences = 200): Promise<void> {
  await mkdir(folder, { recursive: true });
  const write = async (name: string, language: SampleLanguage, split: 'train' | 'test', count: number) => {
    const sentences = await sampleCorpus(language, split);
    await writeCorpus(join(folder, name), sentences.slice(0, count));
  };
  await write('gl-train.bio', 'gl', 'train', 10);
  await write('gl-test.bio', 'gl', 'test', 300);
  await write('es.bio', 'es', 'train', sourceSentences);
  await write('ca.bio', 'ca', 'train', sourceSentences);
}
