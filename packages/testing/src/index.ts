export { corporaFolder } from './data.js';
export { randomChoice, randomInteger, seededRandom } from './random.js';
export { readmeSnippets, runReadme, type Snippet } from './readme.js';
