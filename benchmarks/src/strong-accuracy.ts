// F1 of configs/strong.yaml with 100 sentences of the target and all of its sources, on the test sets of real corpora: three seeds, and for some
// targets three draws of the 100 sentences. Rows that results/strong-accuracy.jsonl has are not run again; each reading of a test set is noted in
// results/test-reads.jsonl.
//   pnpm --filter @cognate/benchmarks strong-accuracy [--table] [--dev] [--seeds N] [TARGET...]
// --dev: development sets only; nothing is kept.
import { readFileSync } from 'node:fs';
import { subsample, type Sentence } from '@cognate/corpora';
import { evaluate } from '@cognate/eval';
import { readRecipe, type EnsembleRecipe } from '@cognate/experiments';
import { trainEnsemble, trainMember } from '@cognate/experiments/neural';
import { selectBackend } from '@cognate/nn';
import type { EnsembleTagger } from '@cognate/tagger/ensemble';
import { parse } from 'yaml';
import { readBench } from './corpus.js';
import { markdownTable } from './measure.js';
import { KeptRuns } from './results.js';
import { hundredTargets } from './targets.js';

interface Row {
  readonly target: string;
  /** 0 = train-100 as it is. */
  readonly draw: number;
  readonly seed: number;
  /** Sentences without tags that the ensemble has taught its members with. */
  readonly unlabelled: number;
  readonly dev: number;
  readonly test: number;
  readonly seconds: number;
}

const flags = process.argv.slice(2).filter((argument) => argument.startsWith('--'));
const seedsAt = process.argv.indexOf('--seeds');
const seeds = seedsAt < 0 ? 3 : Number(process.argv[seedsAt + 1]);
const names = hundredTargets.map(({ folder }) => folder as string);
const wanted = process.argv.slice(2).filter((argument) => names.includes(argument));
const targets = hundredTargets.filter(({ folder }) => wanted.length === 0 || wanted.includes(folder));

const keyOf = ({ target, draw, seed, unlabelled }: Omit<Row, 'dev' | 'test' | 'seconds'>): string =>
  `${target} draw ${draw} seed ${seed} unlabelled ${unlabelled > 0}`;
const kept = new KeptRuns<Row>('strong-accuracy', keyOf);
const reads = new KeptRuns<object>('test-reads', (read) => JSON.stringify(read));
const recipe = readRecipe(
  parse(readFileSync(new URL('../../apps/demo-cli/configs/strong.yaml', import.meta.url), 'utf8')),
) as EnsembleRecipe;

if (!flags.includes('--table')) {
  await selectBackend({ relaxedSimd: true });
  for (let seed = 1; seed <= seeds; seed++)
    for (const target of targets) {
      await score(target, 0, seed, flags.includes('--unlabelled'));
      if (seed === 1 && target.draws > 1)
        for (let draw = 1; draw < target.draws && seeds > 1; draw++) await score(target, draw, seed, false);
    }
}
printTable();

async function score(
  { folder, language, sources }: (typeof hundredTargets)[number],
  draw: number,
  seed: number,
  teach: boolean,
): Promise<void> {
  const full = await readBench(`${folder}/train-full.bio`, language);
  const unlabelled = teach && full.length > 100 ? full.slice(100).map(({ tokens }) => ({ tokens })) : [];
  const row = { target: folder, draw, seed, unlabelled: unlabelled.length };
  if (kept.find(keyOf(row))) return;
  process.stderr.write(`${keyOf(row)}\n`);
  const started = performance.now();
  const sentences =
    draw === 0 ? await readBench(`${folder}/train-100.bio`, language) : subsample(full, 100, draw);
  const dev = await readBench(`${folder}/dev.bio`, language);
  const tagger = await trainEnsemble({
    target: { language, sentences },
    sources: await Promise.all(
      sources.map(async (code) => ({
        language: code,
        sentences: await readBench(`${folder}/source-${code}.bio`, code),
      })),
    ),
    dev,
    unlabelled,
    recipe,
    seed,
    async train(plan, setting) {
      const member = await trainMember(plan, setting);
      process.stderr.write(
        `  ${plan.name}: dev ${f1(
          dev,
          dev.map(({ tokens }) => member.predictTags(tokens, { language })),
        ).toFixed(2)}, ${((performance.now() - started) / 1000).toFixed(0)} s\n`,
      );
      return member;
    },
  });
  const seconds = (performance.now() - started) / 1000;
  const onDev = scoreOn(tagger, dev);
  process.stderr.write(`  all: dev ${onDev.toFixed(2)}\n`);
  if (flags.includes('--dev')) return;
  const file = `${folder}/test.bio`;
  reads.keep({ file, by: 'strong.yaml', ...row });
  kept.keep({ ...row, dev: onDev, test: scoreOn(tagger, await readBench(file, language)), seconds });
}

function scoreOn(tagger: EnsembleTagger, sentences: readonly Sentence[]): number {
  return f1(sentences, tagger.decode(sentences));
}

function f1(gold: readonly Sentence[], predicted: readonly string[][]): number {
  const tags = gold.map(({ tags: theirs = [] }) => theirs);
  return 100 * evaluate(tags, predicted, { scheme: 'IOB2' }).micro.f1;
}

function printTable(): void {
  const rows = hundredTargets.map(({ folder, sources }) => {
    const runs = kept.runs.filter(({ target, unlabelled }) => target === folder && unlabelled === 0);
    const taught = kept.runs.filter(({ target, unlabelled }) => target === folder && unlabelled > 0);
    return [
      folder,
      sources.join(', '),
      spread(runs.map(({ test }) => test)),
      spread(taught.map(({ test }) => test)),
      runs.map(({ draw, seed, test }) => `${test.toFixed(1)} (${seed}/${draw})`).join(', '),
      spread(runs.map(({ dev }) => dev)),
      runs.length === 0 ? '' : (Math.max(...runs.map(({ seconds }) => seconds)) / 60).toFixed(1),
    ];
  });
  console.log(
    markdownTable(
      ['target', 'sources', 'strong, test', 'and text', 'each (seed/draw)', 'strong, dev', 'minutes'],
      rows,
    ),
  );
}

/** Mean, and the deviation of the sample where there are several. */
function spread(values: readonly number[]): string {
  if (values.length === 0) return '';
  const mean = values.reduce((a, b) => a + b) / values.length;
  if (values.length === 1) return mean.toFixed(2);
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return `${mean.toFixed(2)} ± ${Math.sqrt(squares / (values.length - 1)).toFixed(2)}`;
}
