// How the memory of training grows: with the batch, and not with the corpus nor with the steps. The paper's network and settings, a number of steps over
// corpora of several sizes, then with batches of several sizes. What a corpus adds is itself, and the vectors of its words.
//   pnpm --filter @cognate/benchmarks neural-memory [STEPS]
// Takes the built packages.
import { interleave, markdownTable, medianOf, type Contender } from './measure.js';

const [steps = '60'] = process.argv.slice(2);
/** Sentences of a batch, sentences of the source. */
const cases = [
  [16, 1000],
  [16, 2000],
  [16, 4000],
  [4, 2000],
  [64, 2000],
] as const;

const contenders = cases.map(([batch, sentences]): Contender => ({
  name: `${batch}|${sentences}`,
  module: './contenders/memory-cognate.ts',
  built: true,
  args: [steps, String(batch), String(sentences), 'gl=gl/train-100.bio', 'es=gl/source-es.bio'],
}));
const runs = await interleave(contenders, 1);
console.log(
  markdownTable(
    ['batch', 'sentences', 'words', 'before training, MB', 'after half of the steps', 'after all'],
    [...runs].map(([name, of]) => {
      const figure = (key: string) => medianOf(of, key).toFixed(0);
      return [
        ...name.split('|'),
        figure('words'),
        figure('startMb'),
        figure('halfMb'),
        figure('peakTrainingMb'),
      ];
    }),
  ),
);
