// Loads a model from its file, as the first one of its process, and tags a corpus once. Arguments: model, corpus.
import { attributeSequences, readBench } from '../corpus.js';
import { loadCognate } from './load-model.js';

const [file, corpus] = process.argv.slice(2);
const { model, loadMs } = loadCognate(file);
for (const { attributes } of attributeSequences(await readBench(corpus))) model.predict(attributes);
console.log(JSON.stringify({ loadMs }));
