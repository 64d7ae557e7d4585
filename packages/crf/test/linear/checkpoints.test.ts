import { describe, expect, it } from 'vitest';
import {
  CheckpointError,
  CrfInputError,
  LinearCrf,
  type CheckpointStore,
  type EndEvent,
  type StoredCheckpoint,
  type TrainEvent,
  type TrainOptions,
  type IterationEvent,
} from '../../src/index.js';
import { decodeCheckpoint, encodeCheckpoint } from '../../src/linear/checkpoint/file.js';
import { StateReader, type State } from '../../src/linear/checkpoint/state.js';
import { onlineKernel } from '../../src/linear/online/choose.js';
import { collectWeights } from '../../src/linear/online/kernel.js';
import { readSettings, type Settings } from '../../src/linear/params.js';
import type { OnlineAlgorithm } from '../../src/linear/trainers/online-run.js';
import { trainOnline } from '../../src/linear/trainers/online.js';
import { numbered, randomSequences, rejection } from './helpers.js';

const data = randomSequences({ seed: 91, count: 40, tags: 3, attributes: 14, maxLength: 5 });
const holdout = randomSequences({ seed: 92, count: 12, tags: 3, attributes: 14, maxLength: 5 });

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
      checkpoints.map((bytes, i): StoredCheckpoint => ({
        name: `number ${i}`,
        read: () => Promise.resolve(bytes),
      })),
    ),
});

async function run(options: TrainOptions, sequences = data) {
  const events: TrainEvent[] = [];
  const crf = await LinearCrf.train(sequences, { ...options, onEvent: (event) => void events.push(event) });
  const iterations = events.filter((event) => event.type === 'iteration');
  return { bytes: crf.toBytes(), events, iterations, end: events[events.length - 1] as EndEvent };
}

const cases: [string, TrainOptions][] = [
  ['lbfgs', { params: { max_iterations: 9, num_memories: 3, period: 4, delta: 1e-12 } }],
  ['lbfgs, plain', { kernel: 'plain', params: { max_iterations: 9, num_memories: 3 } }],
  ['lbfgs on two threads', { threads: 2, params: { max_iterations: 9, num_memories: 3 } }],
  ['lbfgs by backtracking', { params: { max_iterations: 8, linesearch: 'Backtracking' } }],
  ['OWL-QN', { params: { c1: 0.3, max_iterations: 9 } }],
  ['lbfgs from a warm start', { warmStart: { max_iterations: 3, delta: 0 }, params: { max_iterations: 6 } }],
  ['l2sgd', { algorithm: 'l2sgd', params: { max_iterations: 6, period: 2, 'calibration.max_trials': 5 } }],
  ['ap', { algorithm: 'ap', params: { max_iterations: 6 } }],
  ['pa', { algorithm: 'pa', params: { max_iterations: 6 } }],
  ['pa without averaging', { algorithm: 'pa', params: { max_iterations: 5, averaging: false, type: 2 } }],
  ['arow', { algorithm: 'arow', params: { max_iterations: 6 } }],
  ['adagrad', { algorithm: 'adagrad', params: { c1: 0.05, max_iterations: 6, delta: 0, period: 2 } }],
  ['adagrad, plain', { algorithm: 'adagrad', kernel: 'plain', params: { max_iterations: 5, delta: 0 } }],
];

describe.each(cases)('%s', (_, options) => {
  it('goes on from any of its checkpoints as if it had never stopped', async () => {
    const store = allStore();
    const plain = await run({ ...options, seed: 3, holdout });
    const whole = await run({ ...options, seed: 3, holdout, checkpoints: { store, everySeconds: 0 } });
    // To store changes nothing.
    expect(whole.bytes).toEqual(plain.bytes);
    expect(store.all.length).toBeGreaterThanOrEqual(whole.iterations.length - 1);
    for (const [k, bytes] of store.all.entries()) {
      const checkpoints = { store: storeWith(bytes), resume: 'must' } as const;
      const rest = await run({ ...options, seed: 3, holdout, checkpoints });
      expect(rest.bytes, `checkpoint ${k}`).toEqual(whole.bytes);
      expect(rest.end).toEqual(whole.end);
      const resume = rest.events.find((event) => event.type === 'resume');
      expect(resume).toMatchObject({ checkpoint: 'number 0', damaged: [] });
      const all = [...(resume?.losses ?? []), ...rest.iterations.map(({ loss }) => loss)];
      expect(all).toEqual(whole.iterations.map(({ loss }) => loss));
      expect(rest.iterations).toEqual(whole.iterations.slice(resume?.iterations));
    }
  });

  it.each([1, 2, 4])('is stored when it is aborted after %i iterations', async (stopAt) => {
    const whole = await run({ ...options, seed: 3 });
    const controller = new AbortController();
    const store = allStore();
    const reason = new Error('later');
    let made = 0;
    const cut = LinearCrf.train(data, {
      ...options,
      seed: 3,
      checkpoints: { store, everySeconds: Infinity },
      signal: controller.signal,
      onEvent: (event: TrainEvent) => {
        if (event.type === 'iteration' && ++made === stopAt) controller.abort(reason);
      },
    });
    expect(await rejection(cut)).toBe(reason);
    expect(store.all).toHaveLength(1);
    const rest = await run({ ...options, seed: 3, checkpoints: { store: storeWith(store.all[0]) } });
    expect(rest.bytes).toEqual(whole.bytes);
    expect(rest.iterations).toHaveLength(whole.iterations.length - made);
  });
});

describe.each(cases)('%s', (_, options) => {
  it.each([
    ['at its end', {}],
    ['where stopWhen ends it', { stopWhen: ({ iteration }: IterationEvent) => iteration === 3 }],
  ])('is aborted with the last iteration, %s, and goes on from there', async (_, more) => {
    const given = { ...options, ...more, seed: 3, holdout };
    const whole = await run(given);
    const controller = new AbortController();
    const store = allStore();
    const reason = new Error('later');
    const told: string[] = [];
    const cut = LinearCrf.train(data, {
      ...given,
      checkpoints: { store, everySeconds: Infinity },
      signal: controller.signal,
      onEvent: (event: TrainEvent) => {
        told.push(event.type);
        if (event.type === 'iteration' && event.iteration === whole.iterations.length)
          controller.abort(reason);
      },
    });
    expect(await rejection(cut)).toBe(reason);
    expect(told).not.toContain('end');
    expect(store.all).toHaveLength(1);
    const checkpoints = { store: storeWith(store.all[0]), resume: 'must' } as const;
    const rest = await run({ ...given, checkpoints });
    expect(rest.bytes).toEqual(whole.bytes);
    expect(rest.end).toEqual(whole.end);
    // That iteration is told again.
    expect(rest.iterations).toEqual(whole.iterations.slice(-1));
  });
});

it.each<[string, TrainOptions]>([
  ['lbfgs', { params: { max_iterations: 6 } }],
  ['ap', { algorithm: 'ap', params: { max_iterations: 5 } }],
])('%s goes on from where a listener throws the reason of the abort', async (_, options) => {
  const whole = await run({ ...options, holdout });
  const controller = new AbortController();
  const store = allStore();
  const cut = LinearCrf.train(data, {
    ...options,
    holdout,
    checkpoints: { store, everySeconds: Infinity },
    signal: controller.signal,
    onEvent: (event: TrainEvent) => {
      if (event.type !== 'iteration' || event.iteration < 3) return;
      controller.abort(new Error('later'));
      controller.signal.throwIfAborted();
    },
  });
  expect(await rejection(cut)).toBe(controller.signal.reason);
  expect(store.all).toHaveLength(1);
  const checkpoints = { store: storeWith(store.all[0]), resume: 'must' } as const;
  const rest = await run({ ...options, holdout, checkpoints });
  expect(rest.bytes).toEqual(whole.bytes);
  expect(rest.end).toEqual(whole.end);
  // It was not told to its end, and so is told again.
  expect(rest.iterations).toEqual(whole.iterations.slice(2));
});

describe.each<OnlineAlgorithm>(['l2sgd', 'ap', 'pa', 'arow', 'adagrad'])(
  '%s in the middle of an epoch',
  (algorithm) => {
    it.each(['simd', 'plain'] as const)('goes on with the next sequence, by the kernel %s', async (name) => {
      const { corpus, features } = numbered(data);
      const settings = readSettings(algorithm, { max_iterations: 3 }) as Settings<OnlineAlgorithm>;
      /** Trains, with a pause after each sequence; gives what was left at each, the weights and what was reported. */
      const train = async (from?: StateReader) => {
        const kernel = await onlineKernel(corpus, features, name);
        const states: State[] = [];
        let state: (() => State) | undefined;
        const keep = (): Promise<void> => {
          states.push(decodeCheckpoint(encodeCheckpoint({}, state!())).state);
          return Promise.resolve();
        };
        const reported: unknown[] = [];
        const { weights, ...end } = await trainOnline(
          {
            kernel,
            numSequences: corpus.numSequences,
            sequenceWeights: undefined,
            seed: 5,
            breathe: () => Promise.resolve(),
            onTrial: () => undefined,
            onEpoch: (epoch) => {
              reported.push(epoch);
              return Promise.resolve(false);
            },
            checkpoints: {
              from,
              reached(_, now) {
                state = now;
                return keep();
              },
              pause: keep,
            },
          },
          settings,
        );
        return { states, reported, result: { ...end, weights: collectWeights(kernel, weights) } };
      };
      const whole = await train();
      const inside = whole.states.filter(
        ({ numbers: { position } }) => position > 0 && position <= data.length,
      );
      expect(inside.length).toBeGreaterThanOrEqual(3 * data.length);
      for (const state of inside.filter((_, i) => i % 7 === 0)) {
        const rest = await train(new StateReader('it', state));
        expect(rest.result).toEqual(whole.result);
        const { iteration, reported } = state.numbers;
        expect(rest.reported).toEqual(whole.reported.slice(iteration - 1 + reported));
      }
    });
  },
);

const small = { params: { max_iterations: 6 } } as const;

async function someCheckpoints(options: TrainOptions = small): Promise<Uint8Array[]> {
  const store = allStore();
  await run({ ...options, checkpoints: { store, everyIterations: 2 } });
  return store.all;
}

describe('checkpoints', () => {
  it('come after so many iterations', async () => {
    const store = allStore();
    const { events } = await run({ ...small, checkpoints: { store, everyIterations: 2 } });
    const stored = events.filter((event) => event.type === 'checkpoint');
    expect(stored.map(({ iterations }) => iterations)).toEqual([2, 4]);
    expect(stored.map(({ bytes }) => bytes)).toEqual(store.all.map(({ length }) => length));
  });

  it('let a training have more iterations than it was going to have, or fewer', async () => {
    const [, last] = await someCheckpoints();
    const longer = { params: { max_iterations: 9 } };
    const more = await run({ ...longer, checkpoints: { store: storeWith(last) } });
    expect(more.bytes).toEqual((await run(longer)).bytes);
    const fewer = await run({ params: { max_iterations: 3 }, checkpoints: { store: storeWith(last) } });
    expect(fewer.end).toMatchObject({ reason: 'max_iterations', iterations: 4 });
    expect(fewer.bytes).toEqual((await run({ params: { max_iterations: 4 } })).bytes);
    const online: TrainOptions = { algorithm: 'ap', params: { max_iterations: 6 } };
    const [, epochs] = await someCheckpoints(online);
    const ended = await run({
      algorithm: 'ap',
      params: { max_iterations: 1 },
      checkpoints: { store: storeWith(epochs) },
    });
    expect(ended.end.iterations).toBe(4);
    expect(ended.bytes).toEqual((await run({ algorithm: 'ap', params: { max_iterations: 4 } })).bytes);
  });

  it('keep to the threads and the kernel with which the training began', async () => {
    const two = { ...small, threads: 2 };
    const [first] = await someCheckpoints(two);
    const { events, bytes } = await run({ ...small, checkpoints: { store: storeWith(first) } });
    expect(events.find((event) => event.type === 'features')).toMatchObject({ threads: 2, kernel: 'simd' });
    expect(bytes).toEqual((await run(two)).bytes);
    const [plain] = await someCheckpoints({ ...small, kernel: 'plain' });
    const rest = await run({ ...small, checkpoints: { store: storeWith(plain) } });
    expect(rest.events.find((event) => event.type === 'features')).toMatchObject({ kernel: 'plain' });
    const other = run({ ...small, kernel: 'simd', checkpoints: { store: storeWith(plain) } });
    await expect(other).rejects.toThrow(
      'number 0: expected the kernel with which the training began, plain, got simd',
    );
  });

  it.each<[string, TrainOptions, typeof data?]>([
    ['params', { params: { max_iterations: 6, c2: 0.5 } }],
    ['algorithm', { algorithm: 'ap' }],
    ['seed', { ...small, seed: 2 }],
    ['holdout', { ...small, holdout }],
    ['warmStart', { ...small, warmStart: true }],
    ['data', small, data.slice(1)],
    ['data', small, [...data.slice(1), data[0]]],
    ['data', small, [{ ...data[0], weight: 2 }, ...data.slice(1)]],
    ['data', small, data.map(({ attributes, tags }) => ({ attributes, tags: tags.map((tag) => `${tag}b`) }))],
  ])('refuse another %s', async (name, options, sequences) => {
    const [first] = await someCheckpoints();
    const other = run({ ...options, checkpoints: { store: storeWith(first) } }, sequences);
    await expect(other).rejects.toThrow(CheckpointError);
    await expect(other).rejects.toThrow(`number 0: expected a training with the same ${name}, `);
  });

  it('refuse another model to begin with', async () => {
    const [first] = await someCheckpoints();
    const initial = await LinearCrf.train(data, { params: { max_iterations: 1 } });
    const other = run({ ...small, initial, checkpoints: { store: storeWith(first) } });
    await expect(other).rejects.toThrow('expected a training with the same initial, ');
  });

  it('may be damaged: the one before is taken', async () => {
    const [first, second] = await someCheckpoints();
    const whole = await run(small);
    const broken = [
      second.subarray(0, second.length - 1),
      second.subarray(0, 20),
      second.map((byte, i) => (i === second.length - 9 ? byte ^ 1 : byte)),
      new TextEncoder().encode('something else'),
      new Uint8Array(),
    ];
    for (const bytes of broken) {
      const { events, ...rest } = await run({ ...small, checkpoints: { store: storeWith(bytes, first) } });
      expect(rest.bytes).toEqual(whole.bytes);
      const resume = events.find((event) => event.type === 'resume');
      expect(resume).toMatchObject({ checkpoint: 'number 1', iterations: 2 });
      expect(resume?.damaged).toEqual([{ checkpoint: 'number 0', problem: expect.any(String) }]);
    }
    const none = run({ ...small, checkpoints: { store: storeWith(...broken) } });
    await expect(none).rejects.toThrow(/^expected a whole checkpoint, got number 0: its checksum/);
    const anew = await run({ ...small, checkpoints: { store: storeWith(...broken), resume: 'never' } });
    expect(anew.bytes).toEqual(whole.bytes);
  });

  it('that have to be there and are not', async () => {
    const missing = run({ ...small, checkpoints: { store: storeWith(), resume: 'must' } });
    await expect(missing).rejects.toThrow(/expected a checkpoint, got none at all/);
  });

  it('that somebody has made up give an error, whatever is in them', async () => {
    const { training, state } = decodeCheckpoint((await someCheckpoints())[0]);
    const made = (numbers: object, arrays: object = {}, left: string[] = []): Uint8Array => {
      const all = { numbers: { ...state.numbers, ...numbers }, arrays: { ...state.arrays, ...arrays } };
      for (const name of left) {
        Reflect.deleteProperty(all.numbers, name);
        Reflect.deleteProperty(all.arrays, name);
      }
      return encodeCheckpoint(training, all);
    };
    const refused: [Uint8Array, RegExp][] = [
      [made({ iterations: 1e300 }), /iterations to be a whole number from 0/],
      [made({ iterations: -1 }), /iterations to be a whole number from 0/],
      [made({ threads: 1e6 }), /threads to be a whole number from 1 to 256, got 1000000/],
      [made({ warmStart: 1 }), /warmStart to be a whole number from 0 to 0, got 1/],
      [made({ iterations: 3 }), /expected 3 numbers in losses, got 2/],
      [made({}, { x: new Float64Array(3) }), /expected \d+ numbers in x, got 3/],
      [made({}, { gradient: new Int32Array(3) }), /numbers in gradient/],
      [made({}, { curvatures: new Float64Array(7) }), /expected 2 numbers in curvatures, got 7/],
      [made({}, {}, ['step 1']), /expected the array "step 1", got none/],
      [made({}, {}, ['value']), /expected the number "value", got none/],
    ];
    for (const [bytes, message] of refused) {
      const error = await rejection(run({ ...small, checkpoints: { store: storeWith(bytes) } }));
      expect(error).toBeInstanceOf(CheckpointError);
      expect(String(error)).toMatch(message);
    }
    const online: TrainOptions = { algorithm: 'ap', params: { max_iterations: 6 } };
    const epochs = decodeCheckpoint((await someCheckpoints(online))[0]);
    const { order } = epochs.state.arrays;
    for (const [wrong, message] of [
      [order.map(() => 0), /each number once in order, got 0 twice/],
      [order.map((place) => place + 1), /numbers from 0 to 39 in order, got 40/],
      [order.map((place) => place - 1), /numbers from 0 to 39 in order, got -1/],
      [Float64Array.from(order), /order to be 32-bit integers, got floats/],
    ] as const) {
      const arrays = { ...epochs.state.arrays, order: wrong };
      const bytes = encodeCheckpoint(epochs.training, { ...epochs.state, arrays });
      await expect(run({ ...online, checkpoints: { store: storeWith(bytes) } })).rejects.toThrow(message);
    }
  });

  it('that claim more than they have are no reason to allocate it', () => {
    const bytes = encodeCheckpoint({}, { numbers: { a: NaN }, arrays: { b: Float64Array.of(1, -0) } });
    expect(decodeCheckpoint(bytes).state).toEqual({
      numbers: { a: NaN },
      arrays: { b: Float64Array.of(1, -0) },
    });
    const text = new TextDecoder('latin1').decode(bytes);
    const at = text.indexOf('"f64",2]');
    expect(at).toBeGreaterThan(0);
    // Whoever makes such a file makes its checksum, too: see that it is the first thing that is wrong.
    const huge = bytes.map((byte, i) => (i === at + 6 ? 0x39 : byte));
    expect(() => decodeCheckpoint(huge)).toThrow(/checksum/);
  });

  it.each<[unknown, string]>([
    ['here', 'checkpoints: expected an object with a store, got "here"'],
    [{}, 'checkpoints.store: expected { write, list }, got undefined'],
    [
      { store: storeWith(), often: 1 },
      'checkpoints: expected store, everySeconds, everyIterations, resume, got "often"',
    ],
    [{ store: storeWith(), everySeconds: -1 }, 'checkpoints.everySeconds: expected a number from 0, got -1'],
    [
      { store: storeWith(), everyIterations: 0 },
      'checkpoints.everyIterations: expected a whole number from 1, got 0',
    ],
    [
      { store: storeWith(), resume: 'yes' },
      "checkpoints.resume: expected 'auto', 'must' or 'never', got \"yes\"",
    ],
  ])('are checked: %s', async (checkpoints, message) => {
    const error = await rejection(LinearCrf.train(data, { checkpoints } as TrainOptions));
    expect(error).toBeInstanceOf(CrfInputError);
    expect(String(error)).toContain(message);
  });

  it('are not asked for where a store fails', async () => {
    const full = new Error('no space left');
    const store = { ...storeWith(), write: () => Promise.reject(full) };
    expect(await rejection(run({ ...small, checkpoints: { store, everyIterations: 1 } }))).toBe(full);
  });
});
