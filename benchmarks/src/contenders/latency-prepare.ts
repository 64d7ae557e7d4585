// Writes a model folder: the paper's network for the words of the corpora, not trained. Such a network finds an entity in most places, so that a
// sentence takes no less time than with one that is trained. Arguments: folder, sentences of each corpus at most, corpora as LANGUAGE=FILE... (the
// target first).
import { NeuralTagger } from '@cognate/tagger/neural';
import { saveTagger } from '@cognate/tagger/node';
import { readBench } from '../corpus.js';

const [folder, limit, ...files] = process.argv.slice(2);
const corpora = await Promise.all(
  files.map(async (file) => {
    const [language, path] = file.split('=');
    return (await readBench(path, language)).slice(0, Number(limit));
  }),
);
const tagger = await NeuralTagger.create(corpora.flat(), { language: files[0].split('=')[0] });
await saveTagger(tagger, folder);
const words = tagger.parameters.get('words').shape[0];
const values = Array.from(tagger.parameters).reduce((sum, parameter) => sum + parameter.values.length, 0);
console.log(JSON.stringify({ words, values }));
