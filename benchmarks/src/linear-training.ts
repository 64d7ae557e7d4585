// Training of the linear CRF beside CRFsuite: seconds for one evaluation of loss and gradient, the loss, peak memory.
//   pnpm --filter @cognate/benchmarks linear-training [FILE [ITERATIONS [ROUNDS]]]
import { loadCrfsuite, readTrainingLog } from './crfsuite.js';
import { interleave, markdownTable, median, medianOf } from './measure.js';

const [file = 'gl/source-es.bio', iterations = '30', rounds = '3'] = process.argv.slice(2);
loadCrfsuite();
const args = [file, iterations, '1'];
const runs = await interleave(
  [
    {
      name: 'CRFsuite 0.12 (npm crfsuite)',
      module: './contenders/train-crfsuite.ts',
      args,
      parse: readTrainingLog,
    },
    { name: '@cognate/crf', module: './contenders/train-cognate.ts', args },
  ],
  Number(rounds),
);
const [peer, ours] = [...runs.values()];
const time = (of: typeof peer): number => medianOf(of, 'secondsAnEvaluation');
console.log(
  `lbfgs, c2 = 1, ${file}, ${iterations} iterations, medians of ${rounds} interleaved runs, one thread\n`,
);
console.log(
  markdownTable(
    ['', 'ms an evaluation', 'speed', 'loss', 'features', 'peak MB (whole process)'],
    [...runs].map(([name, of]) => [
      name,
      (1000 * time(of)).toFixed(0),
      `${(time(peer) / time(of)).toFixed(2)}×`,
      medianOf(of, 'loss').toFixed(2),
      medianOf(of, 'features').toFixed(0),
      median(of.map(({ peakMb }) => peakMb)).toFixed(0),
    ]),
  ),
);
const gap = Math.abs(medianOf(ours, 'loss') / medianOf(peer, 'loss') - 1);
console.log(`\nrelative difference of the losses: ${gap.toExponential(1)}`);
