// The same with npm `crfsuite`. Arguments: model, corpus.
import { attributeSequences, readBench } from '../corpus.js';
import { loadCrfsuite } from '../crfsuite.js';
import { median } from '../measure.js';

const [model, file] = process.argv.slice(2);
const sequences = attributeSequences(await readBench(file));
const tagger = new (loadCrfsuite().Tagger)();
const loading = performance.now();
tagger.open(model);
const loadMs = performance.now() - loading;
const tokens = sequences.reduce((sum, { tags }) => sum + tags.length, 0);
let correct = 0;
const seconds: number[] = [];
for (let pass = 0; pass < 15; pass++) {
  const started = performance.now();
  correct = 0;
  for (const { attributes, tags } of sequences) {
    tagger.tag(attributes).forEach((tag, t) => (correct += Number(tag === tags[t])));
  }
  seconds.push((performance.now() - started) / 1000);
}
console.log(JSON.stringify({ tokensASecond: tokens / median(seconds), loadMs, correct }));
