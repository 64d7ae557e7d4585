import { decodeHex } from './hex.js';

/** A WebAssembly module that the bundle holds as text. */
export class EmbeddedModule {
  readonly #text: string;
  readonly #memoryFlagAt: number;
  #bytes: Uint8Array<ArrayBuffer> | undefined;
  readonly #compiled = new Map<boolean, WebAssembly.Module>();
  #runs: boolean | undefined;

  /** `text` is the module in hexadecimal digits, `memoryFlagAt` the place in it where its memory is said to be shared. */
  constructor(text: string, memoryFlagAt: number) {
    this.#text = text;
    this.#memoryFlagAt = memoryFlagAt;
  }

  /** Whether this host knows all that the module uses: WebAssembly with 128-bit SIMD. */
  get isSupported(): boolean {
    return typeof WebAssembly === 'object' && WebAssembly.validate(this.#bytesFor(false));
  }

  /** Whether the host compiles it at once, for this thread; that takes about a millisecond, once. Pages may forbid it. */
  get runsNow(): boolean {
    if (this.#runs === undefined) {
      try {
        this.compileNow();
        this.#runs = true;
      } catch {
        this.#runs = false;
      }
    }
    return this.#runs;
  }

  /** The module for a memory that is shared or not, compiled once for all. */
  async compile(shared: boolean): Promise<WebAssembly.Module> {
    let module = this.#compiled.get(shared);
    if (module === undefined) {
      module = await WebAssembly.compile(this.#bytesFor(shared));
      this.#compiled.set(shared, module);
    }
    return module;
  }

  /** The module for a memory that is not shared. */
  compileNow(): WebAssembly.Module {
    let module = this.#compiled.get(false);
    if (module === undefined) {
      module = new WebAssembly.Module(this.#bytesFor(false));
      this.#compiled.set(false, module);
    }
    return module;
  }

  #bytesFor(shared: boolean): Uint8Array<ArrayBuffer> {
    this.#bytes ??= decodeHex(this.#text);
    // The limits of the memory that is imported: 3 = shared, 1 = not. The code is the same.
    this.#bytes[this.#memoryFlagAt] = shared ? 3 : 1;
    return this.#bytes;
  }
}
