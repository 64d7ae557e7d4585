export { memoryStore, type CheckpointStore, type StoredCheckpoint } from './checkpoint/store.js';
export type { LanguageData, SourceData, TrainingData } from './data.js';
export { BatchError, CheckpointError, ThreadError, TrainerError, type BatchPlace } from './errors.js';
export type {
  CheckpointEvent,
  EndEvent,
  EpochEvent,
  EpochRecord,
  LanguageLoss,
  Phase,
  Place,
  RunEvent,
  StepEvent,
  StopEvent,
  StopReason,
  TrainEvent,
  TrainResult,
} from './events.js';
export type { LossContext, TrainableModel } from './model.js';
export type { OptimizerOption, OptimizerOptions } from './optimizer.js';
export type {
  BatchOptions,
  CheckpointOptions,
  DevOptions,
  ExactObjective,
  FineTuneOptions,
  SampledObjective,
  TrainOptions,
} from './options.js';
export type { LearningRateDecay } from './schedule.js';
export type { ThreadTeam } from './team.js';
export { train, type TrainArguments } from './train.js';
