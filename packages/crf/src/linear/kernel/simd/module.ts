import { memoryFlagAt, moduleText } from '../generated/module.js';

/** The bytes of the module, for a memory that threads share or for one that is this thread's own. */
function moduleBytes(shared: boolean): Uint8Array<ArrayBuffer> {
  const bytes = Uint8Array.from(atob(moduleText), (char) => char.charCodeAt(0));
  // The limits of the memory that is imported: 3 = shared, 1 = not. The code is the same.
  bytes[memoryFlagAt] = shared ? 3 : 1;
  return bytes;
}

/** Whether this host runs the module: it needs WebAssembly with 128-bit SIMD. */
export function simdIsSupported(): boolean {
  supported ??= typeof WebAssembly === 'object' && WebAssembly.validate(moduleBytes(false));
  return supported;
}
let supported: boolean | undefined;

const compiled = new Map<boolean, Promise<WebAssembly.Module>>();

/** The module, compiled once for all. */
export function compileModule(shared: boolean): Promise<WebAssembly.Module> {
  let module = compiled.get(shared);
  if (module === undefined) {
    module = WebAssembly.compile(moduleBytes(shared));
    compiled.set(shared, module);
  }
  return module;
}
