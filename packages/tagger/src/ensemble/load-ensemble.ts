import type { LoadOptions } from '../load.js';
import type { ModelFiles } from '../model/files.js';
import { ensureBackend } from '../neural/ensure-backend.js';
import { readEnsembleFiles } from './ensemble-files.js';
import type { EnsembleTagger } from './ensemble-tagger.js';

/** An ensemble that can be used at once: a backend of TensorFlow.js is chosen for neural members if the program has not set one. */
export async function loadEnsemble(files: ModelFiles, options: LoadOptions): Promise<EnsembleTagger> {
  const tagger = readEnsembleFiles(files, options);
  if (tagger.members.some((member) => member.tagger.type === 'neural')) await ensureBackend();
  return tagger;
}
