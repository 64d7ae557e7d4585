/** How often, and how patiently, a request is made again. */
export interface RetryRules {
  /** Tries after the first. */
  readonly retries: number;
  /** Milliseconds before the first retry; doubled before each further one. */
  readonly delay: number;
  readonly signal: AbortSignal | undefined;
}

const wait = (milliseconds: number, signal: AbortSignal | undefined): Promise<void> =>
  new Promise((resolve, reject) => {
    const stop = (): void => {
      clearTimeout(timer);
      reject(signal?.reason as Error);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', stop);
      resolve();
    }, milliseconds);
    signal?.addEventListener('abort', stop, { once: true });
  });

/** Does something until it succeeds, is not worth another try, or the tries are used up; then its last error is thrown. */
export async function retrying<T>(
  act: () => Promise<T>,
  worthIt: (error: unknown) => boolean,
  { retries, delay, signal }: RetryRules,
): Promise<T> {
  for (let attempt = 0; ; attempt++) {
    try {
      return await act();
    } catch (error) {
      if (attempt >= retries || signal?.aborted === true || !worthIt(error)) throw error;
      await wait(delay * 2 ** attempt, signal);
    }
  }
}
