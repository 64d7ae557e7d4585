// One epoch of the paper's neural CRF in Cognate, from the built packages, then tagging. Arguments: backend, threads, "relaxed" or "plain" SIMD,
// sentences of each corpus at most, the corpus to tag, corpora as LANGUAGE=FILE... (the target first).
import { products } from '../neural/count-products.js';
import { readRecipe, type NeuralRecipe } from '@cognate/experiments';
import { trainNeural } from '@cognate/experiments/neural';
import { neuralThreads } from '@cognate/experiments/node';
import { measureKernels, selectBackend, type BackendName } from '@cognate/nn';
import { readBench } from '../corpus.js';

/** As the PyTorch peer: the code is compiled and memory is in place by then. */
const warmUpSteps = 40;

const [name, threadsText, simd, limit, held, ...files] = process.argv.slice(2);
const threads = Number(threadsText);
const backend = await selectBackend({ prefer: name as BackendName, relaxedSimd: simd === 'relaxed' });
if (backend.backend !== name) throw new Error(`expected the backend ${name}, got ${JSON.stringify(backend)}`);

const corpora = await Promise.all(
  files.map(async (file) => {
    const [language, path] = file.split('=');
    return { language, sentences: (await readBench(path, language)).slice(0, Number(limit)) };
  }),
);
const [target, ...sources] = corpora;
const recipe = readRecipe({
  model: 'neural',
  network: { dropout: { singleton: 0, input: 0, between: 0, output: 0 } },
  training: { epochs: 1, pool: 1, optimizer: { name: 'adadelta', rho: 0.9 } },
}) as NeuralRecipe;

let [step, tokens, sentences, started, ended, steps, operations] = [0, 0, 0, 0, 0, 0, 0];
const { tagger } = await trainNeural({
  target,
  sources,
  recipe,
  ...(threads > 1 && { threads: neuralThreads({ threads, backend }) }),
  events: (event) => {
    if (event.type !== 'step') return;
    step++;
    if (step > warmUpSteps) {
      tokens += event.tokens;
      sentences += event.sentences;
      steps++;
      ended = performance.now();
      operations = products.operations;
    } else {
      started = performance.now();
      products.operations = 0;
    }
  },
});
const seconds = (ended - started) / 1000;
const peakTrainingMb = (process.resourceUsage().maxRSS * 1024) / 1e6;

const test = (await readBench(held, target.language)).map(({ tokens }) => ({ tokens }));
const tokensOfTest = test.reduce((sum, sentence) => sum + sentence.tokens.length, 0);
const decodeAll = (): void => {
  for (let start = 0; start < test.length; start += 32) tagger.decode(test.slice(start, start + 32));
};
decodeAll();
const tagging = performance.now();
let passes = 0;
while (performance.now() - tagging < 3000) {
  decodeAll();
  passes++;
}
console.log(
  JSON.stringify({
    tokensASecond: tokens / seconds,
    sentencesASecond: sentences / seconds,
    msAStep: (1000 * seconds) / steps,
    // Of several threads, only this one's products are counted.
    ...(threads === 1 && { gflops: operations / seconds / 1e9, peakGflops: measureKernels(undefined, 1000) }),
    peakTrainingMb,
    tagTokensASecond: (1000 * passes * tokensOfTest) / (performance.now() - tagging),
  }),
);
