import { Failure } from './failure.js';

/**
 * Runs work that can be given up: Ctrl-C ends it by its signal, a second Ctrl-C ends the program at once.
 *
 * @param words what the one who interrupted it is told
 */
export async function interruptible<T>(
  work: (signal: AbortSignal) => Promise<T>,
  words = 'interrupted; nothing was written',
): Promise<T> {
  const controller = new AbortController();
  const interrupt = (): void => {
    controller.abort(new Failure(words));
  };
  process.once('SIGINT', interrupt);
  try {
    return await work(controller.signal);
  } finally {
    process.off('SIGINT', interrupt);
  }
}
