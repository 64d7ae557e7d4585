import type { Sentence } from './sentence.js';

/**
 * Hands out the sentences of batches one by one. A generator would do the same in a line, but takes several turns of the microtask
 * queue for each.
 */
export class OneByOne implements AsyncIterableIterator<Sentence> {
  readonly #batches: AsyncIterator<readonly Sentence[], void>;
  #batch: readonly Sentence[] = [];
  #at = 0;
  #fetching: Promise<boolean> | undefined;

  constructor(batches: AsyncIterator<readonly Sentence[], void>) {
    this.#batches = batches;
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  next(): Promise<IteratorResult<Sentence, undefined>> {
    if (this.#at < this.#batch.length)
      return Promise.resolve({ done: false, value: this.#batch[this.#at++] });
    return this.#nextOfNextBatch();
  }

  async return(): Promise<IteratorResult<Sentence, undefined>> {
    this.#batch = [];
    await this.#batches.return?.();
    return { done: true, value: undefined };
  }

  async #nextOfNextBatch(): Promise<IteratorResult<Sentence, undefined>> {
    // Whoever asks before the batch is there waits for the same one.
    while (this.#at >= this.#batch.length) {
      this.#fetching ??= this.#fetch();
      if (!(await this.#fetching)) return { done: true, value: undefined };
    }
    return { done: false, value: this.#batch[this.#at++] };
  }

  /** Gets the next batch; false at the end. */
  async #fetch(): Promise<boolean> {
    try {
      const { done, value } = await this.#batches.next();
      if (done === true) return false;
      this.#batch = value;
      this.#at = 0;
      return true;
    } finally {
      this.#fetching = undefined;
    }
  }
}
