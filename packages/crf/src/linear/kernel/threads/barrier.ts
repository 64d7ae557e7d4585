/*
 * Where threads of one problem meet, in the memory that they share: all have to come before any goes on. 32-bit cells:
 * 0 = how many have come, 1 = how often all have come. At 64 bytes, 8 doubles for each thread: its parts of the last sums.
 */

const COME = 0;
const ROUND = 1;
const CELLS_BYTES = 64;
const SLOTS = 8;
/** How often the round is looked at before the thread is put to sleep, which takes longer than most waits. */
const LOOKS = 2000;

/** One thread's side of it. */
export class Barrier {
  readonly #cells: Int32Array;
  readonly #parts: Float64Array; // [threads * SLOTS]
  readonly #thread: number;
  readonly #threads: number;
  #slot = 0;

  constructor(buffer: ArrayBufferLike, control: number, thread: number, threads: number) {
    this.#cells = new Int32Array(buffer, control, CELLS_BYTES / 4);
    this.#parts = new Float64Array(buffer, control + CELLS_BYTES, SLOTS * threads);
    this.#thread = thread;
    this.#threads = threads;
  }

  /** Comes back when all threads have come. */
  wait(): void {
    const cells = this.#cells;
    const round = Atomics.load(cells, ROUND);
    if (Atomics.add(cells, COME, 1) === this.#threads - 1) {
      Atomics.store(cells, COME, 0);
      Atomics.add(cells, ROUND, 1);
      Atomics.notify(cells, ROUND);
      return;
    }
    for (let look = 0; look < LOOKS; look++) if (Atomics.load(cells, ROUND) !== round) return;
    while (Atomics.load(cells, ROUND) === round) Atomics.wait(cells, ROUND, round);
  }

  /** The sum of all threads' parts, added up in the order of threads. */
  sum(part: number): number {
    // Another slot each time: a thread that is quick may write the next part while others still read this one.
    const slot = this.#slot;
    this.#slot = (slot + 1) % SLOTS;
    this.#parts[this.#thread * SLOTS + slot] = part;
    this.wait();
    let sum = 0;
    for (let k = 0; k < this.#threads; k++) sum += this.#parts[k * SLOTS + slot];
    return sum;
  }
}
