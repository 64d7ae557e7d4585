/** Longest time, in milliseconds, that training keeps the thread to itself between two of its steps. */
const LONGEST = 30;

type Host = Partial<Pick<typeof globalThis, 'setImmediate'>>;

/**
 * Lets the thread do other work once it was kept for a while: timers, input, the abort of a signal. The clock decides when,
 * and nothing else.
 */
export class Breather {
  #since = performance.now();

  constructor(private readonly signal: AbortSignal | undefined) {}

  /** @throws the signal's reason, if it is aborted by then. */
  async breathe(): Promise<void> {
    if (performance.now() - this.#since >= LONGEST) {
      await laterTask();
      this.#since = performance.now();
    }
    this.signal?.throwIfAborted();
  }
}

/** Resolves in a task of its own. */
function laterTask(): Promise<void> {
  const { setImmediate } = globalThis as Host;
  // Browsers have no setImmediate; a timer of 0 ms may take them 4, once in 30.
  return new Promise((resolve) => {
    if (setImmediate) setImmediate(() => resolve());
    else setTimeout(resolve, 0);
  });
}
