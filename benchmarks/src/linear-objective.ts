// How long it takes to come to the loss that CRFsuite has after 100 iterations of lbfgs, within 0.1%: CRFsuite beside `warmStart` with
// its default settings on two threads. From data in memory, as attribute strings, to that iteration.
//   pnpm --filter @cognate/benchmarks linear-objective [FILE [ITERATIONS [ROUNDS [THREADS]]]]
import { loadCrfsuite, readTrainingLog } from './crfsuite.js';
import { interleave, markdownTable, medianOf, type Run } from './measure.js';

const [file = 'gl/source-es.bio', iterations = '100', rounds = '3', threads = '2'] = process.argv.slice(2);
/** How far above CRFsuite's loss counts as having reached it. */
const TOLERANCE = 1e-3;
loadCrfsuite();
const peer: Run[] = [];
const warm: Run[] = [];
const cold: Run[] = [];
for (let round = 0; round < Number(rounds); round++) {
  const theirs = await interleave(
    [
      {
        name: 'CRFsuite 0.12 (npm crfsuite)',
        module: './contenders/train-crfsuite.ts',
        args: [file, iterations, '1', 'own'],
        parse: readTrainingLog,
      },
    ],
    1,
  );
  peer.push(...[...theirs.values()].flat());
  const target = String((1 + TOLERANCE) * medianOf(peer, 'loss'));
  const module = './contenders/objective-cognate.ts';
  const ours = await interleave(
    [
      { name: 'warm', module, args: [file, target, threads, 'warm'] },
      { name: 'cold', module, args: [file, target, threads, 'cold'] },
    ],
    1,
  );
  warm.push(...(ours.get('warm') ?? []));
  cold.push(...(ours.get('cold') ?? []));
}
const seconds = (of: readonly Run[]): number => medianOf(of, 'seconds');
console.log(
  `to the loss of CRFsuite after ${iterations} iterations + ${100 * TOLERANCE}%, ${file}, c2 = 1, medians of ${rounds} interleaved runs\n`,
);
console.log(
  markdownTable(
    ['', 'seconds', 'less by', 'processor seconds', 'loss', 'epochs', 'iterations'],
    [
      ['CRFsuite 0.12 (npm crfsuite)', peer],
      [`@cognate/crf, warmStart, ${threads} threads`, warm],
      [`@cognate/crf, lbfgs alone, ${threads} threads`, cold],
    ].map(([name, of]) => {
      const runs = of as Run[];
      return [
        name as string,
        seconds(runs).toFixed(2),
        `${(seconds(peer) / seconds(runs)).toFixed(1)}×`,
        runs === peer ? '' : medianOf(runs, 'processorSeconds').toFixed(2),
        medianOf(runs, 'loss').toFixed(1),
        runs === peer ? '' : medianOf(runs, 'epochs').toFixed(0),
        runs === peer ? iterations : medianOf(runs, 'iterations').toFixed(0),
      ];
    }),
  ),
);
