export { sampleCorpus } from './corpus.js';
export { type SampleInfo, sampleInfo, type SampleSplitInfo } from './info.js';
export { type SampleLanguage, sampleLanguages, type SampleSplit, sampleSplits } from './languages.js';
export { type SampleSource, type SampleSourceName, sampleSources } from './sources.js';
