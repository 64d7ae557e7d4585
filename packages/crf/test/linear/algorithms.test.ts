import { describe, expect, it, vi } from 'vitest';
import {
  CrfInputError,
  LinearCrf,
  type Algorithm,
  type AlgorithmParams,
  type EndEvent,
  type Sequence,
  type TrainEvent,
  type TrainOptions,
} from '../../src/index.js';
import { expectSameWeights, numbered, randomSequences, rejection } from './helpers.js';

const data = randomSequences({ seed: 81, count: 60, tags: 3, attributes: 12, maxLength: 4 });
const holdout = randomSequences({ seed: 82, count: 20, tags: 3, attributes: 12, maxLength: 4 });
const few: { [A in Algorithm]: AlgorithmParams[A] } = {
  lbfgs: { max_iterations: 6 },
  l2sgd: { max_iterations: 6, 'calibration.max_trials': 4 },
  ap: { max_iterations: 6 },
  pa: { max_iterations: 6 },
  arow: { max_iterations: 6 },
  adagrad: { max_iterations: 6, delta: 0 },
};
const algorithms = Object.keys(few) as Algorithm[];
const online = algorithms.filter((algorithm) => algorithm !== 'lbfgs');

async function run(options: TrainOptions, sequences: readonly Sequence[] = data) {
  const events: TrainEvent[] = [];
  const crf = await LinearCrf.train(sequences, { ...options, onEvent: (event) => void events.push(event) });
  const iterations = events.filter((event) => event.type === 'iteration');
  return { crf, events, iterations, end: events[events.length - 1] as EndEvent };
}

describe.each(algorithms)('%s', (algorithm) => {
  const params = few[algorithm];

  it('tells its events in order, evaluates the held-out data, and gives the model of the end', async () => {
    const { crf, events, iterations, end } = await run({ algorithm, params, holdout });
    const types = events.map(({ type }) => type).filter((type) => type !== 'calibration');
    expect(types).toEqual(['data', 'features', ...Array<string>(6).fill('iteration'), 'end']);
    expect(events[1]).toMatchObject({ algorithm, params });
    for (const [i, event] of iterations.entries())
      expect(event).toMatchObject({ algorithm, iteration: i + 1 });
    expect(end).toMatchObject({ reason: 'max_iterations', iterations: 6 });
    const { stateWeights, transitionWeights } = crf.statistics();
    expect(end.activeFeatures).toBe(stateWeights + transitionWeights);
    if (algorithm !== 'l2sgd') {
      const right = holdout.map(({ attributes, tags }) => {
        const predicted = crf.predict(attributes);
        return tags.filter((tag, t) => tag === predicted[t]).length;
      });
      expect(iterations[5].holdout?.correctTokens).toBe(right.reduce((sum, count) => sum + count, 0));
    }
  });

  it('learns what can be learnt', async () => {
    const clear = data.map(({ attributes }) => ({
      attributes: attributes.map((list, t) => [...(list as string[]), `n${t}`]),
      tags: attributes.map((list, t) => ((list as string[]).includes('a3') ? 'T1' : `T${2 * (t % 2)}`)),
    }));
    const { end } = await run(
      { algorithm, params: { ...params, max_iterations: 20 }, holdout: clear },
      clear,
    );
    expect(end.bestHoldout?.result.tokenAccuracy).toBeGreaterThan(0.95);
  });

  it('gives the same bytes for the same seed, whichever kernel others than rounding for another', async () => {
    const bytes = (await run({ algorithm, params, seed: 5 })).crf.toBytes();
    expect((await run({ algorithm, params, seed: 5 })).crf.toBytes()).toEqual(bytes);
    const other = (await run({ algorithm, params, seed: 6 })).crf.toBytes();
    expect(Buffer.compare(other, bytes) === 0).toBe(algorithm === 'lbfgs');
    const plain = (await run({ algorithm, params, seed: 5, kernel: 'plain' })).crf;
    expectSameWeights(plain, LinearCrf.fromBytes(bytes), 1e-6);
  });

  it('ends at once when a listener aborts it, and when stopWhen says so', async () => {
    const controller = new AbortController();
    const reason = new Error('enough');
    let iterations = 0;
    const training = LinearCrf.train(data, {
      algorithm,
      params,
      signal: controller.signal,
      onEvent: (event) => {
        if (event.type === 'iteration' && ++iterations === 2) controller.abort(reason);
      },
    });
    expect(await rejection(training)).toBe(reason);
    expect(iterations).toBe(2);
    const { end } = await run({ algorithm, params, stopWhen: ({ iteration }) => iteration === 3 });
    expect(end).toMatchObject({ reason: 'stopped', iterations: 3 });
  });

  it('ends between sequences when another task aborts it', async () => {
    const many = Array.from({ length: 60 }, () => data).flat();
    // A clock by which it has always held the thread for long enough to let others have it.
    let time = 0;
    const clock = vi.spyOn(performance, 'now').mockImplementation(() => (time += 1000));
    try {
      const controller = new AbortController();
      const reason = new Error('enough');
      const training = LinearCrf.train(many, {
        algorithm,
        params: endless(algorithm),
        signal: controller.signal,
      });
      setImmediate(() => {
        controller.abort(reason);
      });
      expect(await rejection(training)).toBe(reason);
    } finally {
      clock.mockRestore();
    }
  });

  it('starts from the weights of a model, with its tags and features', async () => {
    const first = (await run({ algorithm, params })).crf;
    // New data, new attributes and a new tag, one step that changes nothing: weight 0.
    const more = [{ attributes: [['new'], ['a1']], tags: ['T9', 'T0'], weight: 0 }];
    const one = {
      ...params,
      max_iterations: 1,
      ...(('c2' in params || algorithm in { lbfgs: 1, adagrad: 1 }) && { c2: 0 }),
    };
    const options = {
      algorithm,
      params: algorithm === 'l2sgd' ? { ...params, c2: 1e-12, max_iterations: 1 } : one,
    };
    const { crf, events } = await run({ ...options, initial: first }, more);
    expect(crf.tags).toEqual([...first.tags, 'T9']);
    expect((events[1] as { state: number }).state).toBeGreaterThan(first.statistics().stateWeights);
    for (const weight of first.topWeights({ limit: 1e6 })) {
      const now =
        weight.kind === 'state'
          ? crf.stateWeight(weight.attribute, weight.tag)
          : crf.transitionWeight(weight.from, weight.to);
      expect(now).toBeCloseTo(weight.weight, 8);
    }
  });
});

/** Parameters under which training does not end by itself. */
const endless = (algorithm: Algorithm): AlgorithmParams[Algorithm] =>
  ({
    lbfgs: { epsilon: 0, delta: 0, c2: 1e-9 },
    l2sgd: { max_iterations: 1e6, delta: 0 },
    adagrad: { max_iterations: 1e6, period: 1e6 },
    ap: { max_iterations: 1e6 },
    pa: { max_iterations: 1e6 },
    arow: { max_iterations: 1e6 },
  })[algorithm];

describe('values of attributes that are too large', () => {
  const huge = (value: number) =>
    data.map(({ attributes, tags }): Sequence => ({
      attributes: attributes.map(
        (names, t) => new Map([...(names as string[]), `t=${t % 2}`].map((name) => [name, value])),
      ),
      tags,
    }));

  it.each(['simd', 'plain'] as const)('are an error, not a model that cannot be used: %s', async (kernel) => {
    for (const [algorithm, value, message] of [
      ['arow', 1e160, 'training: expected a finite loss, got an infinite one in epoch 1'],
      ['ap', 1.7e308, /^training: expected finite weights, got -?(Infinity|NaN): values of attributes/],
    ] as const) {
      const events: string[] = [];
      const training = LinearCrf.train(huge(value), {
        algorithm,
        kernel,
        params: { max_iterations: 3 },
        onEvent: ({ type }) => void events.push(type),
      });
      await expect(training).rejects.toThrow(RangeError);
      await expect(training).rejects.toThrow(message);
      expect(events).not.toContain('end');
    }
  });
});

describe.each(['ap', 'pa', 'arow'] as const)('%s that goes on from a model', (algorithm) => {
  it('learns transitions that this has as -0', async () => {
    const params = { max_iterations: 3 };
    const { crf } = await run({ algorithm, params });
    const pairs = crf.tags.flatMap((from) => crf.tags.map((to) => ({ from, to })));
    const [plus, minus] = [0, -0].map((weight) => crf.patch(pairs.map((pair) => ({ ...pair, weight }))));
    for (const kernel of ['simd', 'plain'] as const) {
      const from = async (initial: LinearCrf) => (await run({ algorithm, kernel, params, initial })).crf;
      expectSameWeights(await from(minus), await from(plus), 0);
    }
  });
});

describe('lbfgs that goes on from a model', () => {
  it('comes to the minimum that training from 0 comes to', async () => {
    const params = { c2: 0.3, epsilon: 1e-8, delta: 0 };
    const half = (await run({ params: { ...params, max_iterations: 5 } })).crf;
    const { end, iterations } = await run({ params, initial: half });
    const { end: whole, iterations: all } = await run({ params });
    expect(end.loss).toBeCloseTo(whole.loss, 8);
    expect(iterations.length).toBeLessThan(all.length);
  });
});

describe('warmStart', () => {
  it.each([
    ['L2', { c2: 0.3 }],
    ['L1 and L2', { c1: 0.2, c2: 0.1 }],
  ])('comes to the same minimum as without: %s', async (_, penalties) => {
    const params = { ...penalties, epsilon: 1e-8, delta: 0 };
    const cold = await run({ params });
    const warm = await run({ params, warmStart: true });
    expect(warm.end.loss).toBeCloseTo(cold.end.loss, 6);
    expect(warm.iterations[0].loss).toBeLessThan(cold.iterations[0].loss);
    const epochs = warm.events.filter((event) => event.type === 'warmStart');
    expect(warm.events.slice(2, 2 + epochs.length)).toEqual(epochs);
    for (const [i, { epoch, loss }] of epochs.entries()) {
      expect(epoch).toBe(i + 1);
      // Until an epoch gains less than 3%.
      const gain = i === 0 ? 1 : (epochs[i - 1].loss - loss) / loss;
      expect(gain < 0.03).toBe(i === epochs.length - 1);
    }
  });

  it('takes parameters of its own, and refuses others', async () => {
    const warmStart = { max_iterations: 2, delta: 0, eta: 0.5 };
    const { events } = await run({ warmStart, params: few.lbfgs });
    expect(events.filter(({ type }) => type === 'warmStart')).toHaveLength(2);
    const unset = { eta: undefined, max_iterations: undefined, period: undefined, delta: undefined };
    const ofDefaults = await run({ warmStart: true, params: few.lbfgs });
    expect((await run({ warmStart: unset, params: few.lbfgs })).events).toEqual(ofDefaults.events);
    const message = async (options: unknown) => {
      const error = await rejection(LinearCrf.train(data, options as TrainOptions));
      expect(error).toBeInstanceOf(CrfInputError);
      return (error as Error).message;
    };
    expect(await message({ warmStart: { c2: 1 } })).toBe(
      'warmStart: expected eta, max_iterations, period, delta, got "c2"',
    );
    expect(await message({ warmStart: { eta: -1 } })).toMatch(
      'expected eta to be a finite number, above 0, got -1',
    );
    expect(await message({ warmStart: 'yes' })).toMatch('warmStart: expected true, false or an object');
    expect(await message({ warmStart: true, algorithm: 'ap' })).toMatch(
      `warmStart: expected algorithm 'lbfgs' with it, got "ap"`,
    );
    expect(await message({ initial: {} })).toMatch('initial: expected a LinearCrf, got an object');
    for (const seed of [-1, 0.5, 2 ** 32, '1']) {
      expect(await message({ seed })).toMatch('seed: expected a whole number from 0 to 4294967295');
    }
  });
});

describe('adagrad', () => {
  it('comes near the minimum, and reports the loss of the model and its steps', async () => {
    const params = { c2: 0.3, max_iterations: 60, delta: 0 };
    const { end } = await run({ algorithm: 'adagrad', params });
    const { end: exact } = await run({ params: { c2: 0.3, epsilon: 1e-8, delta: 0 } });
    expect(end.loss / exact.loss - 1).toBeLessThan(0.03);
  });

  it('with c1 leaves most weights at 0', async () => {
    const { crf, end } = await run({ algorithm: 'adagrad', params: { c1: 8, c2: 0, max_iterations: 20 } });
    const problem = numbered(data);
    expect(end.activeFeatures).toBeLessThan(problem.features.numFeatures / 2);
    expect(crf.statistics().stateWeights).toBeGreaterThan(0);
  });
});

describe.each(online)('%s', (algorithm) => {
  it('counts a sequence of weight 2 for more', async () => {
    const params = { ...few[algorithm], max_iterations: 1 };
    const heavy = data.map((sequence, i): Sequence => (i % 2 === 0 ? { ...sequence, weight: 2 } : sequence));
    const light = (await run({ algorithm, params })).crf.toBytes();
    expect(Buffer.compare((await run({ algorithm, params }, heavy)).crf.toBytes(), light)).not.toBe(0);
  });
});

describe('pa', () => {
  it.each([0, 1, 2] as const)('of type %i gives the first step its length', async (type) => {
    // At weights 0 both tags tie, and the first wins: X is taken for Y's token. The difference is two features of value 3.
    const sequences = [
      { attributes: [{ a: 3 }], tags: ['Y'] },
      { attributes: [{ a: 3 }], tags: ['X'] },
    ];
    const step = { 0: 1 / 18, 1: 0.03, 2: 1 / (18 + 0.5 / 0.03) }[type];
    const { crf } = await run(
      { algorithm: 'pa', params: { type, c: 0.03, averaging: false, max_iterations: 1 } },
      [sequences[0], { ...sequences[1], weight: 0 }],
    );
    // Tag Y is the first of the two, so it is X's sequence that is wrong: weight 0 leaves all at 0.
    expect(crf.statistics().stateWeights).toBe(0);
    const { crf: other } = await run(
      { algorithm: 'pa', params: { type, c: 0.03, averaging: false, max_iterations: 1 } },
      [{ ...sequences[0], weight: 0 }, sequences[1]],
    );
    expect(other.stateWeight('a', 'X')).toBeCloseTo(3 * step, 12);
    expect(other.stateWeight('a', 'Y')).toBeCloseTo(-3 * step, 12);
  });
});
