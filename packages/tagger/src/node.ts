export { loadTagger, saveTagger } from './node/folder.js';
