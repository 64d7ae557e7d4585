import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { sampleCorpus } from '@cognate/corpora/samples';
import { LinearTagger } from '@cognate/tagger';
import { saveTagger } from '@cognate/tagger/node';

/** The built program. */
export const program = fileURLToPath(new URL('../../apps/demo-cli/bin/cognate.js', import.meta.url));

/** What the benchmarks of the program's use run with: a linear model of the embedded Galician samples, and their texts. */
export interface UseModel {
  readonly folder: string;
  readonly model: string;
  /** A sentence each. */
  readonly texts: readonly string[];
  readonly tagger: LinearTagger;
  readonly remove: () => void;
}

export async function useModel(): Promise<UseModel> {
  const sentences = await sampleCorpus('gl', 'train');
  const tagger = await LinearTagger.train(sentences, { language: 'gl', params: { max_iterations: 60 } });
  const folder = mkdtempSync(join(tmpdir(), 'cognate-bench-use-'));
  const model = join(folder, 'model');
  await saveTagger(tagger, model);
  return {
    folder,
    model,
    texts: sentences.map(({ tokens }) => tokens.join(' ')),
    tagger,
    remove: () => {
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
