export { loadModelFiles, loadTagger, type ModelSourceOptions } from './node/load-tagger.js';
export { saveTagger } from './node/save-tagger.js';
export { loadWordVectors } from './node/word-vectors.js';
