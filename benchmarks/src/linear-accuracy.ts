// F1 of the linear tagger beside CRFsuite on the same attributes with the same regularisation, on the test sets of real corpora:
// 100 sentences of the target and all of them, alone and with a related language (Daumé's augmentation).
//   pnpm --filter @cognate/benchmarks linear-accuracy
import { rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Sentence } from '@cognate/corpora';
import { evaluate } from '@cognate/eval';
import { LinearTagger, defaultParams } from '@cognate/tagger';
import { readBench } from './corpus.js';
import { loadCrfsuite } from './crfsuite.js';
import { markdownTable } from './measure.js';

const targets = [
  { folder: 'gl', language: 'gl', source: 'es' },
  { folder: 'uk', language: 'uk', source: 'ru' },
  { folder: 'mr', language: 'mr', source: 'hi' },
  { folder: 'es-wiki', language: 'es', source: 'fr' },
];
const crfsuite = loadCrfsuite();
const rows: string[][] = [];
let widest = 0;

for (const { folder, language, source } of targets) {
  const test = await readBench(`${folder}/test.bio`, language);
  const hundred = await readBench(`${folder}/train-100.bio`, language);
  const related = await readBench(`${folder}/source-${source}.bio`, source);
  const full = await readBench(`${folder}/train-full.bio`, language);
  for (const [name, training] of [
    ['100', hundred],
    [`100 + ${source}`, [...hundred, ...related]],
    [`full (${full.length})`, full],
    [`full + ${source}`, [...full, ...related]],
  ] as const) {
    process.stderr.write(`${folder} ${name}\n`);
    const started = performance.now();
    const tagger = await LinearTagger.train(training, { language });
    const seconds = (performance.now() - started) / 1000;
    const ours = f1(
      test,
      test.map(({ tokens }) => tagger.predictTags(tokens)),
    );
    const theirs = f1(test, withCrfsuite(tagger, training, test));
    widest = Math.max(widest, Math.abs(ours - theirs));
    rows.push([
      folder,
      name,
      ours.toFixed(2),
      theirs.toFixed(2),
      `${ours >= theirs ? '+' : ''}${(ours - theirs).toFixed(2)}`,
      seconds.toFixed(1),
    ]);
  }
}
console.log(
  `test F1, c1 = ${defaultParams.c1}, c2 = ${defaultParams.c2}, at most ${defaultParams.max_iterations} iterations; no seed is involved\n`,
);
console.log(
  markdownTable(['target', 'training sentences', 'Cognate', 'CRFsuite', 'difference', 'seconds'], rows),
);
console.log(`\nwidest difference: ${widest.toFixed(2)}`);

function f1(gold: readonly Sentence[], predicted: readonly string[][]): number {
  return (
    100 *
    evaluate(
      gold.map(({ tags = [] }) => tags),
      predicted,
      { scheme: 'IOB2' },
    ).micro.f1
  );
}

/** CRFsuite's tags for the test sentences, after training on the attributes that the tagger makes. */
function withCrfsuite(
  tagger: LinearTagger,
  training: readonly Sentence[],
  test: readonly Sentence[],
): string[][] {
  const model = join(tmpdir(), `cognate-bench-${process.pid}.crfsuite`);
  try {
    const trainer = new crfsuite.Trainer();
    for (const { tokens, tags = [], language } of training)
      trainer.append(tagger.attributes(tokens, { language }), tags);
    trainer.set_params({
      c1: String(defaultParams.c1),
      c2: String(defaultParams.c2),
      max_iterations: String(defaultParams.max_iterations),
    });
    trainer.train(model);
    const peer = new crfsuite.Tagger();
    peer.open(model);
    return test.map(({ tokens }) => peer.tag(tagger.attributes(tokens)));
  } finally {
    rmSync(model, { force: true });
  }
}
