/*
 * The program of a worker thread. scripts/generate.ts makes one text of it and what it imports, which the bundle holds: there is no
 * file to be found when a thread is started.
 */

import { Share } from '../simd/share.js';
import { turn } from '../simd/turn.js';
import { Barrier } from './barrier.js';
import type { Answer, Job, Start } from './messages.js';

/** The part of a worker's global scope, or of Node's `parentPort`, that is used. */
interface Port {
  onmessage: ((event: { readonly data: Start | Job }) => void) | null;
  postMessage(answer: Answer): void;
}

/** Works on what comes through a port, until the thread is ended from outside. */
export function serve(port: Port): void {
  let work: ((job: Job) => number) | undefined;
  port.onmessage = ({ data }) => {
    try {
      if (data.kind === 'start') {
        work = begin(data);
        port.postMessage({ result: 0 });
      } else {
        port.postMessage({ result: work?.(data) ?? NaN });
      }
    } catch (error) {
      port.postMessage({ error: String(error) });
    }
  };
}

function begin({ module, memory, problem, thread }: Start): (job: Job) => number {
  const share = new Share(module, memory, problem, thread);
  const barrier = new Barrier(memory.buffer, problem.control, thread, problem.threads.length);
  const [from, to] = problem.shares.slice(thread, thread + 2);
  return (job) => {
    if (job.kind === 'turn') {
      return turn(share.functions, job.addresses, ...share.range(), (part) => barrier.sum(part));
    }
    share.load(job.weights);
    barrier.wait();
    // All see the same weights, so either all of them go on or none.
    if (!share.begin()) return NaN;
    const loss = share.run(from, to);
    share.end();
    barrier.wait();
    share.collect(job.gradient);
    return loss;
  };
}
