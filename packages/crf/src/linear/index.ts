export type { Attributes } from './attributes.js';
export type { CheckpointOptions, CheckpointStore, StoredCheckpoint } from './checkpoint/store.js';
export type { Sequence } from './corpus.js';
export type { MergeStatistics, WeightEdit } from './edit.js';
export { CheckpointError, CrfInputError, ModelFileError } from './errors.js';
export type {
  CalibrationEvent,
  CheckpointEvent,
  DataEvent,
  EndEvent,
  FeaturesEvent,
  HoldoutResult,
  IterationEvent,
  ResumeEvent,
  TagResult,
  TrainEvent,
  WarmStartEvent,
} from './events.js';
export type { CrfsuiteFileOptions } from './file/crfsuite-file.js';
export type {
  FeatureWeight,
  StateWeight,
  TopWeightsOptions,
  TransitionWeight,
  WeightStatistics,
} from './inspect.js';
export type { KernelName } from './kernel/kernel.js';
export { LinearCrf, type RankedTags, type StateRow } from './linear-crf.js';
export type { StopReason } from './optimize/lbfgs.js';
export type { LineSearchName } from './optimize/line-search.js';
export type {
  AdagradParams,
  Algorithm,
  AlgorithmParams,
  ApParams,
  ArowParams,
  CompleteParams,
  FeatureParams,
  L2sgdParams,
  LbfgsParams,
  PaParams,
} from './params.js';
export type {
  SequenceSource,
  StreamEvent,
  StreamOptions,
  StreamParams,
  StreamProgressEvent,
} from './stream/stream-options.js';
export type { AttributeSource, PredictAllOptions } from './tagging/predict-all.js';
export { readCrfppTemplate, type CrfppTemplate, type CrfppTemplateOptions } from './templates/crfpp.js';
export type { TrainOptions, WarmStartParams } from './train-options.js';
