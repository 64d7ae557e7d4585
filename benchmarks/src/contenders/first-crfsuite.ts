// The same as first-cognate.ts with npm `crfsuite` and a model in its format. Arguments: model, corpus.
import { attributeSequences, readBench } from '../corpus.js';
import { loadCrfsuite } from '../crfsuite.js';
import { loadWithCrfsuite } from './load-model.js';

const [file, corpus] = process.argv.slice(2);
const { model, loadMs } = loadWithCrfsuite(loadCrfsuite(), file);
for (const { attributes } of attributeSequences(await readBench(corpus))) model.tag(attributes);
console.log(JSON.stringify({ loadMs }));
