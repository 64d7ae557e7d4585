import { EmbeddedModule } from '../embedded-module.js';
import { memoryFlagAt, moduleText } from '../generated/module.js';

const embedded = new EmbeddedModule(moduleText, memoryFlagAt);

/** Whether this host runs the kernels' module: it needs WebAssembly with 128-bit SIMD. */
export const simdIsSupported = (): boolean => embedded.isSupported;

/** The module, for a memory that threads share or for one that is this thread's own. */
export const compileModule = (shared: boolean): Promise<WebAssembly.Module> => embedded.compile(shared);
