// Trains the model that comes with the page, on the samples embedded in @cognate/corpora: all of their languages in one
// linear tagger. Written to public/model, as a folder that any tagger of Cognate loads.
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { sampleCorpus, sampleLanguages } from '@cognate/corpora/samples';
import { LinearTagger } from '@cognate/tagger';
import { saveTagger } from '@cognate/tagger/node';

/** Enough to see it work in every language, few enough for a file of a megabyte. */
const sentencesOfEach = 300;

const sentences = [];
for (const language of sampleLanguages) {
  sentences.push(...(await sampleCorpus(language, 'train')).slice(0, sentencesOfEach));
}
// One thread: the model is to be the same wherever it is made.
const tagger = await LinearTagger.train(sentences, { params: { max_iterations: 80 } });
const folder = join(import.meta.dirname, '../public/model');
rmSync(folder, { recursive: true, force: true });
await saveTagger(tagger, folder);
console.log(`public/model: ${tagger.languages.length} languages, ${tagger.labels.join(', ')}`);
