export {
  glorot,
  normal,
  orthogonal,
  uniform,
  zeros,
  type Initialiser,
  type MatrixInitialiserOptions,
} from './initialisers.js';
export type { Parameter } from './parameter.js';
export {
  ParameterSet,
  type AddOptions,
  type LoadOptions,
  type ParameterSetOptions,
} from './parameter-set.js';
