// F1 of the linear tagger beside CRFsuite on the same attributes with the same regularisation, on the test sets of real corpora:
// 100 sentences of the target and all of them, alone and with a related language (Daumé's augmentation). Rows that
// results/linear-accuracy.jsonl has are not run again.
//   pnpm --filter @cognate/benchmarks linear-accuracy [TARGET...]
import { rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Sentence } from '@cognate/corpora';
import { evaluate } from '@cognate/eval';
import { LinearTagger, defaultParams } from '@cognate/tagger';
import { readBench } from './corpus.js';
import { loadCrfsuite } from './crfsuite.js';
import { markdownTable } from './measure.js';
import { KeptRuns } from './results.js';
import { transferTargets } from './targets.js';

interface Row {
  readonly target: string;
  readonly training: string;
  readonly sentences: number;
  readonly cognate: number;
  readonly crfsuite: number;
}

const kept = new KeptRuns<Row>('linear-accuracy', ({ target, training }) => `${target} ${training}`);
const wanted = process.argv.slice(2);

for (const { folder, language, source } of transferTargets) {
  if (wanted.length > 0 && !wanted.includes(folder)) continue;
  const hundred = () => readBench(`${folder}/train-100.bio`, language);
  const full = () => readBench(`${folder}/train-full.bio`, language);
  const related = () => readBench(`${folder}/source-${source}.bio`, source);
  await score(folder, language, '100', [hundred]);
  await score(folder, language, `100 + ${source}`, [hundred, related]);
  await score(folder, language, 'full', [full]);
  await score(folder, language, `full + ${source}`, [full, related]);
}

console.log(
  `test F1, c1 = ${defaultParams.c1}, c2 = ${defaultParams.c2}, at most ${defaultParams.max_iterations} iterations; no seed is involved\n`,
);
console.log(
  markdownTable(
    ['target', 'training sentences', 'number', 'Cognate', 'CRFsuite', 'difference'],
    kept.runs.map(({ target, training, sentences, cognate, crfsuite }) => [
      target,
      training,
      String(sentences),
      cognate.toFixed(2),
      crfsuite.toFixed(2),
      `${cognate >= crfsuite ? '+' : ''}${(cognate - crfsuite).toFixed(2)}`,
    ]),
  ),
);

async function score(
  target: string,
  language: string,
  training: string,
  corpora: readonly (() => Promise<Sentence[]>)[],
): Promise<void> {
  if (kept.find(`${target} ${training}`)) return;
  process.stderr.write(`${target} ${training}\n`);
  const sentences = (await Promise.all(corpora.map((read) => read()))).flat();
  const test = await readBench(`${target}/test.bio`, language);
  const tagger = await LinearTagger.train(sentences, { language });
  const cognate = f1(
    test,
    test.map(({ tokens }) => tagger.predictTags(tokens)),
  );
  const crfsuite = f1(test, withCrfsuite(tagger, sentences, test));
  kept.keep({ target, training, sentences: sentences.length, cognate, crfsuite });
}

function f1(gold: readonly Sentence[], predicted: readonly string[][]): number {
  const tags = gold.map(({ tags = [] }) => tags);
  return 100 * evaluate(tags, predicted, { scheme: 'IOB2' }).micro.f1;
}

/** CRFsuite's tags for the test sentences, after training on the attributes that the tagger makes. */
function withCrfsuite(
  tagger: LinearTagger,
  training: readonly Sentence[],
  test: readonly Sentence[],
): string[][] {
  const { Trainer, Tagger } = loadCrfsuite();
  const model = join(tmpdir(), `cognate-bench-${process.pid}.crfsuite`);
  try {
    const trainer = new Trainer();
    for (const { tokens, tags = [], language } of training)
      trainer.append(tagger.attributes(tokens, { language }), tags);
    trainer.set_params({
      c1: String(defaultParams.c1),
      c2: String(defaultParams.c2),
      max_iterations: String(defaultParams.max_iterations),
    });
    trainer.train(model);
    const peer = new Tagger();
    peer.open(model);
    return test.map(({ tokens }) => peer.tag(tagger.attributes(tokens)));
  } finally {
    rmSync(model, { force: true });
  }
}
