export {
  fastConfig,
  paperConfig,
  readNeuralConfig,
  type NeuralConfig,
  type NeuralConfigInput,
} from './config.js';
export type { NeuralDefinition, NeuralModelConfig, NeuralOptions } from './definition.js';
export type { Inventory } from './inventory.js';
export { NeuralTagger, type NeuralSetting } from './neural-tagger.js';
export { readWordVectors, type ReadVectorsOptions, type WordVectors } from './word-vectors.js';
