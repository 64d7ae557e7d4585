// One of the threads that `neuralThreads` starts.
import { ParameterSet, selectBackend } from '@cognate/nn';
import { NeuralTagger } from '@cognate/tagger/neural';
import { serveModel } from '@cognate/trainer/node';
import type { NeuralThreadData } from './neural-threads.js';

// What goes wrong it tells the thread that started it.
void serveModel(async ({ parameters, data }) => {
  const { definition, backend, relaxedSimd } = data as NeuralThreadData;
  await selectBackend({ prefer: backend, relaxedSimd });
  return new NeuralTagger(definition, { parameters: new ParameterSet(parameters) });
});
