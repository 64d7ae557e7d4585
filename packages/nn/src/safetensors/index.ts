export { readSafetensors, SafetensorsError, type Safetensors } from './read.js';
export type { SafeDtype, SafeTensor } from './tensor.js';
export { writeSafetensors } from './write.js';
