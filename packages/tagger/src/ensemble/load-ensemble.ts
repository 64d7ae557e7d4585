import { selectBackend } from '@cognate/nn';
import { getBackend } from '@tensorflow/tfjs-core';
import type { ModelFiles } from '../model/files.js';
import { readEnsembleFiles } from './ensemble-files.js';
import type { EnsembleTagger } from './ensemble-tagger.js';

/** An ensemble that can be used at once: a backend of TensorFlow.js is chosen for neural members if the program has not set one. */
export async function loadEnsemble(files: ModelFiles): Promise<EnsembleTagger> {
  const tagger = readEnsembleFiles(files);
  const neural = tagger.members.some((member) => member.tagger.type === 'neural');
  // The type does not say it, but there is none before one is set.
  const backend = getBackend() as string | undefined;
  if (neural && backend === undefined) await selectBackend();
  return tagger;
}
