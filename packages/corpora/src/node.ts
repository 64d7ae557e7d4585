export { readAll, readCorpus, type ReadCorpusOptions } from './node/read-corpus.js';
export { formatOf, writeCorpus, type WriteResult } from './node/write-corpus.js';
