import { beforeEach, expect, test, vi } from 'vitest';
import type { Problem } from '../../src/linear/kernel/simd/problem.js';
import { startCrew } from '../../src/linear/kernel/threads/crew.js';
import type { Answer, Job, Start } from '../../src/linear/kernel/threads/messages.js';
import type { Thread } from '../../src/linear/threads/host.js';

// Threads that are told what to answer, so that one can be lost at any moment.
const threads: Thread<Start | Job, Answer>[] = [];
vi.mock('../../src/linear/threads/host.js', () => ({
  startThread: () => {
    const thread: Thread<Start | Job, Answer> = {
      post: (message) => {
        if (message.kind === 'start') queueMicrotask(() => thread.onAnswer({ result: 0 }));
      },
      onAnswer: () => undefined,
      onFailure: () => undefined,
      hold: () => undefined,
      end: () => Promise.resolve(),
    };
    threads.push(thread);
    return thread;
  },
}));

beforeEach(() => {
  threads.length = 0;
});

const none = undefined as never;

async function start(signal: AbortSignal) {
  const module = new WebAssembly.Module(Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0));
  const problem = { threads: [none, none] } as unknown as Problem;
  return startCrew(module, new WebAssembly.Memory({ initial: 1 }), problem, signal);
}

test('an abort ends what is under way but for a turn, which is awaited', async () => {
  const controller = new AbortController();
  const crew = await start(controller.signal);
  const loss = crew.loss(0, 0, none);
  controller.abort(new Error('enough'));
  await expect(loss).rejects.toThrow('enough');
  const turn = crew.turn(none);
  for (const thread of threads) thread.onAnswer({ result: 4 });
  expect(await turn).toBe(4);
  await expect(crew.loss(0, 0, none)).rejects.toThrow('enough');
});

test.each(['before', 'during'])('a turn that waits for a thread that is lost %s it fails', async (when) => {
  const controller = new AbortController();
  const crew = await start(controller.signal);
  controller.abort(new Error('enough'));
  const lose = () => {
    threads[1].onFailure('out of memory');
  };
  if (when === 'before') lose();
  const turn = Promise.resolve(crew.turn(none));
  if (when === 'during') lose();
  await expect(turn).rejects.toThrow(when === 'before' ? 'enough' : 'out of memory');
});
