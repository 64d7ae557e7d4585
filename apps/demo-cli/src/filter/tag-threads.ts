import { Worker } from 'node:worker_threads';
import type { ModelFiles } from '@cognate/tagger';
import { Failure } from '../failure.js';
import type { LineBlock } from './line-blocks.js';
import type { LineSettings, TaggedBlock } from './tag-lines.js';

/** What a thread is started with. */
export interface ThreadData {
  /** Where the files are from, for messages. */
  readonly model: string;
  readonly files: ModelFiles;
  readonly settings: LineSettings;
}

/** What a thread says: that it can begin, why it cannot, or what became of its oldest block. */
export type ThreadAnswer =
  | { readonly kind: 'ready' }
  | { readonly kind: 'refused'; readonly message: string }
  | { readonly kind: 'tagged'; readonly result: TaggedBlock };

// Of the build: a thread of Node runs JavaScript, so that from the sources there are no threads.
const threadModule = new URL('./tag-thread.js', import.meta.url);

/** Threads that tag blocks of lines, each with a tagger of its own. */
export class TagThreads {
  readonly #threads: TagThread[];

  private constructor(threads: TagThread[]) {
    this.#threads = threads;
  }

  /** @throws Failure (as a rejection) where the files are no model */
  static async start(count: number, data: ThreadData): Promise<TagThreads> {
    const threads = new TagThreads(Array.from({ length: count }, () => new TagThread(data)));
    try {
      await Promise.all(threads.#threads.map(({ ready }) => ready));
    } catch (error) {
      await threads.close();
      throw error;
    }
    return threads;
  }

  /** Gives a block to the thread that has the least to do. The block's bytes are gone then. */
  tag(block: LineBlock): Promise<TaggedBlock> {
    return this.#threads.reduce((least, thread) => (thread.load < least.load ? thread : least)).tag(block);
  }

  async close(): Promise<void> {
    await Promise.all(this.#threads.map((thread) => thread.close()));
  }
}

interface Waiting {
  readonly resolve: (result: TaggedBlock) => void;
  readonly reject: (error: Error) => void;
}

class TagThread {
  readonly ready: Promise<void>;
  readonly #worker: Worker;
  /** For the answers to blocks, the oldest first: a thread answers in order. */
  readonly #waiting: Waiting[] = [];

  constructor(data: ThreadData) {
    this.#worker = new Worker(threadModule, { workerData: data });
    this.ready = new Promise((resolve, reject) => {
      this.#worker.on('message', (answer: ThreadAnswer) => {
        if (answer.kind === 'ready') resolve();
        else if (answer.kind === 'refused') reject(new Failure(answer.message));
        else this.#waiting.shift()?.resolve(answer.result);
      });
      const fail = (error: Error): void => {
        reject(error);
        for (const waiting of this.#waiting.splice(0)) waiting.reject(error);
      };
      this.#worker.on('error', fail);
      this.#worker.on('exit', (code) => {
        fail(new Failure(`a thread ended with code ${code}`));
      });
    });
  }

  get load(): number {
    return this.#waiting.length;
  }

  tag(block: LineBlock): Promise<TaggedBlock> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ resolve, reject });
      this.#worker.postMessage(block, [block.bytes.buffer as ArrayBuffer]);
    });
  }

  async close(): Promise<void> {
    this.ready.catch(() => undefined);
    await this.#worker.terminate();
  }
}
