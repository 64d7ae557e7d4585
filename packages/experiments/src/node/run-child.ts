// One of the processes that `runInProcess` starts: does one run, says how it went, ends.
import { performRun, type RunOrder } from './perform-run.js';

const say = (message: object): Promise<void> =>
  new Promise((resolve) => {
    if (process.send === undefined) resolve();
    else process.send(message, undefined, undefined, () => resolve());
  });

// Ctrl-C goes to all processes of a terminal: the parent decides what it means.
process.on('SIGINT', () => undefined);
// A parent that was killed has no use for the result.
process.on('disconnect', () => process.exit(1));

process.once('message', (order) => {
  let told = 0;
  const onProgress = (done: number, total: number): void => {
    const now = performance.now();
    if (now - told < 500) return;
    told = now;
    void say({ type: 'progress', done, total });
  };
  performRun(order as RunOrder, { alone: true, onProgress })
    .then(
      (record) => say({ type: 'record', record }),
      (error: unknown) =>
        say({ type: 'error', message: error instanceof Error ? error.message : String(error) }),
    )
    .finally(() => process.exit(0));
});
