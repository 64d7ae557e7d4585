/** Compiles assembly/ and bundles the program of the threads, and writes both as text, for the bundle to hold. */
import { generate } from './kernel/generated.js';

await generate(true);
