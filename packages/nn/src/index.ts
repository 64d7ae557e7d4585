export * from './gradients/index.js';
export { embeddingLookup } from './ops/embedding-lookup.js';
export * from './optimisers/index.js';
export * from './parameters/index.js';
export * from './random/index.js';
