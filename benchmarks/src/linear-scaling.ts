// How the time of an iteration of L-BFGS grows with the data and with the number of tags: 100, 1,000 and 8,000 sentences with 3, 9 and 42 tags,
// beside CRFsuite. Writes ../docs/linear-scaling.svg.
//   pnpm --filter @cognate/benchmarks linear-scaling [ROUNDS]
import { writeFileSync } from 'node:fs';
import { loadCrfsuite, readTrainingLog } from './crfsuite.js';
import type { Labeling } from './labels.js';
import { interleave, markdownTable, medianOf } from './measure.js';
import { logLogPlot, type Series } from './plot.js';

const [rounds = '3'] = process.argv.slice(2);
const files = 'gl/source-es.bio+gl/source-ca.bio';
const sizes = [100, 1000, 8000];
const labelings: readonly Labeling[] = ['merged', 'split-o', 'joined'];
/** Enough of them that the clock is no matter. */
const iterations = (size: number): number => (size < 1000 ? 50 : size < 8000 ? 20 : 8);

loadCrfsuite();
const table: string[][] = [];
const series: Series[] = [];
for (const labeling of labelings) {
  const lines = [
    { name: 'CRFsuite', points: [] as [number, number][] },
    { name: 'one thread', points: [] as [number, number][] },
    { name: 'two threads', points: [] as [number, number][] },
  ];
  let tags = 0;
  for (const size of sizes) {
    const args = (threads: number): string[] => [
      files,
      String(iterations(size)),
      '1',
      labeling,
      String(threads),
      String(size),
    ];
    const ours = './contenders/train-cognate.ts';
    const runs = await interleave(
      [
        { name: 'CRFsuite', module: './contenders/train-crfsuite.ts', args: args(1), parse: readTrainingLog },
        { name: 'one thread', module: ours, args: args(1) },
        { name: 'two threads', module: ours, args: args(2) },
      ],
      Number(rounds),
    );
    tags = medianOf(runs.get('one thread'), 'tags');
    const ms = lines.map(({ name }) => 1000 * medianOf(runs.get(name), 'secondsAnEvaluation'));
    lines.forEach(({ points }, k) => points.push([size, ms[k]]));
    table.push([
      String(size),
      String(tags),
      medianOf(runs.get('one thread'), 'features').toFixed(0),
      ...ms.map((value) => value.toFixed(value < 10 ? 2 : 0)),
      ...ms.slice(1).map((value) => `${(ms[0] / value).toFixed(2)}×`),
    ]);
  }
  series.push(...lines.map(({ name, points }) => ({ name: `${name}, ${tags} tags`, group: name, points })));
}
const caption = 'L-BFGS: milliseconds an iteration over sentences';
writeFileSync(
  new URL('../../docs/linear-scaling.svg', import.meta.url),
  logLogPlot(series, { caption, x: 'sentences', y: 'ms' }),
);
console.log(
  markdownTable(
    [
      'sentences',
      'tags',
      'features',
      'CRFsuite, ms',
      'one thread, ms',
      'two threads, ms',
      'speed, one',
      'two',
    ],
    table,
  ),
);
