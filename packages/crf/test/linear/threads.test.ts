import { spawn } from 'node:child_process';
import { getEventListeners } from 'node:events';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { LinearCrf, type FeaturesEvent, type Sequence, type TrainOptions } from '../../src/index.js';
import { randomSequences, rejection } from './helpers.js';

const data = randomSequences({ seed: 5, count: 300, tags: 6, attributes: 80, maxLength: 12 });
const params = { max_iterations: 12, epsilon: 0, delta: 0 } as const;

/** Threads of this process that have not ended. */
const threadsAlive = (): number =>
  process.getActiveResourcesInfo().filter((resource) => resource === 'MessagePort' || resource === 'Worker')
    .length;

const train = (options: TrainOptions<'lbfgs'>, on: Iterable<Sequence> = data) =>
  LinearCrf.train(on, { params, threads: 2, ...options });

describe('training on threads', () => {
  it('gives the same model to the bit each time, and one that is as good as that of one thread', async () => {
    const losses: number[] = [];
    const onEvent: TrainOptions<'lbfgs'>['onEvent'] = (event) => {
      if (event.type === 'end') losses.push(event.loss);
    };
    const first = await train({ onEvent });
    const second = await train({ onEvent });
    expect(first.toBytes()).toEqual(second.toBytes());
    await train({ onEvent, threads: 1 });
    await train({ onEvent, kernel: 'plain' });
    const [onTwo, again, onOne, plain] = losses;
    expect(again).toBe(onTwo);
    expect(Math.abs(onTwo / plain - 1)).toBeLessThan(1e-9);
    expect(Math.abs(onOne / plain - 1)).toBeLessThan(1e-9);
  });

  it('does OWL-QN, too', async () => {
    const weights = async (threads: number) => {
      const crf = await train({ threads, params: { ...params, c1: 0.5 } });
      return crf.topWeights({ limit: 20 }).map(({ weight }) => weight);
    };
    const one = await weights(1);
    for (const [i, weight] of (await weights(3)).entries()) expect(weight).toBeCloseTo(one[i], 3);
  });

  it('says on how many', async () => {
    const seen: FeaturesEvent[] = [];
    const before = threadsAlive();
    await train({
      threads: 3,
      onEvent: (event) => {
        if (event.type !== 'features') return;
        seen.push(event);
        // Or the tests below would show nothing.
        expect(threadsAlive()).toBeGreaterThan(before);
      },
    });
    expect(seen).toMatchObject([{ kernel: 'simd', threads: 3, kernelNotes: [] }]);
  });

  it('leaves this thread free meanwhile', async () => {
    let turns = 0;
    const timer = setInterval(() => turns++, 1);
    const started = performance.now();
    await train({ params: { ...params, max_iterations: 60 } });
    clearInterval(timer);
    const milliseconds = performance.now() - started;
    // Far below what a timer of 1 ms could do, far above what it could if the thread were held.
    expect(turns).toBeGreaterThan(Math.min(20, milliseconds / 100));
  });

  it('leaves no thread and no listener behind, whether it succeeds', async () => {
    const before = threadsAlive();
    const { signal } = new AbortController();
    await train({ signal });
    expect(threadsAlive()).toBe(before);
    expect(getEventListeners(signal, 'abort')).toEqual([]);
  });

  it('or fails', async () => {
    const before = threadsAlive();
    const { signal } = new AbortController();
    const failure = new Error('enough');
    const onEvent: TrainOptions<'lbfgs'>['onEvent'] = (event) => {
      if (event.type === 'iteration' && event.iteration === 3) throw failure;
    };
    expect(await rejection(train({ signal, onEvent }))).toBe(failure);
    expect(threadsAlive()).toBe(before);
    expect(getEventListeners(signal, 'abort')).toEqual([]);
  });

  it('or is aborted: before, between two pieces of work, in the middle of one', async () => {
    const before = threadsAlive();
    for (const when of ['before', 'between', 'within'] as const) {
      const controller = new AbortController();
      const reason = new Error(when);
      const { signal } = controller;
      const abort = () => {
        controller.abort(reason);
      };
      if (when === 'before') abort();
      const onEvent: TrainOptions<'lbfgs'>['onEvent'] = (event) => {
        if (event.type !== 'iteration' || event.iteration !== 2) return;
        if (when === 'between') abort();
        // By then the threads have been given the next step.
        if (when === 'within') queueMicrotask(() => setImmediate(abort));
      };
      const long = { ...params, max_iterations: 100_000 };
      expect(await rejection(train({ signal, onEvent, params: long }))).toBe(reason);
      expect(threadsAlive()).toBe(before);
      expect(getEventListeners(signal, 'abort')).toEqual([]);
    }
  });

  it('lets a process end, whatever became of it', async () => {
    const program = fileURLToPath(new URL('./fixtures/train-and-end.ts', import.meta.url));
    const child = spawn(process.execPath, ['--conditions=@cognate/source', '--import', 'tsx', program], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let output = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
    const code = await new Promise((resolve) => child.on('close', resolve));
    expect([code, output]).toEqual([0, 'trained\nfailed\naborted\n']);
  });
});
