import type { OwnTemplate } from './features/template.js';
import { LinearTagger } from './linear/linear-tagger.js';
import { readConfigHead } from './model/config.js';
import { configFile, fileOf, type ModelFiles } from './model/files.js';
import type { EnsembleTagger } from './ensemble/ensemble-tagger.js';
import type { NeuralTagger } from './neural/neural-tagger.js';

/** A tagger of any kind; `type` says which. */
export type AnyTagger = LinearTagger | NeuralTagger | EnsembleTagger;

export interface LoadOptions {
  /** The own templates that a linear tagger, or one in an ensemble, was trained with, if any. */
  readonly templates?: readonly OwnTemplate[] | undefined;
}

/**
 * A tagger of any kind from its files. What only a neural one needs, TensorFlow.js among it, is loaded when one comes, and a
 * backend is chosen then if the program has not set one.
 *
 * @throws ModelFormatError (as a rejection) for files that are damaged or do not fit together; TaggerError where an own template is missing
 */
export async function taggerFromFiles(files: ModelFiles, options: LoadOptions = {}): Promise<AnyTagger> {
  const { type } = readConfigHead(fileOf(files, configFile));
  if (type === 'linear') return LinearTagger.fromFiles(files, { templates: options.templates ?? [] });
  if (type === 'ensemble') {
    const { loadEnsemble } = await import('./ensemble/load-ensemble.js');
    return loadEnsemble(files, options);
  }
  const { loadNeural } = await import('./neural/load-neural.js');
  return loadNeural(files);
}
