/** Vitest's global setup: tests run from the sources, so what is generated is brought up to date before them. */
export { ensureGenerated as default } from './kernel/generated.js';
