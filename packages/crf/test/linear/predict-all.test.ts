import { setTimeout as later } from 'node:timers/promises';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { CrfInputError, LinearCrf, type Attributes } from '../../src/index.js';
import { randomSequences } from './helpers.js';

/** The threads that were started, by their `exit`, so that a test sees that none is left. */
const { threads } = vi.hoisted(() => ({
  threads: { open: 0, started: 0, failing: false, processors: 2 },
}));
const realGetBuiltin = process.getBuiltinModule.bind(process);

beforeAll(() => {
  vi.spyOn(process, 'getBuiltinModule').mockImplementation((name: string) => {
    if (name === 'node:os') return { availableParallelism: () => threads.processors };
    if (name !== 'node:worker_threads') return realGetBuiltin(name);
    const { Worker } = realGetBuiltin('node:worker_threads');
    class Counted extends Worker {
      constructor(program: string, options: object) {
        super(threads.failing ? `throw new Error('broken')` : program, options);
        threads.open++;
        threads.started++;
        this.on('exit', () => threads.open--);
      }
    }
    return { Worker: Counted };
  });
});

afterEach(() => {
  expect(threads.open).toBe(0);
  threads.started = 0;
  threads.failing = false;
});

const data = randomSequences({ seed: 12, count: 900, tags: 5, attributes: 60, maxLength: 20 });
const names = (attributes: readonly Attributes[]): string[][] =>
  attributes.map((token) => (Array.isArray(token) ? [...(token as readonly string[])] : Object.keys(token)));
const sequences: (readonly Attributes[])[] = [
  ...data.map(({ attributes }) => names(attributes)),
  ...data.slice(0, 100).map(({ attributes }) => attributes),
  // What a thread cannot be given, or cannot decide.
  [],
  [new Map([['é', 0.5]]), ['\ud800'], ['\ufffd', '😀é']],
  [['\ud83d'], ['\ude00']],
  [['y'.repeat(70_000)], ['x']],
  Array.from({ length: 9000 }, (_, t) => [`a${t % 60}`, 'é']),
  [Array.from({ length: 3000 }, (_, i) => `a${i % 60}`)],
  ...data.slice(100, 200).map(({ attributes }) => names(attributes)),
];
let crf: LinearCrf;
let expected: string[][];

beforeAll(async () => {
  crf = await LinearCrf.train(data, { params: { max_iterations: 8 }, threads: 1 });
  expected = sequences.map((sequence) => crf.predict(sequence));
});

async function all(iterable: AsyncIterable<string[]>): Promise<string[][]> {
  const tags: string[][] = [];
  for await (const some of iterable) tags.push(some);
  return tags;
}

async function* slowly<T>(items: Iterable<T>) {
  for (const item of items) {
    await Promise.resolve();
    yield item;
  }
}

describe('predictAll', () => {
  it.each([1, 2, 3])('gives what predict gives, in the order of the source: threads: %i', async (count) => {
    expect(await all(crf.predictAll(sequences, { threads: count }))).toEqual(expected);
    expect(threads.started).toBe(count - 1);
    expect(await all(crf.predictAll(slowly(sequences), { threads: count }))).toEqual(expected);
  });

  it('starts threads by itself for large inputs only', async () => {
    expect(await all(crf.predictAll(sequences.slice(0, 50)))).toEqual(expected.slice(0, 50));
    expect(threads.started).toBe(0);
    function* many() {
      for (let round = 0; round < 5; round++) yield* sequences;
    }
    for (const [processors, started] of [
      [3, 0],
      [4, 2],
      [64, 2],
    ]) {
      threads.processors = processors;
      threads.started = 0;
      const tags = await all(crf.predictAll(many()));
      expect(tags).toEqual(Array.from({ length: 5 }, () => expected).flat());
      expect(threads.started).toBe(started);
    }
  });

  it('reads no further ahead than its threads need', async () => {
    let read = 0;
    let most = 0;
    let given = 0;
    function* counted() {
      for (let round = 0; round < 8; round++) {
        for (const sequence of sequences.slice(0, 900)) {
          most = Math.max(most, ++read - given);
          yield sequence;
        }
      }
    }
    for await (const tags of crf.predictAll(counted(), { threads: 2 })) {
      given++;
      expect(tags).toEqual(expected[(given - 1) % 900]);
    }
    expect(given).toBe(7200);
    expect(most).toBeLessThan(5000);
  });

  it('ends its threads and closes the source when the iteration is left', async () => {
    const closed = vi.fn();
    async function* source() {
      try {
        yield* slowly(sequences);
      } finally {
        closed();
      }
    }
    for await (const tags of crf.predictAll(source(), { threads: 3 })) {
      expect(tags).toEqual(expected[0]);
      break;
    }
    expect(closed).toHaveBeenCalledOnce();
    expect(threads.started).toBe(2);
  });

  it.each([1, 2])(
    'gives all before a wrong sequence, and says which is wrong: threads: %i',
    async (count) => {
      const wrong = [...sequences.slice(0, 30), [['a1'], ['a2', 7 as unknown as string]], ...sequences];
      const tags: string[][] = [];
      const iterate = async () => {
        for await (const some of crf.predictAll(wrong, { threads: count })) tags.push(some);
      };
      await expect(iterate()).rejects.toThrow(
        'attributes, sequence 30, token 1 (counted from 0): expected attribute 1 to be a string, got 7',
      );
      expect(tags).toEqual(expected.slice(0, 30));
    },
  );

  it('passes an error of the source on', async () => {
    function* source() {
      yield* sequences.slice(0, 40);
      throw new TypeError('torn');
    }
    await expect(all(crf.predictAll(source(), { threads: 2 }))).rejects.toThrow(new TypeError('torn'));
  });

  it.each([1, 2])(
    'rejects with the reason of an abort, even while the source hangs: threads: %i',
    async (count) => {
      const controller = new AbortController();
      const { signal } = controller;
      const listeners = new Set<unknown>();
      vi.spyOn(signal, 'addEventListener').mockImplementation((_, listener) => listeners.add(listener));
      vi.spyOn(signal, 'removeEventListener').mockImplementation((_, listener) => listeners.delete(listener));
      async function* hanging() {
        yield* sequences.slice(0, 10);
        void later(5).then(() => {
          controller.abort('enough');
          for (const listener of [...listeners]) (listener as () => void)();
        });
        await new Promise(() => undefined);
      }
      await expect(all(crf.predictAll(hanging(), { threads: count, signal }))).rejects.toBe('enough');
      expect(listeners.size).toBe(0);
      await expect(all(crf.predictAll(sequences, { threads: count, signal }))).rejects.toBe('enough');
    },
  );

  it.each([1, 2])(
    'rejects with the reason of an abort that the caller makes, before the source hangs and after all is read: threads: %i',
    async (count) => {
      async function* hanging() {
        // Other threads are given many before the first result is waited for.
        if (count === 1) yield sequences[0];
        else for (let round = 0; round < 8; round++) yield* slowly(sequences.slice(0, 900));
        await new Promise(() => undefined);
      }
      for (const source of [hanging(), sequences.slice(0, 30)]) {
        const controller = new AbortController();
        const given: string[][] = [];
        const iterate = async () => {
          for await (const tags of crf.predictAll(source, { threads: count, signal: controller.signal })) {
            given.push(tags);
            controller.abort('enough');
            await later(5);
          }
        };
        await expect(iterate()).rejects.toBe('enough');
        expect(given).toEqual(expected.slice(0, 1));
      }
    },
  );

  it.each([
    ['one thread', 1, false],
    ['two', 2, false],
    ['two, of which one fails', 2, true],
  ])('lets other tasks run, and hears an abort that one of them makes: %s', async (_, count, failing) => {
    threads.failing = failing;
    // It has an end, so that a loop that lets nothing run fails here and does not go on for ever.
    function* long() {
      for (let round = 0; round < 60; round++) yield* sequences.slice(0, 900);
    }
    const controller = new AbortController();
    let given = 0;
    const iterate = async () => {
      for await (const tags of crf.predictAll(long(), { threads: count, signal: controller.signal })) {
        expect(tags).toEqual(expected[given % 900]);
        // By the first result it is known what became of the threads.
        if (given++ === 0) setTimeout(() => controller.abort('enough'), 1);
      }
    };
    await expect(iterate()).rejects.toBe('enough');
  });

  it('tags by itself what a thread that fails leaves', async () => {
    threads.failing = true;
    expect(await all(crf.predictAll(sequences, { threads: 2 }))).toEqual(expected);
    expect(threads.started).toBe(1);
  });

  it('refuses what is no source and no number of threads', async () => {
    const source = 7 as unknown as (readonly Attributes[])[];
    await expect(all(crf.predictAll(source))).rejects.toThrow(CrfInputError);
    await expect(all(crf.predictAll([], { threads: 0 }))).rejects.toThrow(
      'threads: expected a whole number from 1 to 256, got 0',
    );
    const signal = new AbortController() as unknown as AbortSignal;
    await expect(all(crf.predictAll([], { signal }))).rejects.toThrow(
      new CrfInputError('signal: expected an AbortSignal, got an object'),
    );
  });
});
