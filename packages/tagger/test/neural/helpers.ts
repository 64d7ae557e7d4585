import { adam, computeGradients, RandomStream, selectBackend } from '@cognate/nn';
import type { NeuralConfigInput } from '../../src/neural/index.js';
import type { NeuralTagger } from '../../src/neural/index.js';
import type { TrainingSentence } from '../../src/index.js';

await selectBackend({ prefer: 'cpu', relaxedSimd: false });

/** A network of a few numbers that has every part of the paper's. */
export const tiny: NeuralConfigInput = {
  characters: { embedding: 4, size: 6 },
  words: { size: 5 },
  sentence: { size: 7, layers: 2 },
  language: { size: 3 },
  hidden: { size: 6 },
};

export const noDropout = {
  singleton: 0,
  word: 0,
  character: 0,
  input: 0,
  between: 0,
  recurrent: 0,
  output: 0,
};

/** A few steps on all sentences at once: enough to learn a handful by heart. */
export function learn(tagger: NeuralTagger, sentences: readonly TrainingSentence[], steps: number): number[] {
  const optimizer = adam({ learningRate: 0.04 });
  const random = new RandomStream(7);
  const losses = Array.from({ length: steps }, (_, step) => {
    const gradients = computeGradients(tagger.parameters, () =>
      tagger.batchLoss(sentences, { random: random.fork(`step ${step}`) }),
    );
    optimizer.step(tagger.parameters, gradients);
    return gradients.loss;
  });
  optimizer.settle(tagger.parameters);
  return losses;
}
