// Training and tagging with the paper's neural CRF beside the same model from plain ops of TensorFlow.js and in PyTorch: one epoch over 4,000
// sentences of a source and 100 of the target, batch 16, random order, no dropout, after a warm-up; tagging in batches of 32.
//   pnpm --filter @cognate/benchmarks neural-training [SENTENCES [ROUNDS [PATTERN]]]
// PATTERN: only contenders whose names match.
// GFLOP/s: products of matrices that are really computed, over the time of the whole step; the peak is that of the micro-kernel in the caches.
// Takes the built packages (threads run those). PyTorch: COGNATE_PYTHON or python3 with torch (Debian: python3-torch libopenblas0).
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { dataFolder } from './corpus.js';
import { interleave, markdownTable, medianOf, type Contender } from './measure.js';
import { loadTfjsNode } from './neural/tfjs-node.js';
import { findTorch } from './neural/torch.js';

const [sentences = '4000', rounds = '1', pattern = ''] = process.argv.slice(2);
const held = 'gl/dev.bio';
const corpora = ['gl=gl/train-100.bio', 'es=gl/source-es.bio'];
const peer = fileURLToPath(new URL('../peers/neural_peer.py', import.meta.url));

const cognate = (backend: string, threads: number, simd: 'relaxed' | 'plain'): Contender => ({
  name: `Cognate, ${backend}, ${simd} SIMD, ${threads} thread${threads > 1 ? 's' : ''}`,
  module: './contenders/neural-cognate.ts',
  built: true,
  args: [backend, String(threads), simd, sentences, held, ...corpora],
});

const torch = (python: string, lstm: string, threads: number): Contender => ({
  name: `PyTorch, ${lstm} LSTM, ${threads} thread${threads > 1 ? 's' : ''}`,
  program: python,
  module: peer,
  // Threads of OpenMP that wait actively take the processor from those of OpenBLAS: two are slower than one then.
  env: { OMP_WAIT_POLICY: 'passive' },
  args: [
    ...corpora.flatMap((corpus) => ['--corpus', corpus.replace('=', `=${dataFolder()}/`)]),
    ...[
      '--limit',
      sentences,
      '--lstm',
      lstm,
      '--threads',
      String(threads),
      '--tag',
      join(dataFolder(), held),
    ],
  ],
  parse: (output) => {
    const found = JSON.parse(output) as Record<string, number>;
    return {
      tokensASecond: found.tokens / found.seconds,
      sentencesASecond: found.sentences / found.seconds,
      peakTrainingMb: found.peakMb * 1.048576,
      tagTokensASecond: found.tagTokensPerSecond,
    };
  },
});

const contenders: Contender[] = [1, 2].flatMap((threads) => [
  cognate('wasm', threads, 'relaxed'),
  cognate('wasm', threads, 'plain'),
]);
contenders.push(cognate('cpu', 1, 'relaxed'));
if (loadTfjsNode() === undefined) process.stderr.write('no tfjs-node here: left out\n');
else contenders.push(cognate('tensorflow', 1, 'relaxed'));
const python = findTorch();
if (python === undefined) process.stderr.write('no Python with torch here: PyTorch is left out\n');
else {
  for (const lstm of ['fused', 'packed'])
    for (const threads of [1, 2]) contenders.push(torch(python, lstm, threads));
}
contenders.push({
  name: 'TensorFlow.js, plain ops, wasm, 3 batches',
  module: './contenders/neural-plain-tfjs.ts',
  args: ['wasm', '3', ...corpora],
});

const chosen = contenders.filter(({ name }) => new RegExp(pattern).test(name));
const runs = await interleave(chosen, Number(rounds));
const fused = (threads: number): number =>
  medianOf(runs.get(`PyTorch, fused LSTM, ${threads} thread${threads > 1 ? 's' : ''}`), 'tokensASecond');
const number = (value: number, digits = 0): string => (Number.isFinite(value) ? value.toFixed(digits) : '–');
console.log(
  markdownTable(
    [
      '',
      'training tokens/s',
      'sentences/s',
      '× fused PyTorch',
      'GFLOP/s',
      'of the peak',
      'peak MB in training',
      'tagging tokens/s',
    ],
    [...runs].map(([name, of]) => {
      const speed = medianOf(of, 'tokensASecond');
      const gflops = medianOf(of, 'gflops');
      const ratio = speed / fused(name.includes('2 threads') ? 2 : 1);
      return [
        name,
        number(speed),
        number(medianOf(of, 'sentencesASecond')),
        number(ratio, 2),
        number(gflops, 1),
        Number.isFinite(gflops) ? `${number((100 * gflops) / medianOf(of, 'peakGflops'))} %` : '–',
        number(medianOf(of, 'peakTrainingMb')),
        number(medianOf(of, 'tagTokensASecond')),
      ];
    }),
  ),
);
