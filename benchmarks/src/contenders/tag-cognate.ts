// Loads a model from its file and tags a corpus from attribute strings. Arguments: model, corpus, strings (see time-tagging.ts).
import { readFileSync } from 'node:fs';
import { LinearCrf } from '@cognate/crf';
import { timeTagging, type Strings } from './time-tagging.js';

const [model, file, strings] = process.argv.slice(2);
const loading = performance.now();
const crf = LinearCrf.fromBytes(readFileSync(model));
const loadMs = performance.now() - loading;
const figures = await timeTagging(file, strings as Strings, (attributes) => crf.predict(attributes));
console.log(JSON.stringify({ ...figures, loadMs }));
