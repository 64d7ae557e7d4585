/** Compiles assembly/ to WebAssembly and writes the modules as text, for the bundle to hold; beside them the gradients of tfjs. */
import { writeGradients } from './gradients/bundle.js';
import { generatedText, writeGenerated } from './kernels/modules.js';

writeGenerated(await generatedText());
await writeGradients();
