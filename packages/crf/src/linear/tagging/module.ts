import { HOST_IS_LITTLE_ENDIAN } from '../file/little-endian.js';
import { EmbeddedModule } from '../kernel/embedded-module.js';
import { memoryFlagAt, moduleText } from '../kernel/generated/tagging-module.js';

const embedded = new EmbeddedModule(moduleText, memoryFlagAt);

/** Whether this host runs the module that checks models and tags. */
export const taggingIsSupported = (): boolean =>
  HOST_IS_LITTLE_ENDIAN && typeof TextEncoder === 'function' && embedded.runsNow;

/** It, compiled. */
export const compiledNow = (): WebAssembly.Module => embedded.compileNow();
