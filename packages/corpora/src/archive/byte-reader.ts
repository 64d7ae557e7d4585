import { concatBytes } from '../input/chunks.js';

/** Takes bytes off a stream in the sizes that a parser wants. */
export class ByteReader {
  readonly #iterator: AsyncIterator<Uint8Array>;
  #rest: Uint8Array = new Uint8Array(0);

  constructor(chunks: AsyncIterable<Uint8Array>) {
    this.#iterator = chunks[Symbol.asyncIterator]();
  }

  /** Up to `limit` bytes, as they come; none at the end of the stream. */
  async some(limit: number): Promise<Uint8Array> {
    while (this.#rest.length === 0) {
      const next = await this.#iterator.next();
      if (next.done === true) return new Uint8Array(0);
      this.#rest = next.value;
    }
    const taken = this.#rest.subarray(0, limit);
    this.#rest = this.#rest.subarray(taken.length);
    return taken;
  }

  /** `length` bytes; fewer only at the end of the stream. */
  async exactly(length: number): Promise<Uint8Array> {
    const parts: Uint8Array[] = [];
    for (let missing = length; missing > 0;) {
      const part = await this.some(missing);
      if (part.length === 0) break;
      parts.push(part);
      missing -= part.length;
    }
    return concatBytes(parts);
  }

  /** Closes the stream where its end is not wanted. */
  async close(): Promise<void> {
    await this.#iterator.return?.();
  }
}
