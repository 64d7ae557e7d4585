// Trains by a stochastic algorithm and prints its processor seconds an epoch. Arguments: algorithm, file, epochs.
import { LinearCrf, type Algorithm } from '@cognate/crf';
import { attributeSequences, readBench } from '../corpus.js';
import { median } from '../measure.js';

const [algorithm, file, epochs] = process.argv.slice(2);
const sequences = attributeSequences(await readBench(file));
const processorSeconds = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
};
const seconds: number[] = [];
let loss = 0;
let last = 0;
await LinearCrf.train(sequences, {
  algorithm: algorithm as Algorithm,
  params: { max_iterations: Number(epochs) },
  onEvent(event) {
    if (event.type === 'iteration') {
      seconds.push(processorSeconds() - last);
      ({ loss } = event);
    }
    last = processorSeconds();
  },
});
console.log(JSON.stringify({ secondsAnEpoch: median(seconds), loss }));
