/** Compiles assembly/ to WebAssembly and writes the module as text, for the bundle to hold. */
import { generatedFiles, writeGenerated } from './kernel/generated.js';

writeGenerated(await generatedFiles());
