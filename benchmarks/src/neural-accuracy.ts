// F1 of the neural tagger, configs/paper.yaml, on the test sets of real corpora: 100 sentences of the target (three seeds) and all of them (one),
// alone and with a related language. The development set decides which epoch is kept; the test set is read once a row. Rows that
// results/neural-accuracy.jsonl has are not run again, so that the table can be made in several goes.
//   pnpm --filter @cognate/benchmarks neural-accuracy [--table] [TARGET...]
import { readFileSync } from 'node:fs';
import type { Sentence } from '@cognate/corpora';
import { evaluate } from '@cognate/eval';
import { readRecipe, type NeuralRecipe } from '@cognate/experiments';
import { trainNeural } from '@cognate/experiments/neural';
import { selectBackend } from '@cognate/nn';
import { parse } from 'yaml';
import { readBench } from './corpus.js';
import { markdownTable } from './measure.js';
import { KeptRuns } from './results.js';
import { transferTargets } from './targets.js';

interface Row {
  readonly target: string;
  readonly training: string;
  readonly seed: number;
  readonly sentences: number;
  /** The epoch whose weights were kept, of how many. */
  readonly kept: number;
  readonly epochs: number;
  readonly dev: number;
  readonly test: number;
}

interface LinearRow {
  readonly target: string;
  readonly training: string;
  readonly cognate: number;
}

const seeds = { hundred: [1, 2, 3], full: [1] };
/** An epoch over a hundred sentences, even ten times each, has few steps: it takes more of them. */
const mostEpochs = { alone: 30, other: 6 };
const patience = { alone: 8, other: 3 };

const keyOf = ({ target, training, seed }: Pick<Row, 'target' | 'training' | 'seed'>): string =>
  `${target} ${training} seed ${seed}`;
const kept = new KeptRuns<Row>('neural-accuracy', keyOf);
const wanted = process.argv.slice(2).filter((argument) => argument !== '--table');

const targets = transferTargets.filter(({ folder }) => wanted.length === 0 || wanted.includes(folder));
const settings = targets.flatMap(({ folder, language, source }) => [
  { folder, language, size: '100', source: undefined, seeds: seeds.hundred },
  { folder, language, size: '100', source, seeds: seeds.hundred },
  { folder, language, size: 'full', source: undefined, seeds: seeds.full },
  { folder, language, size: 'full', source, seeds: seeds.full },
]);
type Setting = (typeof settings)[number];

if (!process.argv.includes('--table')) {
  await selectBackend({ relaxedSimd: true });
  // The rows of few sentences first, so that a run that is cut off has the table's heart; seed by seed.
  for (const kinds of [
    ['100 + source', '100'],
    ['full', 'full + source'],
  ])
    for (const seed of seeds.hundred)
      for (const row of kinds)
        for (const setting of settings)
          if (rowOf(setting) === row && setting.seeds.includes(seed)) await score(setting, seed);
}
printTable();

/** The kind of a row. */
function rowOf({ size, source }: Setting): string {
  return source === undefined ? size : `${size} + source`;
}

async function score({ folder, language, size, source }: Setting, seed: number): Promise<void> {
  const training = source === undefined ? size : `${size} + ${source}`;
  const row = { target: folder, training, seed };
  if (kept.find(keyOf(row))) return;
  process.stderr.write(`${keyOf(row)}\n`);
  const target = { language, sentences: await readBench(`${folder}/train-${size}.bio`, language) };
  const sources =
    source === undefined
      ? []
      : [{ language: source, sentences: await readBench(`${folder}/source-${source}.bio`, source) }];
  const result = await trainNeural({
    target,
    sources,
    dev: await readBench(`${folder}/dev.bio`, language),
    recipe: recipeFor(size, source === undefined),
    seed,
    events: (event) => {
      if (event.type === 'epoch')
        process.stderr.write(
          `  epoch ${event.epoch}: loss ${event.loss.toFixed(1)}, F1 on dev ${(100 * (event.dev ?? NaN)).toFixed(2)}, ${event.seconds.toFixed(0)} s\n`,
        );
    },
  });
  const test = await readBench(`${folder}/test.bio`, language);
  kept.keep({
    ...row,
    sentences: [target, ...sources].reduce((sum, { sentences }) => sum + sentences.length, 0),
    kept: result.kept.epoch,
    epochs: result.epochs.length,
    dev: 100 * (result.kept.dev ?? NaN),
    test: f1(
      test,
      test.map(({ tokens }) => result.tagger.predictTags(tokens, { language })),
    ),
  });
}

/** The shipped settings; with all sentences of the target none needs to be repeated. */
function recipeFor(size: string, alone: boolean): NeuralRecipe {
  const file = new URL('../../apps/demo-cli/configs/paper.yaml', import.meta.url);
  const recipe = readRecipe(parse(readFileSync(file, 'utf8'))) as NeuralRecipe;
  const { training } = recipe;
  const few = alone && size === '100';
  return {
    ...recipe,
    training: {
      ...training,
      epochs: mostEpochs[few ? 'alone' : 'other'],
      patience: patience[few ? 'alone' : 'other'],
      targetRepeat: size === 'full' ? 1 : training.targetRepeat,
    },
  };
}

function f1(gold: readonly Sentence[], predicted: readonly string[][]): number {
  const tags = gold.map(({ tags = [] }) => tags);
  return 100 * evaluate(tags, predicted, { scheme: 'IOB2' }).micro.f1;
}

function printTable(): void {
  const linear = new KeptRuns<LinearRow>(
    'linear-accuracy',
    ({ target, training }) => `${target} ${training}`,
  );
  const rows = settings.map(({ folder, size, source, seeds: wantedSeeds }) => {
    const training = source === undefined ? size : `${size} + ${source}`;
    const runs = wantedSeeds.flatMap((seed) => kept.find(keyOf({ target: folder, training, seed })) ?? []);
    const peer = linear.find(`${folder} ${training}`)?.cognate;
    const mean = (values: readonly number[]): string =>
      values.length === 0 ? '' : (values.reduce((a, b) => a + b) / values.length).toFixed(2);
    return [
      folder,
      training,
      peer?.toFixed(2) ?? '',
      mean(runs.map(({ test }) => test)),
      runs.map(({ test }) => test.toFixed(1)).join(', '),
      mean(runs.map(({ dev }) => dev)),
    ];
  });
  console.log(
    `configs/paper.yaml, at most ${mostEpochs.other} epochs (${mostEpochs.alone} for 100 sentences alone); seeds ${seeds.hundred.join(', ')} or 1\n`,
  );
  console.log(
    markdownTable(
      ['target', 'training sentences', 'linear, test', 'neural, test', 'each seed', 'neural, dev'],
      rows,
    ),
  );
}
