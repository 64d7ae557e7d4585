// Loads a model from its file and tags a corpus from attribute strings. Arguments: model, corpus, strings (see time-tagging.ts).
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { LinearCrf } from '@cognate/crf';
import { timeTagging, type Strings } from './time-tagging.js';

const [model, file, strings] = process.argv.slice(2);
const loading = performance.now();
const handle = openSync(model, 'r');
const bytes = LinearCrf.allocate(fstatSync(handle).size);
for (let at = 0; at < bytes.length;) {
  const read = readSync(handle, bytes, at, bytes.length - at, null);
  if (read === 0) throw new Error(`expected ${bytes.length} bytes in ${model}, got ${at}`);
  at += read;
}
closeSync(handle);
const crf = LinearCrf.fromBytes(bytes);
const loadMs = performance.now() - loading;
const figures = await timeTagging(file, strings as Strings, (attributes) => crf.predict(attributes));
console.log(JSON.stringify({ ...figures, loadMs }));
