// Tags a corpus, whose attribute strings are in memory, by `predictAll`. Arguments: model, corpus, threads.
import { readFileSync } from 'node:fs';
import { LinearCrf } from '@cognate/crf';
import { attributeSequences, readBench } from '../corpus.js';
import { median } from '../measure.js';

const [model, file, threads] = process.argv.slice(2);
const sequences = attributeSequences(await readBench(file));
const crf = LinearCrf.fromBytes(readFileSync(model));
const tokens = sequences.reduce((sum, { tags }) => sum + tags.length, 0);
const attributes = sequences.map((sequence) => sequence.attributes);
let correct = 0;
const seconds: number[] = [];
for (let pass = 0; pass < 15; pass++) {
  const started = performance.now();
  let index = 0;
  correct = 0;
  for await (const tags of crf.predictAll(attributes, { threads: Number(threads) })) {
    const gold = sequences[index++].tags;
    tags.forEach((tag, t) => (correct += Number(tag === gold[t])));
  }
  seconds.push((performance.now() - started) / 1000);
}
console.log(JSON.stringify({ tokensASecond: tokens / median(seconds), correct }));
