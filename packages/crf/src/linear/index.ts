export type { Attributes } from './attributes.js';
export type { Sequence } from './corpus.js';
export { CrfInputError, ModelFileError } from './errors.js';
export type {
  DataEvent,
  EndEvent,
  FeaturesEvent,
  HoldoutResult,
  IterationEvent,
  TagResult,
  TrainEvent,
} from './events.js';
export type { CrfsuiteFileOptions } from './file/crfsuite-file.js';
export type {
  FeatureWeight,
  StateWeight,
  TopWeightsOptions,
  TransitionWeight,
  WeightStatistics,
} from './inspect.js';
export { LinearCrf, type RankedTags } from './linear-crf.js';
export type { StopReason } from './optimize/lbfgs.js';
export type { LineSearchName } from './optimize/line-search.js';
export type { Algorithm, CompleteLbfgsParams, LbfgsParams } from './params.js';
export type { TrainOptions } from './train.js';
