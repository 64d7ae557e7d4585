import { decodeBase64 } from './base64.js';

/** A WebAssembly module that the bundle holds as text. */
export class EmbeddedModule {
  readonly #text: string;
  readonly #memoryFlagAt: number;
  readonly #compiled = new Map<boolean, WebAssembly.Module | Promise<WebAssembly.Module>>();
  #supported: boolean | undefined;

  /** `text` is the module in base64, `memoryFlagAt` the place in it where its memory is said to be shared. */
  constructor(text: string, memoryFlagAt: number) {
    this.#text = text;
    this.#memoryFlagAt = memoryFlagAt;
  }

  /** Whether this host runs the module: it needs WebAssembly with 128-bit SIMD. */
  get isSupported(): boolean {
    this.#supported ??= typeof WebAssembly === 'object' && WebAssembly.validate(this.#bytes(false));
    return this.#supported;
  }

  /** The module for a memory that is shared or not, compiled once for all. */
  async compile(shared: boolean): Promise<WebAssembly.Module> {
    let module = this.#compiled.get(shared);
    if (module === undefined) {
      module = WebAssembly.compile(this.#bytes(shared));
      this.#compiled.set(shared, module);
    }
    return module;
  }

  /** The same at once, which holds the thread for a millisecond or so the first time. */
  compileNow(shared: boolean): WebAssembly.Module {
    let module = this.#compiled.get(shared);
    if (!(module instanceof WebAssembly.Module)) {
      module = new WebAssembly.Module(this.#bytes(shared));
      this.#compiled.set(shared, module);
    }
    return module;
  }

  #bytes(shared: boolean): Uint8Array<ArrayBuffer> {
    const bytes = decodeBase64(this.#text);
    // The limits of the memory that is imported: 3 = shared, 1 = not. The code is the same.
    bytes[this.#memoryFlagAt] = shared ? 3 : 1;
    return bytes;
  }
}
