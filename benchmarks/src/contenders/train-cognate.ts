// Trains on one corpus with L-BFGS and L2 and prints its seconds an iteration. Arguments: files, iterations, c2, labelling,
// threads, sentences at most.
import { LinearCrf } from '@cognate/crf';
import { trainingSequences } from '../corpus.js';
import { median } from '../measure.js';

const [files, iterations, c2, labeling, threads, limit = 'Infinity'] = process.argv.slice(2);
const sequences = await trainingSequences(files, labeling, Number(limit));
const seconds: number[] = [];
let loss = 0;
let features = 0;
let tags = 0;
let usedThreads = 0;
let last = 0;
const started = performance.now();
await LinearCrf.train(sequences, {
  params: { c2: Number(c2), max_iterations: Number(iterations), delta: 0, epsilon: 0 },
  threads: Number(threads),
  onEvent(event) {
    if (event.type === 'data') {
      tags = event.tags.length;
    } else if (event.type === 'features') {
      features = event.total;
      usedThreads = event.threads;
      last = performance.now();
    } else if (event.type === 'iteration') {
      const now = performance.now();
      // Some iterations evaluate the loss more than once.
      seconds.push((now - last) / 1000 / event.evaluations);
      last = now;
      loss = event.loss;
    }
  },
});
if (usedThreads !== Number(threads)) throw new Error(`expected ${threads} threads, got ${usedThreads}`);
console.log(
  JSON.stringify({
    secondsAnEvaluation: median(seconds),
    seconds: (performance.now() - started) / 1000,
    loss,
    features,
    tags,
  }),
);
