import { adadelta } from '@cognate/nn';
import { getEventListeners } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import {
  BatchError,
  memoryStore,
  ThreadError,
  train,
  TrainerError,
  type TrainEvent,
  type TrainOptions,
} from '../src/index.js';
import { threadTeam, type ThreadTeamOptions } from '../src/node.js';
import { GRACE, Patience } from '../src/node/patience.js';
import { bundle } from './fixtures/bundle.js';
import { toyData, ToyTagger, valuesOf } from './fixtures/toy.js';

const scratch = mkdtempSync(join(tmpdir(), 'cognate-threads-'));
const module = pathToFileURL(join(scratch, 'worker.js'));
const team = (options: Partial<ThreadTeamOptions> = {}) => threadTeam({ threads: 2, module, ...options });

// One file of JavaScript, as a build would give it: threads start in a third of the time.
beforeAll(async () => {
  await bundle(fileURLToPath(new URL('./fixtures/worker.ts', import.meta.url)), fileURLToPath(module));
});
afterAll(() => {
  rmSync(scratch, { recursive: true, force: true });
});

/** Workers of this process that are still there. */
const workersLeft = () =>
  process.getActiveResourcesInfo().filter((kind) => kind === 'Worker' || kind === 'MessagePort');

const base: TrainOptions = { epochs: 2, batches: { size: 7, languages: 'mixed' } };

/** The last weights are kept, which every step has had a part in. */
const withoutDev = () => ({ ...toyData(), dev: undefined });

async function trained(options: TrainOptions, dropout = 0.3): Promise<string> {
  const model = new ToyTagger({ shared: true }, dropout);
  await train({
    model,
    data: withoutDev(),
    options: { ...base, ...options },
  });
  return valuesOf(model);
}

const failure = (promise: Promise<unknown>): Promise<Error> =>
  promise.then(
    () => Promise.reject(new Error('expected a rejection')),
    (error: unknown) => error as Error,
  );

describe('threads', () => {
  it('give the very weights that the parts in turn give, with dropout, momentum and tables', async () => {
    const before = workersLeft();
    for (const options of [
      {
        optimizer: { name: 'adam', learningRate: 0.05 },
        learningRateDecay: { kind: 'exponential', factor: 0.5, warmUpSteps: 3 },
        average: { decay: 0.9 },
        fineTune: { epochs: 1 },
      },
      { optimizer: { name: 'sgd', learningRate: 0.02, momentum: 0.5 }, clipNorm: 2 },
    ] as const) {
      const inTurn = await trained({ ...options, parts: 2 });
      expect(await trained({ ...options, team: team({ data: { dropout: 0.3 } }) })).toBe(inTurn);
      expect(await trained({ ...options, parts: 1 })).not.toBe(inTurn);
    }
    expect(workersLeft()).toEqual(before);
  });

  it('can take over a run, and hand it on', async () => {
    const options: TrainOptions = { optimizer: { name: 'adam', learningRate: 0.03 }, parts: 2 };
    const expected = await trained(options);
    const store = memoryStore();
    const until = async (lastStep: number, more: TrainOptions): Promise<string> => {
      const controller = new AbortController();
      const model = new ToyTagger({ shared: true }, 0.3);
      const run = train({
        model,
        data: withoutDev(),
        options: { ...base, ...options, ...more, checkpoints: { store }, signal: controller.signal },
        events: (event) => {
          if (event.type === 'step' && event.totalSteps === lastStep) controller.abort();
        },
      });
      return run.then(
        () => valuesOf(model),
        (error: unknown) => (error as Error).name,
      );
    };
    const threads = { team: team({ data: { dropout: 0.3 } }) };
    expect(await until(4, threads)).toBe('AbortError');
    expect(await until(8, {})).toBe('AbortError');
    expect(await until(100, threads)).toBe(expected);
  });

  it('may be fewer than the parts, with an optimiser that only this thread can make', async () => {
    const options = { parts: 5, epochs: 1, optimizer: () => adadelta({ rho: 0.9 }) };
    const inTurn = await trained(options);
    expect(await trained({ ...options, team: team({ data: { dropout: 0.3 }, threads: 3 }) })).toBe(inTurn);
  });

  it('may run TypeScript', async () => {
    const options = {
      module: new URL('./fixtures/worker.mjs', import.meta.url),
      execArgv: ['--conditions=@cognate/source'],
    };
    expect(await trained({ epochs: 1, team: team(options) }, 0)).toBe(
      await trained({ epochs: 1, parts: 2 }, 0),
    );
  });

  it('end with the run when it is aborted', async () => {
    const before = workersLeft();
    const controller = new AbortController();
    const reason = new Error('enough');
    let steps = 0;
    let during: string[] = [];
    const model = new ToyTagger({ shared: true });
    const run = train({
      model,
      data: toyData(),
      options: { team: team(), signal: controller.signal },
      events: (event) => {
        if (event.type !== 'step' || ++steps !== 5) return;
        during = workersLeft();
        setImmediate(() => controller.abort(reason));
      },
    });
    expect(await failure(run)).toBe(reason);
    expect(during.length).toBeGreaterThan(before.length);
    expect(workersLeft()).toEqual(before);
  });
});

describe('a thread that fails', () => {
  it.each([
    ['build', ThreadError, /^thread 1 of worker.js: no such model here$/],
    ['own parameters', ThreadError, /new ParameterSet\(start.parameters\); "table" is another array/],
    ['exit', ThreadError, /^thread 1 of worker.js: it ended by itself with code 3$/],
    ['uncaught', ThreadError, /^thread 1 of worker.js: out of the blue$/],
    ['loss', BatchError, /^joint epoch 1, step 1, (gl|es|ca) sentences? [\d, ]+: cannot say$/],
  ])('rejects and leaves nothing behind: %s', async (fault, kind, message) => {
    const before = workersLeft();
    const error = await failure(trained({ team: team({ data: { fault } }) }, 0));
    expect(error).toBeInstanceOf(kind);
    expect(error.message).toMatch(message);
    expect(workersLeft()).toEqual(before);
  });

  it('is not waited for if this thread fails too', async () => {
    const before = workersLeft();
    const model = new ToyTagger({ shared: true });
    model.batchLoss = () => {
      throw new RangeError('broken here');
    };
    const { signal } = new AbortController();
    const options = { team: team({ data: { fault: 'hang' } }), signal };
    const error = await failure(train({ model, data: toyData(), options }));
    expect(error.message).toMatch(/broken here/);
    expect(workersLeft()).toEqual(before);
    // A signal may serve for other trainings, and for long.
    expect(getEventListeners(signal, 'abort')).toEqual([]);
  });
});

describe('a thread that hangs', () => {
  const reason = new Error('enough');

  /** Trains until this thread waits for the others, aborts then, and lets the grace run out. */
  async function abortedInWait(
    fault: string,
    phase: 'compute' | 'update',
    steps: number,
    options: TrainOptions = {},
  ) {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    try {
      const before = workersLeft();
      const controller = new AbortController();
      const store = memoryStore();
      const events: TrainEvent['type'][] = [];
      const model = new ToyTagger({ shared: true });
      // In each phase of a step after it has given the others their work, and before it waits for them.
      const [at, name] = phase === 'compute' ? [model, 'batchLoss'] : [model.parameters, 'touch'];
      const usual = Reflect.get(at, name) as (...given: unknown[]) => unknown;
      let calls = 0;
      Reflect.set(at, name, (...given: unknown[]) => {
        if (++calls === steps) {
          setImmediate(() => {
            controller.abort(reason);
            vi.advanceTimersByTime(GRACE - 1);
            expect(vi.getTimerCount()).toBe(1);
            vi.advanceTimersByTime(1);
          });
        }
        return usual.apply(at, given);
      });
      const run = train({
        model,
        data: { target: toyData().target },
        options: {
          epochs: 1,
          batches: { size: 4 },
          ...options,
          team: team({ data: { fault, steps } }),
          signal: controller.signal,
          checkpoints: { store },
        },
        events: ({ type }) => events.push(type),
      });
      expect(await failure(run)).toBe(reason);
      expect(workersLeft()).toEqual(before);
      expect(vi.getTimerCount()).toBe(0);
      return { events, stored: (await store.list()).length };
    } finally {
      vi.useRealTimers();
    }
  }

  it('while it computes is ended by an abort, and what the optimiser keeps there cannot be stored', async () => {
    const ended = await abortedInWait('hang', 'compute', 2);
    expect(ended).toEqual({ events: ['run', 'step', 'stop'], stored: 0 });
  });

  it('and has no part in the optimiser does not keep the steps before from being stored', async () => {
    const ended = await abortedInWait('hang', 'compute', 2, { optimizer: () => adadelta() });
    expect(ended).toEqual({ events: ['run', 'step', 'checkpoint', 'stop'], stored: 1 });
  });

  it('while it updates its share of the parameters is ended by an abort, and nothing is stored', async () => {
    expect(await abortedInWait('hang in update', 'update', 1)).toEqual({
      events: ['run', 'stop'],
      stored: 0,
    });
  });

  it('while it builds its model is ended by an abort at once', async () => {
    const before = workersLeft();
    const controller = new AbortController();
    const run = train({
      model: new ToyTagger({ shared: true }),
      data: toyData(),
      options: { team: team({ data: { fault: 'hang in build' } }), signal: controller.signal },
    });
    setImmediate(() => controller.abort(reason));
    expect(await failure(run)).toBe(reason);
    expect(workersLeft()).toEqual(before);
  });
});

describe('patience', () => {
  const never = new Promise<never>(() => undefined);

  it('is not needed for what comes, nor without a signal', async () => {
    const controller = new AbortController();
    const patience = new Patience(controller.signal);
    expect(await patience.of(Promise.resolve(1))).toBe(1);
    await expect(patience.of(Promise.reject(new Error('broken')))).rejects.toThrow('broken');
    expect(await new Patience(undefined).of(Promise.resolve(2))).toBe(2);
  });

  it('takes what has come while this thread was busy', async () => {
    const patience = new Patience(AbortSignal.abort(new Error('enough')));
    // Comes in the turn in which the grace has run out.
    const late = new Promise<string>((resolve) => setTimeout(resolve, 0, 'late'));
    expect(await patience.of(late, 0)).toBe('late');
  });

  it('once lost does not come back', async () => {
    const reason = new Error('enough');
    const patience = new Patience(AbortSignal.abort(reason));
    await expect(patience.of(never, 0)).rejects.toBe(reason);
    await expect(patience.of(never)).rejects.toBe(reason);
  });
});

describe('a team', () => {
  it.each([
    [{ threads: 1 }, /^threadTeam: threads: expected a whole number of at least 2, got 1$/],
    [{ module: './worker.js' as never }, /^threadTeam: module: expected a URL, got ".\/worker.js"$/],
    [{ execArgv: 'x' as never }, /^threadTeam: execArgv: expected an array of strings, got "x"$/],
    [
      { workers: 2 } as never,
      /^threadTeam: expected the options threads, module, data, execArgv, got "workers"$/,
    ],
  ])('refuses %j', (options, message) => {
    expect(() => team(options)).toThrow(message);
    expect(() => team(options)).toThrow(TrainerError);
  });

  it('wants shared values, data that can be cloned, and a module that is there', async () => {
    const data = toyData();
    const options = { team: team() };
    await expect(train({ model: new ToyTagger(), data, options })).rejects.toThrow(
      /^options.team: expected the values of model.parameters in shared memory.*"table" is not$/,
    );
    const model = new ToyTagger({ shared: true });
    await expect(train({ model, data, options: { team: team({ data: () => 1 }) } })).rejects.toThrow(
      /^threadTeam: data: .*could not be cloned/,
    );
    const missing = new URL('./fixtures/no-such-worker.mjs', import.meta.url);
    const error = await failure(train({ model, data, options: { team: team({ module: missing }) } }));
    expect(error).toBeInstanceOf(ThreadError);
    expect(error.message).toMatch(/^thread 1 of no-such-worker.mjs: /);
    const other = join(scratch, 'other.mjs');
    writeFileSync(other, 'export const nothing = 0;');
    await expect(
      train({ model, data, options: { team: team({ module: pathToFileURL(other) }) } }),
    ).rejects.toThrow(
      /^thread 1 of other.mjs: it ended by itself with code 0 before its model was there: does/,
    );
  });

  it('wants examples that can be cloned', async () => {
    const data = toyData();
    const examples = data.target.examples.map((example) => ({ ...example, note: () => 'a function' }));
    const model = new ToyTagger({ shared: true });
    await expect(
      train({ model, data: { target: { name: 'gl', examples } }, options: { team: team() } }),
    ).rejects.toThrow(/^data: expected examples that can be posted to a thread, which is plain data: /);
  });
});
