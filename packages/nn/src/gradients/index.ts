export { addGradients, noGradients } from './add-gradients.js';
export { clipGradients } from './clip-gradients.js';
export { computeGradients, type GradientOptions } from './compute-gradients.js';
export { nonFiniteIndex } from './finite.js';
export { registerGradients } from './register-gradients.js';
export type { Gradients, SparseRows } from './types.js';
