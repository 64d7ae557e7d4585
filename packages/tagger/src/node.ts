export { loadTagger, saveTagger } from './node/folder.js';
export { loadWordVectors } from './node/word-vectors.js';
