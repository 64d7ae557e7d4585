import type { ModelFiles } from '../model/files.js';
import { ensureBackend } from './ensure-backend.js';
import { NeuralTagger } from './neural-tagger.js';

/** A neural tagger that can be used at once: a backend of TensorFlow.js is chosen if the program has not set one. */
export async function loadNeural(files: ModelFiles): Promise<NeuralTagger> {
  const tagger = NeuralTagger.fromFiles(files);
  await ensureBackend();
  return tagger;
}
