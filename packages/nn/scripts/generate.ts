/** Compiles assembly/ to WebAssembly and writes the modules as text, for the bundle to hold. */
import { generatedText, writeGenerated } from './kernels/modules.js';

writeGenerated(await generatedText());
