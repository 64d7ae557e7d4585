export { neuralThreads, type NeuralThreadsOptions } from './node/neural-threads.js';
