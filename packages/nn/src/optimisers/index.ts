export { adadelta, type AdadeltaOptions } from './adadelta.js';
export { adam, type AdamOptions } from './adam.js';
export type { LearningRate } from './learning-rate.js';
export type { Optimizer, OptimizerState } from './optimizer.js';
export { sgd, type SgdOptions } from './sgd.js';
