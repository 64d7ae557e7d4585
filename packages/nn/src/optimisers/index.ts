export { adadelta, type AdadeltaOptions } from './adadelta.js';
export type { LearningRate } from './learning-rate.js';
export type { Optimizer, OptimizerState } from './optimizer.js';
