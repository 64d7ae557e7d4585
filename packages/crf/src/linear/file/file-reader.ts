import { ModelFileError } from '../errors.js';

/** Reads numbers of a file whose offsets cannot be trusted: outside of it they give a `ModelFileError`. */
export class FileReader {
  readonly #view: DataView;

  constructor(readonly bytes: Uint8Array) {
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  /** Fails unless there are `count` bytes from `at` on. */
  room(at: number, count: number, what: string): void {
    const left = this.bytes.length - at;
    if (left < count) {
      const got = left >= 0 ? `${left} bytes to the end of the file` : 'a place past the end of the file';
      throw new ModelFileError(`${what} (${count} bytes)`, got, at);
    }
  }

  u32(at: number): number {
    this.room(at, 4, 'a number');
    return this.#view.getUint32(at, true);
  }

  f64(at: number): number {
    this.room(at, 8, 'a number');
    return this.#view.getFloat64(at, true);
  }

  /** Fails unless the ASCII text stands at `at`. */
  text(at: number, expected: string, what: string): void {
    this.room(at, expected.length, what);
    for (let i = 0; i < expected.length; i++) {
      if (this.bytes[at + i] === expected.charCodeAt(i)) continue;
      const found = String.fromCharCode(...this.bytes.subarray(at, at + expected.length));
      throw new ModelFileError(`${what} ("${expected}")`, JSON.stringify(found), at);
    }
  }
}
