import type { OptimizerOptions } from '../src/index.js';
import { describe, expect, it } from 'vitest';
import {
  CheckpointError,
  memoryStore,
  train,
  type CheckpointStore,
  type TrainEvent,
  type TrainOptions,
} from '../src/index.js';
import { decodeCheckpoint } from '../src/checkpoint/file.js';
import { toyExamples, ToyTagger, valuesOf } from './fixtures/toy.js';

const data = () => ({
  target: { name: 'gl', examples: toyExamples(1, 6) },
  sources: [{ name: 'es', examples: toyExamples(2, 12), mu: 0.5 }],
  dev: toyExamples(4, 12),
});

/** Whose last weights are kept, not the best. */
const withoutDev = () => ({ ...data(), dev: undefined });

/** A store that keeps every checkpoint. */
function allStore(): CheckpointStore & { readonly all: Uint8Array[] } {
  const all: Uint8Array[] = [];
  return {
    all,
    write(bytes) {
      all.push(bytes);
      return Promise.resolve();
    },
    list: () => Promise.resolve([]),
  };
}

/** A store with these, the newest first. */
const storeWith = (...checkpoints: Uint8Array[]): CheckpointStore => ({
  write: () => Promise.resolve(),
  list: () =>
    Promise.resolve(
      checkpoints.map((bytes, i) => ({ name: `number ${i}`, read: () => Promise.resolve(bytes) })),
    ),
});

/** A model with other values than a new one has: a run that goes on must not depend on them. */
function spoilt(dropout = 0.3): ToyTagger {
  const model = new ToyTagger({}, dropout);
  for (const { values } of model.parameters) values.fill(7);
  return model;
}

const everything = (optimizer: OptimizerOptions): TrainOptions => ({
  seed: 3,
  epochs: 3,
  batches: { size: 5 },
  optimizer,
  learningRateDecay: { kind: 'inverse', rate: 0.5, warmUpSteps: 3 },
  clipNorm: 3,
  average: { decay: 0.9 },
  fineTune: { epochs: 2 },
  objective: { kind: 'exact', targetRepeat: 2 },
});

describe.each<OptimizerOptions>([
  { name: 'adadelta' },
  { name: 'adam', learningRate: 0.03 },
  { name: 'sgd', learningRate: 0.05, momentum: 0.8 },
])('a run with $name', (optimizer) => {
  it('goes on from any of its checkpoints as if it had never stopped', async () => {
    const store = allStore();
    const model = new ToyTagger({}, 0.3);
    let lastStep = '';
    const result = await train({
      model,
      data: data(),
      options: { ...everything(optimizer), checkpoints: { store, everySteps: 1 } },
      events: ({ type }) => {
        if (type === 'step') lastStep = valuesOf(model);
      },
    });
    const expected = valuesOf(model);
    expect(store.all.length).toBeGreaterThan(result.totalSteps);

    // The last of them is of a run that has ended.
    for (const bytes of store.all.filter((_, i, all) => i % 3 === 0 || i > all.length - 4)) {
      const resumed = spoilt();
      const rest: TrainEvent[] = [];
      let lastAgain = lastStep;
      const again = await train({
        model: resumed,
        data: data(),
        options: { ...everything(optimizer), checkpoints: { store: storeWith(bytes), resume: 'must' } },
        events: (event) => {
          rest.push(event);
          if (event.type === 'step') lastAgain = valuesOf(resumed);
        },
      });
      expect(valuesOf(resumed)).toBe(expected);
      // What is kept may be of an early epoch: look at what the last step has left, too.
      expect(lastAgain).toBe(lastStep);
      expect(again).toEqual(result);
      const [run] = rest;
      const steps = rest.filter(({ type }) => type === 'step').length;
      expect(run.type === 'run' && run.resumed!.totalSteps + steps).toBe(result.totalSteps);
    }
  });
});

describe('an abort', () => {
  it.each([1, 7, 20])('at step %i stores the run, which goes on from there', async (stopAt) => {
    const options = everything({ name: 'adam', learningRate: 0.03 });
    const whole = new ToyTagger({}, 0.3);
    await train({ model: whole, data: data(), options });

    const controller = new AbortController();
    const store = memoryStore();
    const model = new ToyTagger({}, 0.3);
    const reason = new Error('later');
    const events: TrainEvent[] = [];
    const run = train({
      model,
      data: data(),
      options: { ...options, signal: controller.signal, checkpoints: { store } },
      events: (event) => {
        events.push(event);
        if (event.type === 'step' && event.totalSteps === stopAt) controller.abort(reason);
      },
    });
    await expect(run).rejects.toBe(reason);
    expect(events.at(-2)).toMatchObject({ type: 'checkpoint', totalSteps: stopAt });
    expect(events.at(-1)).toMatchObject({ type: 'stop', reason: 'aborted', totalSteps: stopAt });

    const resumed = spoilt();
    await train({ model: resumed, data: data(), options: { ...options, checkpoints: { store } } });
    expect(valuesOf(resumed)).toBe(valuesOf(whole));
  });

  it('leaves the values of the last step, nothing put off', async () => {
    const options = everything({ name: 'adam', learningRate: 0.03 });
    const controller = new AbortController();
    const store = memoryStore();
    const model = new ToyTagger({}, 0.3);
    const run = train({
      model,
      data: data(),
      options: { ...options, signal: controller.signal, checkpoints: { store } },
      events: (event) => {
        if (event.type === 'step' && event.totalSteps === 2) controller.abort(new Error('now'));
      },
    });
    await expect(run).rejects.toThrow('now');
    const resumed = spoilt();
    let values = '';
    await train({
      model: resumed,
      data: data(),
      options: { ...options, checkpoints: { store } },
      events: ({ type }) => {
        if (type === 'run') values = valuesOf(resumed);
      },
    });
    expect(valuesOf(model)).toBe(values);
  });

  it('while the development data are decoded leaves the weights of the last step, not the averages', async () => {
    const options = everything({ name: 'adadelta' });
    const whole = new ToyTagger({}, 0.3);
    await train({ model: whole, data: data(), options });

    const controller = new AbortController();
    const store = memoryStore();
    const model = new ToyTagger({}, 0.3);
    const decode = model.decode.bind(model);
    model.decode = (batch) => {
      controller.abort(new Error('now'));
      return decode(batch);
    };
    const checkpoints = { store };
    await expect(
      train({ model, data: data(), options: { ...options, checkpoints, signal: controller.signal } }),
    ).rejects.toThrow('now');
    const resumed = spoilt();
    const again = await train({ model: resumed, data: data(), options: { ...options, checkpoints } });
    expect(again.epochs[0]).toMatchObject({ epoch: 1, dev: expect.any(Number) as number });
    expect(valuesOf(resumed)).toBe(valuesOf(whole));
  });

  it.each(['epoch', 'stop', 'end'] as const)(
    'with the last event of the kind %s rejects, unless all is over; then the run has its result',
    async (kind) => {
      const options: TrainOptions = { epochs: 2, batches: { size: 5 } };
      const whole = new ToyTagger();
      const result = await train({ model: whole, data: data(), options });
      const controller = new AbortController();
      const store = memoryStore();
      const reason = new Error('late');
      const kinds: string[] = [];
      const run = train({
        model: new ToyTagger(),
        data: data(),
        options: { ...options, signal: controller.signal, checkpoints: { store, everySeconds: 1e6 } },
        events: (event) => {
          kinds.push(event.type === 'stop' ? event.reason : event.type);
          if (event.type === kind && (event.type !== 'epoch' || event.epoch === 2)) controller.abort(reason);
        },
      });
      if (kind === 'end') expect(await run).toEqual(result);
      else await expect(run).rejects.toBe(reason);
      const ends = {
        epoch: ['checkpoint', 'aborted'],
        stop: ['epochs', 'checkpoint', 'aborted'],
        end: ['end'],
      };
      expect(kinds.slice(-ends[kind].length)).toEqual(ends[kind]);

      const resumed = spoilt();
      const again = await train({
        model: resumed,
        data: data(),
        options: { ...options, checkpoints: { store } },
      });
      expect(again).toEqual(result);
      expect(valuesOf(resumed)).toBe(valuesOf(whole));
    },
  );

  it('before the beginning rejects at once, and changes nothing', async () => {
    const model = new ToyTagger();
    const before = valuesOf(model);
    const signal = AbortSignal.abort(new Error('no'));
    await expect(train({ model, data: data(), options: { signal } })).rejects.toThrow('no');
    expect(valuesOf(model)).toBe(before);
  });
});

describe('a run that has ended', () => {
  const options: TrainOptions = { epochs: 2, batches: { size: 5 } };

  it('gives its result again without another step', async () => {
    const store = memoryStore();
    const model = new ToyTagger();
    const result = await train({ model, data: data(), options: { ...options, checkpoints: { store } } });
    const events: TrainEvent[] = [];
    const again = spoilt();
    expect(
      await train({
        model: again,
        data: data(),
        options: { ...options, checkpoints: { store } },
        events: (event) => events.push(event),
      }),
    ).toEqual(result);
    expect(events.map(({ type }) => type)).toEqual(['run', 'stop', 'end']);
    expect(valuesOf(again)).toBe(valuesOf(model));
  });

  it('goes on with more epochs as if it had been given them at first', async () => {
    const store = memoryStore();
    await train({
      model: new ToyTagger(),
      data: withoutDev(),
      options: { ...options, checkpoints: { store } },
    });
    const longer = spoilt(0);
    await train({
      model: longer,
      data: withoutDev(),
      options: { ...options, epochs: 5, checkpoints: { store } },
    });
    const atOnce = new ToyTagger();
    await train({ model: atOnce, data: withoutDev(), options: { ...options, epochs: 5 } });
    expect(valuesOf(longer)).toBe(valuesOf(atOnce));
  });
});

it('options may be named in any order', async () => {
  const store = memoryStore();
  const run = (more: TrainOptions) =>
    train({
      model: new ToyTagger(),
      data: withoutDev(),
      options: { batches: { size: 5 }, checkpoints: { store }, ...more },
    });
  await run({ epochs: 1, optimizer: { name: 'adam', learningRate: 0.1, beta1: 0.5 } });
  const { totalSteps, epochs } = await run({
    epochs: 2,
    optimizer: { beta1: 0.5, learningRate: 0.1, name: 'adam' },
  });
  expect(totalSteps).toBe(epochs[0].steps + epochs[1].steps);
});

it('a run that was not going to be fine-tuned can be', async () => {
  const options: TrainOptions = { epochs: 2, batches: { size: 5 } };
  const store = memoryStore();
  await train({
    model: new ToyTagger(),
    data: withoutDev(),
    options: { ...options, checkpoints: { store } },
  });
  const later = spoilt(0);
  const fineTune = { epochs: 2 };
  await train({
    model: later,
    data: withoutDev(),
    options: { ...options, fineTune, checkpoints: { store } },
  });
  const atOnce = new ToyTagger();
  await train({ model: atOnce, data: withoutDev(), options: { ...options, fineTune } });
  expect(valuesOf(later)).toBe(valuesOf(atOnce));
});

describe('what is not a whole checkpoint of the same run', () => {
  const options: TrainOptions = { epochs: 2, batches: { size: 5 } };
  const made = async (): Promise<readonly Uint8Array[]> => {
    const { all, ...store } = allStore();
    await train({
      model: new ToyTagger(),
      data: data(),
      options: { ...options, checkpoints: { store, everySteps: 2 } },
    });
    return all;
  };
  const go = (
    store: CheckpointStore,
    more: Partial<TrainOptions> = {},
    events?: (event: TrainEvent) => void,
  ) => {
    const model = new ToyTagger();
    const checkpoints = { store, ...more.checkpoints };
    return train({ model, data: data(), options: { ...options, ...more, checkpoints }, events }).then(() =>
      valuesOf(model),
    );
  };

  it('is passed over for the one before it, and told of', async () => {
    const [first, second] = await made();
    const damaged = second.slice();
    damaged[second.length >> 1] ^= 1;
    const events: TrainEvent[] = [];
    const values = await go(storeWith(damaged, second.slice(0, 100), first), {}, (event) =>
      events.push(event),
    );
    expect(values).toBe(await go(memoryStore()));
    expect(events[0]).toMatchObject({
      resumed: {
        checkpoint: 'number 2',
        totalSteps: 2,
        damaged: [
          { checkpoint: 'number 0', problem: expect.stringMatching(/checksum/) as string },
          { checkpoint: 'number 1', problem: expect.stringMatching(/checksum/) as string },
        ],
      },
    });
  });

  it('is refused wherever it is cut short or has a wrong bit', async () => {
    const [first] = await made();
    const wrong = (at: number) => first.map((byte, i) => (i === at ? byte ^ (1 << (at % 8)) : byte));
    for (let at = 0; at < first.length; at++) {
      await expect(decodeCheckpoint(first.subarray(0, at)), `cut to ${at}`).rejects.toThrow(CheckpointError);
      if (at > 100 && at % 5 > 0) continue;
      await expect(decodeCheckpoint(wrong(at)), `bit of byte ${at}`).rejects.toThrow(CheckpointError);
    }
    await expect(decodeCheckpoint(first)).resolves.toMatchObject({ state: { progress: { totalSteps: 2 } } });
  });

  it('rejects if there is no whole one, unless it is told to begin', async () => {
    const [first] = await made();
    const store = storeWith(first.slice(0, 60), new TextEncoder().encode('something else'));
    await expect(go(store)).rejects.toThrow(
      /^expected a whole checkpoint, got number 0: .*cut short or damaged; number 1: expected a checkpoint, which begins with COGNATEK; to begin anew, give options.checkpoints.resume as 'never'$/,
    );
    await expect(go(store, { checkpoints: { store, resume: 'never' } })).resolves.toBe(
      await go(memoryStore()),
    );
    await expect(
      go(memoryStore(), { checkpoints: { store: memoryStore(), resume: 'must' } }),
    ).rejects.toThrow(/'must': expected a checkpoint, got none at all/);
  });

  it.each([
    [{ seed: 2 }, 'options.seed, 2, got 1'],
    [{ clipNorm: 5 }, 'options.clipNorm, 5, got null'],
    [{ parts: 2 }, 'options.parts, 2, got 1'],
    [{ average: { decay: 0.9 } }, 'options.average, 0.9, got null'],
    [{ batches: { size: 6 } }, 'options.batches, {'],
    [{ optimizer: { name: 'sgd', learningRate: 1 } }, 'options.optimizer, {"name":"sgd"'],
    [{ objective: { kind: 'exact', targetRepeat: 2 } }, 'options.objective, {'],
  ] as [TrainOptions, string][])('rejects for a run with %j', async (more, message) => {
    const [first] = await made();
    await expect(go(storeWith(first), more)).rejects.toThrow(
      `number 0: expected a run with the same ${message}`,
    );
  });

  it('rejects for a model that tells of itself what another one did not', async () => {
    const { all, ...store } = allStore();
    const described = (description: Record<string, unknown> | undefined, from: CheckpointStore) =>
      train({
        model: Object.assign(new ToyTagger(), { description }),
        data: data(),
        options: { ...options, checkpoints: { store: from, everySteps: 2 } },
      });
    await described({ dropout: { word: 0.5, input: 0 }, tags: ['O'] }, store);
    await expect(
      described({ tags: ['O'], dropout: { input: 0, word: 0.5 } }, storeWith(all[0])),
    ).resolves.toBeDefined();
    await expect(
      described({ dropout: { word: 0.4, input: 0 }, tags: ['O'] }, storeWith(all[0])),
    ).rejects.toThrow(
      'number 0: expected a run with the same model.description.dropout, {"word":0.4,"input":0}, got {"word":0.5,"input":0}',
    );
    await expect(described({ dropout: { word: 0.5, input: 0 } }, storeWith(all[0]))).rejects.toThrow(
      'number 0: expected a run with the same model.description.tags, nothing, got ["O"]',
    );
    await expect(described(undefined, storeWith(all[0]))).rejects.toThrow(
      'model.description.dropout, nothing, got',
    );
  });
});
