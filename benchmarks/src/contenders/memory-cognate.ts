// A number of training steps of the paper's neural CRF, from the built packages. Arguments: steps, sentences of a batch,
// sentences of each corpus at most, corpora as LANGUAGE=FILE... (the target first).
import { readRecipe, type NeuralRecipe } from '@cognate/experiments';
import { trainNeural } from '@cognate/experiments/neural';
import { selectBackend } from '@cognate/nn';
import { readBench } from '../corpus.js';

const [stepsText, batch, limit, ...files] = process.argv.slice(2);
const steps = Number(stepsText);
await selectBackend({ prefer: 'wasm' });
const corpora = await Promise.all(
  files.map(async (file) => {
    const [language, path] = file.split('=');
    return { language, sentences: (await readBench(path, language)).slice(0, Number(limit)) };
  }),
);
const [target, ...sources] = corpora;
const recipe = readRecipe({
  model: 'neural',
  training: { epochs: 1000, batch: Number(batch) },
}) as NeuralRecipe;

const stop = new AbortController();
const peakMb = () => (process.resourceUsage().maxRSS * 1024) / 1e6;
const startMb = peakMb();
let [step, halfMb] = [0, NaN];
try {
  await trainNeural({
    target,
    sources,
    recipe,
    signal: stop.signal,
    events: (event) => {
      if (event.type !== 'step') return;
      step++;
      if (step === Math.floor(steps / 2)) halfMb = peakMb();
      if (step === steps) stop.abort();
    },
  });
} catch (error) {
  if (!stop.signal.aborted) throw error;
}
console.log(
  JSON.stringify({
    startMb,
    halfMb,
    peakTrainingMb: peakMb(),
    words: new Set(corpora.flatMap(({ sentences }) => sentences.flatMap(({ tokens }) => tokens))).size,
  }),
);
