// Tagging from attribute strings beside CRFsuite, with one and the same model: tokens a second, with strings that are read from text just
// before and with strings that stay in memory, and by two threads; loading by a process that begins, and again and again by one; peak memory.
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

const first = (program: keyof typeof models) => ({
  name: `${program}, a first model`,
  module: `./contenders/first-${program}.ts`,
  args: [models[program], corpus],
});
const inTurn = (module: string, ...more: string[]) => ({
  name: [module, ...more].join(' '),
  module: `./contenders/${module}.ts`,
  args: [models.crfsuite, models.cognate, ...more],
});
const [theirFirst, ourFirst] = [first('crfsuite'), first('cognate')];
const loads = inTurn('load-in-turn', '15');
const [read, held] = ['read', 'held'].map((strings) => inTurn('tag-in-turn', corpus, strings));
try {
  trainer.train(models.crfsuite);
  writeFileSync(models.cognate, LinearCrf.fromCrfsuite(readFileSync(models.crfsuite)).toBytes());
  const runs = await interleave([theirFirst, ourFirst, loads, read, held], Number(rounds));
  const of = ({ name }: { readonly name: string }) => runs.get(name) ?? [];
  const speed = (strings: typeof read, program: string) => {
    const ours = medianOf(of(strings), program);
    return [ours.toFixed(0), `${(ours / medianOf(of(strings), 'crfsuite')).toFixed(2)}×`];
  };
  const ms = (run: typeof read, theirs: string, ours: string, our = run) => {
    const [their, own] = [medianOf(of(run), theirs), medianOf(of(our), ours)];
    return [own.toFixed(1), their.toFixed(1), `${(their / own).toFixed(2)}×`];
  };
  const peak = (run: typeof read) => median(of(run).map(({ peakMb }) => peakMb)).toFixed(0);

  console.log(
    `tagging ${corpus} from attribute strings, one model, medians of ${rounds} runs; of each, the median of 15 passes, the programs in turn\n`,
  );
  console.log(
    markdownTable(
      ['tokens/s', 'strings read just before', '', 'strings held in memory', ''],
      [
        ['CRFsuite 0.12 (npm crfsuite)', ...speed(read, 'crfsuite'), ...speed(held, 'crfsuite')],
        ['@cognate/crf', ...speed(read, 'cognate'), ...speed(held, 'cognate')],
        [
          '@cognate/crf, predictAll on two threads, which start anew each time',
          '',
          '',
          ...speed(held, 'threads'),
        ],
      ],
    ),
  );
  console.log('\nall predict the same tags\n');
  console.log(
    markdownTable(
      ['loading a model from its file, ms', '@cognate/crf', 'CRFsuite', 'speed'],
      [
        ['the first one of a process', ...ms(theirFirst, 'loadMs', 'loadMs', ourFirst)],
        ['fifteen times in one process, in turn, the median', ...ms(loads, 'crfsuiteMs', 'cognateMs')],
        ['peak MB of a process that loads it and tags the corpus once', peak(ourFirst), peak(theirFirst), ''],
      ],
    ),
  );
} finally {
  rmSync(folder, { recursive: true, force: true });
}
