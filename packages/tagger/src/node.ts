export { loadModelFiles, loadTagger, type ModelSourceOptions } from './node/load-tagger.js';
export { checkModelPlace, saveTagger } from './node/save-tagger.js';
export { loadWordVectors } from './node/word-vectors.js';
