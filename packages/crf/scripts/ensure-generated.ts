/** Vitest's global setup: tests run from the sources, so what is generated is brought up to date before them. */
import { generate } from './kernel/generated.js';

export default (): Promise<void> => generate(false);
