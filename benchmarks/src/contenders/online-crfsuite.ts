// The same with CRFsuite, whose log has the processor seconds of each epoch. Arguments: program, data file, algorithm, corpus, epochs.
import { execFileSync } from 'node:child_process';
import { median } from '../measure.js';

const names: Record<string, string> = { ap: 'averaged-perceptron', pa: 'passive-aggressive' };
const [program, data, algorithm, , epochs] = process.argv.slice(2);
const log = execFileSync(program, [names[algorithm] ?? algorithm, data, 'max_iterations', epochs], {
  encoding: 'utf8',
});
const numbers = (pattern: RegExp): number[] => [...log.matchAll(pattern)].map((match) => Number(match[1]));
const losses = numbers(/^Loss: ([\d.]+)/gm);
console.log(
  JSON.stringify({
    secondsAnEpoch: median(numbers(/Seconds required for this iteration: ([\d.]+)/g)),
    // l2sgd writes that of the best epoch once more.
    loss: losses[Number(epochs) - 1],
  }),
);
