export type { CrfBatchOptions, CrfTransitions } from './batch.js';
export { crfDecode, crfLattices, crfMarginals, type CrfDecoding } from './decode.js';
export { crfNegLogLikelihood, type CrfLossOptions } from './neg-log-likelihood.js';
