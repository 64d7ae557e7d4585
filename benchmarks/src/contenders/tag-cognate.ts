// Loads a CRFsuite model and tags a corpus from attribute strings. Arguments: model, corpus, threads (1: `predict`, more: `predictAll`).
import { readFileSync } from 'node:fs';
import { LinearCrf } from '@cognate/crf';
import { attributeSequences, readBench } from '../corpus.js';
import { median } from '../measure.js';

const [model, file, threads = '1'] = process.argv.slice(2);
const sequences = attributeSequences(await readBench(file));
const bytes = readFileSync(model);
const own = LinearCrf.fromCrfsuite(bytes).toBytes();
const loading = performance.now();
const crf = LinearCrf.fromBytes(own);
const loadMs = performance.now() - loading;
const tokens = sequences.reduce((sum, { tags }) => sum + tags.length, 0);
let correct = 0;
const seconds: number[] = [];
const attributes = sequences.map((sequence) => sequence.attributes);
const compare = (tags: string[], index: number) => {
  tags.forEach((tag, t) => (correct += Number(tag === sequences[index].tags[t])));
};
for (let pass = 0; pass < 15; pass++) {
  const started = performance.now();
  correct = 0;
  if (threads === '1') {
    attributes.forEach((sequence, index) => {
      compare(crf.predict(sequence), index);
    });
  } else {
    let index = 0;
    for await (const tags of crf.predictAll(attributes, { threads: Number(threads) })) compare(tags, index++);
  }
  seconds.push((performance.now() - started) / 1000);
}
console.log(JSON.stringify({ tokensASecond: tokens / median(seconds), loadMs, correct }));
