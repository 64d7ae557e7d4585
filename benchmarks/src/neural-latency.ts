// How long somebody waits: the load of a neural model of the paper's size, and one sentence from text to entities, one at a time, each for the first
// time. The words are those of 4,000 sentences of a source and 100 of the target; the sentences those of a development set, 50 after the start.
//   pnpm --filter @cognate/benchmarks neural-latency [ROUNDS [PATTERN]]
// PATTERN: only contenders whose names match. Takes the built packages.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { interleave, markdownTable, medianOf, type Contender } from './measure.js';
import { loadTfjsNode } from './neural/tfjs-node.js';

const [rounds = '1', pattern = ''] = process.argv.slice(2);
const folder = mkdtempSync(join(tmpdir(), 'cognate-latency-'));
const model = join(folder, 'model');

try {
  const prepared = await interleave(
    [
      {
        name: 'model',
        module: './contenders/latency-prepare.ts',
        built: true,
        args: [model, '4000', 'gl=gl/train-100.bio', 'es=gl/source-es.bio'],
      },
    ],
    1,
  );
  const contender = (backend: string, simd: 'relaxed' | 'plain'): Contender => ({
    name: `${backend}, ${simd} SIMD`,
    module: './contenders/latency-cognate.ts',
    built: true,
    args: [model, backend, simd, 'gl/dev.bio'],
  });
  const contenders = [contender('wasm', 'relaxed'), contender('wasm', 'plain'), contender('cpu', 'plain')];
  if (loadTfjsNode() === undefined) process.stderr.write('no tfjs-node here: left out\n');
  else contenders.push(contender('tensorflow', 'relaxed'));
  const runs = await interleave(
    contenders.filter(({ name }) => new RegExp(pattern).test(name)),
    Number(rounds),
  );
  const made = prepared.get('model');
  console.log(`${medianOf(made, 'values')} numbers, ${medianOf(made, 'words')} words\n`);
  const figures = ['medianMs', 'p95Ms', 'firstSentenceMs', 'loadMs', 'firstLoadMs'];
  console.log(
    markdownTable(
      [
        'ms',
        'sentence, median',
        'sentence, 95 %',
        'first sentence of a process',
        'load, median',
        'first load of a process',
      ],
      [...runs].map(([name, of]) => [name, ...figures.map((figure) => medianOf(of, figure).toFixed(1))]),
    ),
  );
} finally {
  rmSync(folder, { recursive: true, force: true });
}
