export * from './gradients/index.js';
export { dropIds, dropout, dropoutMask, variationalDropout } from './ops/dropout.js';
export { embeddingLookup } from './ops/embedding-lookup.js';
export * from './optimisers/index.js';
export * from './parameters/index.js';
export * from './random/index.js';
export * from './safetensors/index.js';
export { hasKernels, useKernels, type KernelKind } from './kernels/kernels.js';
export { measureKernels } from './kernels/measure-kernels.js';
export { selectKernels, type KernelOptions } from './kernels/select-kernels.js';
export { lstmParameters, type LstmParameters, type LstmSize } from './lstm-parameters.js';
export { concatColumns } from './ops/concat-columns.js';
export { dense, type Activation, type DenseContext } from './ops/dense.js';
export { gatherRows } from './ops/gather-rows.js';
export { lstm, type LstmDropout, type LstmOptions, type LstmWeights, type RandomSource } from './ops/lstm.js';
export {
  selectBackend,
  type BackendChoice,
  type BackendName,
  type BackendOptions,
} from './backend/select-backend.js';
