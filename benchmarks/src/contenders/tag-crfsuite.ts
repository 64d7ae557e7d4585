// The same as tag-cognate.ts with npm `crfsuite` and a model in its format. Arguments: model, corpus, strings.
import { loadCrfsuite } from '../crfsuite.js';
import { timeTagging, type Strings } from './time-tagging.js';

const [model, file, strings] = process.argv.slice(2);
const tagger = new (loadCrfsuite().Tagger)();
const loading = performance.now();
tagger.open(model);
const loadMs = performance.now() - loading;
const figures = await timeTagging(file, strings as Strings, (attributes) => tagger.tag(attributes));
console.log(JSON.stringify({ ...figures, loadMs }));
