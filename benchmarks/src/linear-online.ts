// Epochs of the stochastic trainers beside CRFsuite's, one thread, processor seconds by the system's count; both take the same steps,
// so their losses must be the same.
//   pnpm --filter @cognate/benchmarks linear-online [FILE [EPOCHS [ROUNDS [ALGORITHMS]]]]
import { rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { attributeSequences, readBench } from './corpus.js';
import { buildCrfsuiteOnline } from './crfsuite-online.js';
import { interleave, markdownTable, medianOf } from './measure.js';

const [file = 'gl/source-es.bio', epochs = '6', rounds = '3', algorithms = 'l2sgd,ap,pa,arow'] =
  process.argv.slice(2);
const program = buildCrfsuiteOnline();
const data = join(tmpdir(), `cognate-bench-${process.pid}.txt`);
const sequences = attributeSequences(await readBench(file));
const lines = sequences.map(({ attributes, tags }) =>
  tags.map((tag, t) => `${[tag, ...attributes[t]].join('\t')}\n`).join(''),
);
writeFileSync(data, `${lines.join('\n')}\n`);
try {
  const rows: string[][] = [];
  for (const algorithm of algorithms.split(',')) {
    const args = [algorithm, file, epochs];
    const runs = await interleave(
      [
        {
          name: 'CRFsuite',
          module: './contenders/online-crfsuite.ts',
          args: [program, data, ...args],
        },
        { name: 'Cognate', module: './contenders/online-cognate.ts', args },
      ],
      Number(rounds),
    );
    const [peer, ours] = [...runs.values()];
    const seconds = (of: typeof peer): number => medianOf(of, 'secondsAnEpoch');
    if (Math.abs(medianOf(ours, 'loss') - medianOf(peer, 'loss')) > 1e-5 * medianOf(peer, 'loss')) {
      throw new Error(`${algorithm}: the losses differ`);
    }
    rows.push([
      algorithm,
      (1000 * seconds(peer)).toFixed(0),
      (1000 * seconds(ours)).toFixed(0),
      `${(seconds(peer) / seconds(ours)).toFixed(2)}×`,
      medianOf(ours, 'loss').toFixed(3),
    ]);
  }
  console.log(`${file}, medians of ${rounds} interleaved runs of ${epochs} epochs, one thread\n`);
  console.log(markdownTable(['', 'CRFsuite, ms an epoch', 'Cognate, ms an epoch', 'speed', 'loss'], rows));
} finally {
  rmSync(data, { force: true });
}
