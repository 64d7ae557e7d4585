/** A thread, whatever the host calls it. */
export interface Thread<Message, Answer> {
  /** Sends a message; what is transferred cannot be used here any more. */
  post(message: Message, transfer?: readonly ArrayBuffer[]): void;
  /** To be set at once. */
  onAnswer: (answer: Answer) => void;
  /** The thread has failed or ended by itself. */
  onFailure: (reason: string) => void;
  /** Whether the process has to stay alive for it, as it has at first; in a page that is no question. */
  hold(held: boolean): void;
  /** Resolves when nothing of it is left. */
  end(): Promise<void>;
}

/** What there may be in a global scope: in Node, in a browser. */
interface HostGlobal {
  readonly process?: {
    getBuiltinModule?(name: 'node:worker_threads'): NodeThreads | undefined;
    getBuiltinModule?(name: 'node:os'): { availableParallelism(): number } | undefined;
  };
  readonly navigator?: { readonly hardwareConcurrency?: number };
  readonly Worker?: unknown;
}

interface NodeThreads {
  readonly Worker: new (program: string, options: object) => NodeWorker;
}

interface NodeWorker {
  postMessage(message: unknown, transfer?: readonly ArrayBuffer[]): void;
  ref(): void;
  unref(): void;
  on(event: 'message', listener: (answer: unknown) => void): void;
  on(event: 'error', listener: (error: unknown) => void): void;
  on(event: 'exit', listener: (code: number) => void): void;
  terminate(): Promise<unknown>;
}

const host = globalThis as HostGlobal;

/** The processors that this process may use. */
export function processors(): number {
  const os = host.process?.getBuiltinModule?.('node:os');
  return os?.availableParallelism() ?? host.navigator?.hardwareConcurrency ?? 1;
}

/** Why there can be no threads that share memory here; undefined if there can. */
export function whyNoThreads(): string | undefined {
  if (typeof SharedArrayBuffer !== 'function') {
    return 'threads cannot share memory here: a page has to be cross-origin isolated';
  }
  return whyNoWorkers();
}

/** Why there can be no threads at all; undefined if there can. */
export function whyNoWorkers(): string | undefined {
  const some = host.process?.getBuiltinModule?.('node:worker_threads') ?? host.Worker;
  return some ? undefined : 'threads cannot be started here: that takes web workers, or Node from 20.16 on';
}

/** Starts a thread that waits for messages: `crfWorker.serve` of a program. */
export function startThread<Message, Answer>(crfWorker: string): Thread<Message, Answer> {
  const threads = host.process?.getBuiltinModule?.('node:worker_threads');
  return threads ? nodeThread(threads, crfWorker) : webThread(crfWorker);
}

function nodeThread<Message, Answer>({ Worker }: NodeThreads, crfWorker: string): Thread<Message, Answer> {
  const program = `${crfWorker};crfWorker.serve(require('node:worker_threads').parentPort);`;
  // Not with the options of this process: loaders and the like are not for this program.
  const worker = new Worker(program, { eval: true, execArgv: [], env: {} });
  let ended = false;
  const thread: Thread<Message, Answer> = {
    post: (message, transfer = []) => {
      worker.postMessage(message, [...transfer]);
    },
    onAnswer: () => undefined,
    onFailure: () => undefined,
    hold: (held) => {
      if (held) worker.ref();
      else worker.unref();
    },
    async end() {
      ended = true;
      await worker.terminate();
    },
  };
  worker.on('message', (answer) => {
    thread.onAnswer(answer as Answer);
  });
  worker.on('error', (error) => {
    thread.onFailure(String(error));
  });
  worker.on('exit', (code) => {
    if (!ended) thread.onFailure(`exit code ${code}`);
  });
  return thread;
}

function webThread<Message, Answer>(crfWorker: string): Thread<Message, Answer> {
  const blob = new Blob([`${crfWorker};crfWorker.serve(self);`], { type: 'text/javascript' });
  const url = URL.createObjectURL(blob);
  const worker = new Worker(url);
  const thread: Thread<Message, Answer> = {
    post: (message, transfer = []) => {
      worker.postMessage(message, [...transfer]);
    },
    onAnswer: () => undefined,
    onFailure: () => undefined,
    hold: () => undefined,
    end() {
      worker.terminate();
      URL.revokeObjectURL(url);
      return Promise.resolve();
    },
  };
  worker.onmessage = ({ data }: MessageEvent<Answer>) => {
    thread.onAnswer(data);
  };
  worker.onerror = (event) => {
    event.preventDefault();
    thread.onFailure(event.message);
  };
  return thread;
}
