// Training of the linear CRF beside CRFsuite: milliseconds of a whole iteration of L-BFGS with one evaluation of loss and gradient, on
// one thread and on two; with the corpus's own tags, and with six times as many (each joined with a class of words).
//   pnpm --filter @cognate/benchmarks linear-training [FILE [ITERATIONS [ROUNDS [LABELLINGS]]]]
import { loadCrfsuite, readTrainingLog } from './crfsuite.js';
import { interleave, markdownTable, median, medianOf, type Run } from './measure.js';

const [file = 'gl/source-es.bio', iterations = '20', rounds = '3', labelings = 'own,joined'] =
  process.argv.slice(2);
loadCrfsuite();
for (const labeling of labelings.split(',')) await compare(labeling);

async function compare(labeling: string): Promise<void> {
  const args = [file, iterations, '1', labeling];
  const ours = { module: './contenders/train-cognate.ts' };
  const runs = await interleave(
    [
      {
        name: 'CRFsuite 0.12 (npm crfsuite)',
        module: './contenders/train-crfsuite.ts',
        args,
        parse: readTrainingLog,
      },
      { ...ours, name: '@cognate/crf, one thread', args: [...args, '1'] },
      { ...ours, name: '@cognate/crf, two threads', args: [...args, '2'] },
    ],
    Number(rounds),
  );
  const [peer, one] = [...runs.values()];
  const time = (of: readonly Run[]): number => medianOf(of, 'secondsAnEvaluation');
  console.log(
    `lbfgs, c2 = 1, ${file}, ${medianOf(one, 'tags')} tags, ${iterations} iterations, medians of ${rounds} interleaved runs\n`,
  );
  console.log(
    markdownTable(
      ['', 'ms an iteration', 'speed', 'loss', 'features', 'peak MB (whole process)'],
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
  const gap = Math.abs(medianOf(one, 'loss') / medianOf(peer, 'loss') - 1);
  console.log(`\nrelative difference of the losses: ${gap.toExponential(1)}\n`);
}
