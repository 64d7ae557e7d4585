import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { RunRecord } from '../run/record.js';
import type { Performing, RunOrder } from './perform-run.js';

/** Does a run, wherever: `runInProcess` in a process of its own, `performRun` in this one. */
export type Perform = (order: RunOrder, performing: Performing) => Promise<RunRecord>;

type Message =
  | { readonly type: 'record'; readonly record: RunRecord }
  | { readonly type: 'progress'; readonly done: number; readonly total: number }
  | { readonly type: 'error'; readonly message: string };

// Of the build, or of the sources where Node has been taught TypeScript.
const child = fileURLToPath(new URL('./run-child.js', import.meta.url));

/**
 * Does a run in a process of its own: its memory is its own, several are side by side, and one that dies takes nothing with it.
 *
 * @throws what the run threw, as an Error; an Error where the process died; the signal's reason
 */
export const runInProcess: Perform = (order, { signal, onProgress }) =>
  new Promise((resolve, reject) => {
    signal?.throwIfAborted();
    const worker = fork(child, { stdio: ['ignore', 'ignore', 'pipe', 'ipc'], serialization: 'advanced' });
    let record: RunRecord | undefined;
    let failure: string | undefined;
    let complaints = '';
    worker.stderr?.setEncoding('utf8').on('data', (text: string) => {
      complaints = `${complaints}${text}`.slice(-2000);
    });
    const stop = (): void => void worker.kill('SIGKILL');
    signal?.addEventListener('abort', stop, { once: true });
    worker.on('message', (message: Message) => {
      if (message.type === 'progress') onProgress?.(message.done, message.total);
      else if (message.type === 'record') record = message.record;
      else failure = message.message;
    });
    worker.on('error', reject);
    worker.on('close', (code, killedBy) => {
      signal?.removeEventListener('abort', stop);
      if (record) resolve(record);
      else if (signal?.aborted === true) reject(signal.reason as Error);
      else
        reject(
          new Error(
            failure ??
              `the process of the run ended by ${killedBy ?? `exit code ${String(code)}`} before it was done${complaints === '' ? '' : `: ${complaints.trim()}`}`,
          ),
        );
    });
    worker.send(order);
  });
