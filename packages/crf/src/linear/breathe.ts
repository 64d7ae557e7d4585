/**
 * Called now and then by long loops: gives undefined at once nearly always; when the thread has been held for a while, a
 * promise that lets other tasks run first, and that rejects with the reason of an abort.
 */
export type Breathe = () => Promise<void> | undefined;

/** How long a loop may hold the thread, in milliseconds: about two frames of a user interface. */
const HOLD_MS = 30;

/** The pauses of one training run. The clock decides only when to pause, nothing about the result. */
export function breather(signal: AbortSignal | undefined): Breathe {
  let since = performance.now();
  return () => {
    if (performance.now() - since < HOLD_MS) return undefined;
    return nextTask().then(() => {
      signal?.throwIfAborted();
      since = performance.now();
    });
  };
}

type Host = typeof globalThis & { setImmediate?: (callback: () => void) => unknown };

/** Resolves in a later task, so that timers, input and aborts come in between. Leaves nothing open. */
function nextTask(): Promise<void> {
  const host = globalThis as Host;
  return new Promise((resolve) => {
    if (typeof host.setImmediate === 'function') {
      host.setImmediate(resolve);
    } else if (typeof MessageChannel === 'function') {
      // Browsers delay a repeated setTimeout(0) by 4 ms, a message by nothing.
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => {
        port1.close();
        resolve();
      };
      port2.postMessage(undefined);
    } else {
      setTimeout(resolve, 0);
    }
  });
}
