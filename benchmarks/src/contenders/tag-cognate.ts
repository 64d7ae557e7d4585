// Loads a CRFsuite model and tags a corpus from attribute strings. Arguments: model, corpus.
import { readFileSync } from 'node:fs';
import { LinearCrf } from '@cognate/crf';
import { attributeSequences, readBench } from '../corpus.js';
import { median } from '../measure.js';

const [model, file] = process.argv.slice(2);
const sequences = attributeSequences(await readBench(file));
const bytes = readFileSync(model);
const own = LinearCrf.fromCrfsuite(bytes).toBytes();
const loading = performance.now();
const crf = LinearCrf.fromBytes(own);
const loadMs = performance.now() - loading;
const tokens = sequences.reduce((sum, { tags }) => sum + tags.length, 0);
let correct = 0;
const seconds: number[] = [];
for (let pass = 0; pass < 5; pass++) {
  const started = performance.now();
  correct = 0;
  for (const { attributes, tags } of sequences) {
    crf.predict(attributes).forEach((tag, t) => (correct += Number(tag === tags[t])));
  }
  seconds.push((performance.now() - started) / 1000);
}
console.log(JSON.stringify({ tokensASecond: tokens / median(seconds), loadMs, correct }));
