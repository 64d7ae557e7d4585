// Tagging from attribute strings beside CRFsuite, with one and the same model: tokens a second, on one thread and two; loading, peak memory.
//   pnpm --filter @cognate/benchmarks linear-tagging [ROUNDS]
import { rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { attributeSequences, readBench } from './corpus.js';
import { loadCrfsuite } from './crfsuite.js';
import { interleave, markdownTable, median, medianOf } from './measure.js';

const [rounds = '3'] = process.argv.slice(2);
const corpus = 'gl/source-es.dev.bio';
const model = join(tmpdir(), `cognate-bench-${process.pid}.crfsuite`);
const trainer = new (loadCrfsuite().Trainer)();
for (const { attributes, tags } of attributeSequences(await readBench('gl/source-es.bio')))
  trainer.append(attributes, tags);
trainer.set_params({ c1: '0', c2: '1', max_iterations: '20' });
trainer.train(model);
try {
  const runs = await interleave(
    [
      { name: 'CRFsuite 0.12 (npm crfsuite)', module: './contenders/tag-crfsuite.ts', args: [model, corpus] },
      ...['1', '2'].map((threads) => ({
        name: `@cognate/crf, ${threads === '1' ? 'one thread' : 'predictAll on two threads, which start anew each time'}`,
        module: './contenders/tag-cognate.ts',
        args: [model, corpus, threads],
      })),
    ],
    Number(rounds),
  );
  const [peer, ...ours] = [...runs.values()];
  console.log(
    `tagging ${corpus} from attribute strings, one model, medians of ${rounds} interleaved runs of 15 passes\n`,
  );
  console.log(
    markdownTable(
      ['', 'tokens/s', 'speed', 'load ms', 'peak MB (whole process)'],
      [...runs].map(([name, of]) => [
        name,
        medianOf(of, 'tokensASecond').toFixed(0),
        `${(medianOf(of, 'tokensASecond') / medianOf(peer, 'tokensASecond')).toFixed(2)}×`,
        medianOf(of, 'loadMs').toFixed(1),
        median(of.map(({ peakMb }) => peakMb)).toFixed(0),
      ]),
    ),
  );
  if (ours.some((runsOf) => medianOf(peer, 'correct') !== medianOf(runsOf, 'correct')))
    throw new Error('they predict different tags');
  console.log('\nall predict the same tags');
} finally {
  rmSync(model, { force: true });
}
