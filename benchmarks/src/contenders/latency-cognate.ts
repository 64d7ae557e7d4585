// Loads a model folder and tags texts one at a time. Arguments: folder, backend, "relaxed" or "plain" SIMD, the corpus whose sentences are the texts.
import { selectBackend, type BackendName } from '@cognate/nn';
import { loadTagger } from '@cognate/tagger/node';
import { readBench } from '../corpus.js';
import { median } from '../measure.js';

const [folder, name, simd, file] = process.argv.slice(2);
const texts = (await readBench(file)).map(({ tokens }) => tokens.join(' '));
const { backend } = await selectBackend({ prefer: name as BackendName, relaxedSimd: simd === 'relaxed' });
if (backend !== name) throw new Error(`expected the backend ${name}, got ${backend}`);

const loads: number[] = [];
const timed = async () => {
  const started = performance.now();
  const tagger = await loadTagger(folder);
  loads.push(performance.now() - started);
  return tagger;
};
// The first load of a process compiles what reads; a program loads once.
let tagger = await timed();
const [firstLoad] = loads;
for (let again = 0; again < 6; again++) tagger = await timed();

let entities = 0;
const times = texts.map((text) => {
  const started = performance.now();
  entities += tagger.tag(text).length;
  return performance.now() - started;
});
// Code is compiled by then; the sentences that follow are all new.
const warm = times.slice(50).sort((a, b) => a - b);
console.log(
  JSON.stringify({
    firstLoadMs: firstLoad,
    loadMs: median(loads.slice(1)),
    firstSentenceMs: times[0],
    medianMs: median(warm),
    p95Ms: warm[Math.floor(0.95 * warm.length)],
    entities,
  }),
);
