/** All that the stochastic algorithms need, to be loaded as one. */
export { onlineKernel } from '../online/choose.js';
export { collectWeights, loadWeights } from '../online/kernel.js';
export { trainOnline } from './online.js';
