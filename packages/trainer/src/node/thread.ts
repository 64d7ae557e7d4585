import { Worker, type WorkerOptions } from 'node:worker_threads';
import { ThreadError, TrainerError } from '../errors.js';
import type { Patience } from './patience.js';
import type { Answer, Work } from './protocol.js';

/**
 * A worker that is asked one thing at a time. Whatever happens to it, by itself or from outside, whoever waits for an answer
 * gets one or a ThreadError.
 */
export class Thread {
  readonly #worker: Worker;
  readonly #exited: Promise<void>;
  #waiting: { resolve: (answer: Answer) => void; reject: (error: Error) => void } | undefined;
  /** Came while nobody was waiting. */
  #answer: Answer | undefined;
  #failure: Error | undefined;
  #closing = false;
  /** It has said something. */
  #heard = false;

  constructor(
    private readonly name: string,
    module: URL,
    options: WorkerOptions,
  ) {
    this.#worker = new Worker(module, options);
    this.#worker.on('message', (answer: Answer) => {
      this.#heard = true;
      if (answer.type === 'failed') this.#fail(answer.error);
      else if (this.#waiting) {
        const { resolve } = this.#waiting;
        this.#waiting = undefined;
        resolve(answer);
      } else this.#answer = answer;
    });
    this.#worker.on('messageerror', (error) => this.#fail(error));
    this.#worker.on('error', (error) => this.#fail(error));
    this.#exited = new Promise((resolve) => {
      this.#worker.on('exit', (code) => {
        const early = this.#heard ? '' : ' before its model was there: does its module await serveModel()?';
        if (!this.#closing) this.#fail(new Error(`it ended by itself with code ${code}${early}`));
        resolve();
      });
    });
  }

  /** @throws TrainerError if the work cannot be posted: examples have to be plain data. */
  post(work: Work): void {
    try {
      this.#worker.postMessage(work);
    } catch (error) {
      if (!isCloneError(error)) throw error;
      throw new TrainerError(
        `data: expected examples that can be posted to a thread, which is plain data: ${error.message}`,
        { cause: error },
      );
    }
  }

  /** The next answer. */
  answer(): Promise<Answer> {
    return new Promise((resolve, reject) => {
      if (this.#answer) {
        resolve(this.#answer);
        this.#answer = undefined;
      } else if (this.#failure) reject(this.#failure);
      else this.#waiting = { resolve, reject };
    });
  }

  /** Ends the worker, whatever it is doing; it is gone when this resolves. */
  async close(): Promise<void> {
    this.#closing = true;
    await this.#worker.terminate();
    await this.#exited;
  }

  #fail(cause: unknown): void {
    const problem = cause instanceof Error ? cause.message : String(cause);
    // The first failure is the reason of those that follow.
    this.#failure ??= new ThreadError(`${this.name}: ${problem}`, { cause });
    this.#waiting?.reject(this.#failure);
    this.#waiting = undefined;
  }
}

/**
 * Gives each thread its work, whose numbers count from 1, and gives their answers, for which it waits with patience. A failure of theirs is not
 * lost, nor reported as nobody's, if the caller fails before it waits.
 */
export function askAll(
  { threads, patience }: { readonly threads: readonly Thread[]; readonly patience: Patience },
  workOf: (thread: number) => Work,
): Promise<Answer[]> {
  threads.forEach((thread, t) => {
    thread.post(workOf(t + 1));
  });
  const answers = patience.of(Promise.all(threads.map((thread) => thread.answer())));
  answers.catch(() => undefined);
  return answers;
}

/** Something was posted that cannot be. */
export function isCloneError(error: unknown): error is DOMException {
  return error instanceof DOMException && error.name === 'DataCloneError';
}
