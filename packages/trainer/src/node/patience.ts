/** Milliseconds after an abort in which threads may end the step that they are at, and say what their optimisers keep. */
export const GRACE = 5000;

/**
 * Waits for threads, but after an abort only so long: one that hangs must not keep the training from its end. Whoever has lost patience once does not
 * wait again.
 */
export class Patience {
  #lost = false;
  readonly #stops = new Set<() => void>();

  constructor(private readonly signal: AbortSignal | undefined) {}

  /**
   * What the promise gives, or the signal's reason as a rejection if nothing has come `grace` milliseconds after the abort, or after the call if
   * that is later.
   */
  of<T>(promise: Promise<T>, grace = GRACE): Promise<T> {
    const { signal } = this;
    if (!signal) return promise;
    let stop = (): void => undefined;
    const lost = new Promise<never>((_, reject) => {
      const lose = (): void => {
        this.#lost = true;
        reject(signal.reason as Error);
      };
      if (this.#lost) {
        lose();
        return;
      }
      let timer: NodeJS.Timeout | undefined;
      let turn: NodeJS.Immediate | undefined;
      const begin = (): void => {
        // A turn more: this thread may have been busy all the while, and the answer may be there.
        timer = setTimeout(() => (turn = setImmediate(lose)), grace);
      };
      stop = () => {
        signal.removeEventListener('abort', begin);
        clearTimeout(timer);
        clearImmediate(turn);
        this.#stops.delete(stop);
      };
      this.#stops.add(stop);
      if (signal.aborted) begin();
      else signal.addEventListener('abort', begin, { once: true });
    });
    return Promise.race([promise, lost]).finally(() => {
      stop();
    });
  }

  /** Waits no more, for whoever ends the threads: what is still waited for may never be fulfilled, and nothing hangs on the signal any longer. */
  end(): void {
    for (const stop of this.#stops) stop();
  }
}
