export { RandomStream, type RandomState } from './random-stream.js';
