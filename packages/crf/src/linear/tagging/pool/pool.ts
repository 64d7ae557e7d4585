import { poolProgram } from '../../kernel/generated/pool-program.js';
import { startThread, type Thread } from '../../threads/host.js';
import type { TaggingMemory } from '../memory.js';
import { compiledNow } from '../module.js';
import type { Answer, Batch, Start } from './messages.js';

interface Waiting {
  readonly resolve: (tags: Uint16Array) => void;
  readonly reject: (reason: unknown) => void;
}

/** One thread, and who waits for its answers, in their order. */
interface Worker {
  readonly thread: Thread<Start | Batch, Answer>;
  readonly waiting: Waiting[];
}

/** Threads that tag batches with one model. A failure of one fails all; `close` has to be called then, too. */
export class Pool {
  readonly #workers: Worker[] = [];
  #failure: { readonly reason: unknown } | undefined;

  constructor(memory: TaggingMemory, threads: number) {
    const module = compiledNow();
    for (let k = 0; k < threads; k++) {
      let thread: Thread<Start | Batch, Answer>;
      try {
        thread = startThread(poolProgram);
      } catch (error) {
        void this.close();
        throw error;
      }
      const waiting: Waiting[] = [];
      this.#workers.push({ thread, waiting });
      thread.onAnswer = (answer) => {
        if ('error' in answer) {
          this.fail(new Error(`a thread failed: ${answer.error}`));
          return;
        }
        waiting.shift()?.resolve(answer.tags);
        // Somebody who does not ask for the rest keeps no process alive.
        if (waiting.length === 0) thread.hold(false);
      };
      thread.onFailure = (reason) => {
        this.fail(new Error(`a thread failed: ${reason}`));
      };
      const file = memory.file.slice();
      thread.post({ module, file }, [file.buffer]);
      thread.hold(false);
    }
  }

  /** The best tags of all tokens of a batch, by the thread that has the least to do. */
  tag(batch: Batch): Promise<Uint16Array> {
    const tags = new Promise<Uint16Array>((resolve, reject) => {
      if (this.#failure) {
        // Whatever an abort was given as its reason.
        // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors
        reject(this.#failure.reason);
        return;
      }
      const { thread, waiting } = this.#workers.reduce((a, b) =>
        b.waiting.length < a.waiting.length ? b : a,
      );
      waiting.push({ resolve, reject });
      thread.hold(true);
      const { sequences, pieces, counts, lengths, text } = batch;
      thread.post(
        batch,
        [sequences, pieces, counts, lengths, text].map(({ buffer }) => buffer),
      );
    });
    // Who asked may have ended before it looks at this one.
    tags.catch(() => undefined);
    return tags;
  }

  /** Rejects what is under way, and all that comes. */
  fail(reason: unknown): void {
    this.#failure ??= { reason };
    for (const { waiting } of this.#workers) for (const { reject } of waiting.splice(0)) reject(reason);
  }

  /** Ends the threads, whatever they are doing. */
  async close(): Promise<void> {
    this.fail(new Error('expected threads that have not been ended'));
    await Promise.all(this.#workers.splice(0).map(({ thread }) => thread.end()));
  }
}
