export { toTransformers, type Entity, type TransformersEntity } from './entity.js';
export { ModelFormatError, TaggerError } from './errors.js';
export { FeatureExtractor, type TemplateChoice } from './features/extractor.js';
export { normalForm } from './features/normal-form.js';
export { propertyNames } from './features/properties.js';
export { templateSets, type TemplateSetName } from './features/sets.js';
export type { OwnTemplate, TemplateSentence } from './features/template.js';
export { LatticeTagger, type LatticeInput, type LatticeOptions } from './lattice-tagger.js';
export { LinearTagger } from './linear/linear-tagger.js';
export {
  defaultParams,
  type LinearTrainOptions,
  type TrainingSentence,
  type TrainingSentences,
} from './linear/options.js';
export type { LinearConfig } from './model/config.js';
export { taggerFromFiles, type AnyTagger, type LoadOptions } from './load.js';
export { readModelArchive, type ArchiveOptions } from './model/archive.js';
export { fetchModelFiles, type FetchOptions } from './model/fetch.js';
export type { ModelFiles } from './model/files.js';
export {
  documentEnd,
  documentHead,
  renderDocument,
  renderEntities,
  type DocumentOptions,
  type TaggedText,
} from './render/html.js';
export { neuralConfigSchema, type NeuralConfig, type NeuralConfigInput } from './neural/config.js';
export type { RankedTagging, TagOptions, Tagger, TaggerInput, TokenInput } from './tagger.js';
