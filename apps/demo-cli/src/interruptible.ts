import { exitCode, Interrupted, type Signal } from './failure.js';

const signals: readonly Signal[] = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/**
 * Runs work that can be given up: Ctrl-C (or a request of the system to end) aborts its signal with an `Interrupted`, and a second one ends the
 * program at once.
 *
 * @param onInterrupt told of the first, while the work comes to its end
 */
export async function interruptible<T>(
  work: (signal: AbortSignal) => Promise<T>,
  onInterrupt: (signal: Signal) => void = () => undefined,
): Promise<T> {
  const controller = new AbortController();
  const interrupt = (signal: Signal): void => {
    for (const name of signals) process.off(name, interrupt);
    // Two that come before the loop turns are told to the listeners of that moment; from then on the system's own way is the quickest.
    const again = (second: Signal): void => process.exit(exitCode[second]);
    for (const name of signals) process.on(name, again);
    setTimeout(() => signals.forEach((name) => process.off(name, again)), 100).unref();
    onInterrupt(signal);
    controller.abort(new Interrupted('interrupted; nothing was written', signal));
  };
  for (const name of signals) process.on(name, interrupt);
  try {
    return await work(controller.signal);
  } finally {
    for (const name of signals) process.off(name, interrupt);
  }
}
