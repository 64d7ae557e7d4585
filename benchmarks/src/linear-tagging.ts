// Tagging from attribute strings beside CRFsuite, with one and the same model: tokens a second, with strings that are read from text just
// before and with strings that stay in memory, and by two threads; loading, peak memory.
//   pnpm --filter @cognate/benchmarks linear-tagging [ROUNDS]
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LinearCrf } from '@cognate/crf';
import { attributeSequences, readBench } from './corpus.js';
import { loadCrfsuite } from './crfsuite.js';
import { interleave, markdownTable, median, medianOf } from './measure.js';

const [rounds = '3'] = process.argv.slice(2);
const corpus = 'gl/source-es.dev.bio';
const folder = mkdtempSync(join(tmpdir(), 'cognate-bench-'));
const models = { crfsuite: join(folder, 'crfsuite'), cognate: join(folder, 'cognate') };
const trainer = new (loadCrfsuite().Trainer)();
for (const { attributes, tags } of attributeSequences(await readBench('gl/source-es.bio')))
  trainer.append(attributes, tags);
trainer.set_params({ c1: '0', c2: '1', max_iterations: '20' });

const contender = (program: keyof typeof models, strings: string) => ({
  name: `${program === 'crfsuite' ? 'CRFsuite 0.12 (npm crfsuite)' : '@cognate/crf'}, strings ${strings === 'read' ? 'read just before' : 'held in memory'}`,
  module: `./contenders/tag-${program}.ts`,
  args: [models[program], corpus, strings],
});
const pairs = ['read', 'held'].map((strings) => ({
  peer: contender('crfsuite', strings),
  ours: contender('cognate', strings),
}));
const threads = {
  name: '@cognate/crf, held in memory, predictAll on two threads, which start anew each time',
  module: './contenders/tag-threads.ts',
  args: [models.cognate, corpus, '2'],
};
try {
  trainer.train(models.crfsuite);
  writeFileSync(models.cognate, LinearCrf.fromCrfsuite(readFileSync(models.crfsuite)).toBytes());
  const runs = await interleave(
    [...pairs.flatMap(({ peer, ours }) => [peer, ours]), threads],
    Number(rounds),
  );
  const of = (name: string) => runs.get(name) ?? [];
  const speed = (name: string) => medianOf(of(name), 'tokensASecond');
  const row = (name: string, peer: string, load: boolean) => [
    name,
    speed(name).toFixed(0),
    `${(speed(name) / speed(peer)).toFixed(2)}×`,
    load ? medianOf(of(name), 'loadMs').toFixed(1) : '',
    median(of(name).map(({ peakMb }) => peakMb)).toFixed(0),
  ];
  console.log(
    `tagging ${corpus} from attribute strings, one model, medians of ${rounds} interleaved runs of 15 passes\n`,
  );
  console.log(
    markdownTable(
      ['', 'tokens/s', 'speed', 'load ms', 'peak MB (whole process)'],
      [
        ...pairs.flatMap(({ peer, ours }) => [peer, ours].map(({ name }) => row(name, peer.name, true))),
        row(threads.name, pairs[1].peer.name, false),
      ],
    ),
  );
  const [correct, ...others] = [...runs.values()].map((each) => medianOf(each, 'correct'));
  if (others.some((each) => each !== correct)) throw new Error('they predict different tags');
  console.log('\nall predict the same tags');
} finally {
  rmSync(folder, { recursive: true, force: true });
}
