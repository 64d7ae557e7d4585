// Trains by lbfgs until the loss is down to a target, and prints the seconds. Arguments: file, target, threads, `warm` or `cold`.
import { LinearCrf } from '@cognate/crf';
import { attributeSequences, readBench } from '../corpus.js';

const [file, target, threads, start] = process.argv.slice(2);
const sequences = attributeSequences(await readBench(file));
let epochs = 0;
let iterations = 0;
let loss = Infinity;
let seconds = NaN;
const usedBefore = process.cpuUsage();
const started = performance.now();
await LinearCrf.train(sequences, {
  warmStart: start === 'warm',
  threads: Number(threads),
  params: { max_iterations: 500 },
  onEvent(event) {
    if (event.type === 'warmStart') epochs = event.epoch;
    if (event.type !== 'iteration') return;
    ({ iteration: iterations, loss } = event);
    seconds = (performance.now() - started) / 1000;
  },
  stopWhen: (event) => event.loss <= Number(target),
});
const { user, system } = process.cpuUsage(usedBefore);
console.log(JSON.stringify({ seconds, processorSeconds: (user + system) / 1e6, loss, epochs, iterations }));
