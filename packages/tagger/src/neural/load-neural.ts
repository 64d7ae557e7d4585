import { selectBackend } from '@cognate/nn';
import { getBackend } from '@tensorflow/tfjs-core';
import type { ModelFiles } from '../model/files.js';
import { NeuralTagger } from './neural-tagger.js';

/** A neural tagger that can be used at once: a backend of TensorFlow.js is chosen if the program has not set one. */
export async function loadNeural(files: ModelFiles): Promise<NeuralTagger> {
  const tagger = NeuralTagger.fromFiles(files);
  // The type does not say it, but there is none before one is set.
  const backend = getBackend() as string | undefined;
  if (backend === undefined) await selectBackend();
  return tagger;
}
