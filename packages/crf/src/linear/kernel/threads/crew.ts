import type { Problem } from '../simd/problem.js';
import type { Team } from '../simd/team.js';
import { startThread, type Thread } from '../../threads/host.js';
import { workerProgram } from '../generated/worker-program.js';
import type { Answer, Job, Start } from './messages.js';

/** Waits for the answers of all threads to one message. */
interface Pending {
  /** Whether an abort waits for it. */
  readonly whole: boolean;
  readonly results: number[];
  missing: number;
  readonly resolve: (results: readonly number[]) => void;
  readonly reject: (reason: unknown) => void;
}

/**
 * Starts threads that work on a problem while this one is free for other things. An abort rejects what is under way, but for a turn,
 * which is short and comes to its end, so that what the optimiser remembers stays whole; `close` ends the threads, whatever they are
 * doing, and has to be called after a failure, too.
 */
export async function startCrew(
  module: WebAssembly.Module,
  memory: WebAssembly.Memory,
  problem: Problem,
  signal: AbortSignal | undefined,
): Promise<Team> {
  const crew = new Crew(problem, signal);
  try {
    await crew.start(module, memory);
  } catch (error) {
    await crew.close();
    throw error;
  }
  return crew;
}

class Crew implements Team {
  readonly #problem: Problem;
  readonly #signal: AbortSignal | undefined;
  readonly #threads: Thread<Start | Job, Answer>[] = [];
  #pending: Pending | undefined;
  /** After it nothing can be done any more, but for a turn after an abort. */
  #failure: { readonly reason: unknown; readonly aborted: boolean } | undefined;
  readonly #onAbort = (): void => {
    const reason: unknown = this.#signal?.reason;
    this.#failure ??= { reason, aborted: true };
    if (!this.#pending?.whole) this.#reject(reason);
  };

  constructor(problem: Problem, signal: AbortSignal | undefined) {
    this.#problem = problem;
    this.#signal = signal;
  }

  get size(): number {
    return this.#problem.threads.length;
  }

  async start(module: WebAssembly.Module, memory: WebAssembly.Memory): Promise<void> {
    if (this.#signal?.aborted) this.#onAbort();
    this.#signal?.addEventListener('abort', this.#onAbort, { once: true });
    await this.#ask(() => {
      for (let k = 0; k < this.size; k++) {
        const thread = startThread<Start | Job, Answer>(workerProgram);
        this.#threads.push(thread);
        thread.onAnswer = (answer) => {
          if ('error' in answer) this.#fail(new Error(`a thread failed: ${answer.error}`));
          else this.#take(k, answer.result);
        };
        thread.onFailure = (reason) => {
          this.#fail(new Error(`a thread failed: ${reason}`));
        };
        thread.post({ kind: 'start', module, memory, problem: this.#problem, thread: k });
      }
    });
  }

  async loss(weights: number, gradient: number): Promise<number> {
    const losses = await this.#all({ kind: 'loss', weights, gradient });
    return losses.reduce((sum, loss) => sum + loss, 0);
  }

  async turn(addresses: Parameters<Team['turn']>[0]): Promise<number> {
    const [curvature] = await this.#all({ kind: 'turn', addresses });
    return curvature;
  }

  async close(): Promise<void> {
    this.#signal?.removeEventListener('abort', this.#onAbort);
    await Promise.all(this.#threads.splice(0).map((thread) => thread.end()));
  }

  #all(job: Job): Promise<readonly number[]> {
    return this.#ask(() => {
      for (const thread of this.#threads) thread.post(job);
    }, job.kind === 'turn');
  }

  /** Sends something to all threads; gives their answers in their order. */
  #ask(send: () => void, whole = false): Promise<readonly number[]> {
    return new Promise((resolve, reject) => {
      if (this.#failure && !(whole && this.#failure.aborted)) {
        // Whatever an abort was given as its reason is what the promise is rejected with.
        // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors
        reject(this.#failure.reason);
        return;
      }
      this.#pending = {
        whole,
        results: new Array<number>(this.size).fill(NaN),
        missing: this.size,
        resolve,
        reject,
      };
      send();
    });
  }

  #take(thread: number, result: number): void {
    const pending = this.#pending;
    if (pending === undefined) return;
    pending.results[thread] = result;
    if (--pending.missing > 0) return;
    this.#pending = undefined;
    pending.resolve(pending.results);
  }

  /** A thread is gone: there is nobody who could make a turn, whether or not there was an abort before. */
  #fail(reason: unknown): void {
    this.#failure = { reason: this.#failure ? this.#failure.reason : reason, aborted: false };
    this.#reject(reason);
  }

  #reject(reason: unknown): void {
    this.#pending?.reject(reason);
    this.#pending = undefined;
  }
}
