// Trains on one corpus with L-BFGS and L2 and prints its seconds an iteration. Arguments: file, iterations, c2.
import { LinearCrf } from '@cognate/crf';
import { attributeSequences, readBench } from '../corpus.js';
import { median } from '../measure.js';

const [file, iterations, c2] = process.argv.slice(2);
const sequences = attributeSequences(await readBench(file));
const seconds: number[] = [];
let loss = 0;
let features = 0;
let last = 0;
const started = performance.now();
await LinearCrf.train(sequences, {
  params: { c2: Number(c2), max_iterations: Number(iterations), delta: 0, epsilon: 0 },
  onEvent(event) {
    if (event.type === 'features') {
      features = event.total;
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
console.log(
  JSON.stringify({
    secondsAnEvaluation: median(seconds),
    seconds: (performance.now() - started) / 1000,
    loss,
    features,
  }),
);
