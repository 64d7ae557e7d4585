export { EnsembleTagger, type EnsembleMember } from './ensemble-tagger.js';
export { readEnsembleFiles } from './ensemble-files.js';
export type { EnsembleConfig } from './model-config.js';
