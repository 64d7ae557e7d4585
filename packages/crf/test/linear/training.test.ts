import { describe, expect, it } from 'vitest';
import {
  CrfInputError,
  LinearCrf,
  type IterationEvent,
  type TrainOptions,
  type Sequence,
  type TrainEvent,
} from '../../src/index.js';
import type { TrainingKernel } from '../../src/linear/kernel/kernel.js';
import { train } from '../../src/linear/train.js';
import { plainKernel } from '../../src/linear/kernel/plain.js';
import { plainOnlineKernel } from '../../src/linear/online/plain.js';
import { enumeratedLoss, numbered, randomSequences, rejection } from './helpers.js';

const data = randomSequences({ seed: 21, count: 60, tags: 3, attributes: 12, maxLength: 4 });
const fast = { max_iterations: 15 };

async function* slowly<T>(items: Iterable<T>): AsyncGenerator<T> {
  for (const item of items) {
    await Promise.resolve();
    yield item;
  }
}

async function eventsOf(
  options: Parameters<typeof LinearCrf.train>[1],
  sequences: Iterable<Sequence> = data,
) {
  const events: TrainEvent[] = [];
  const crf = await LinearCrf.train(sequences, { ...options, onEvent: (event) => void events.push(event) });
  const iterations = events.filter((event): event is IterationEvent => event.type === 'iteration');
  return { crf, events, iterations, end: events[events.length - 1] };
}

describe('training', () => {
  it('tells data, features, iterations and end, in this order', async () => {
    const { events, iterations, crf } = await eventsOf({ params: fast });
    expect(events.map((event) => event.type)).toEqual([
      'data',
      'features',
      ...iterations.map(() => 'iteration'),
      'end',
    ]);
    expect(events[0]).toEqual({
      type: 'data',
      sequences: 60,
      tokens: data.flatMap((sequence) => sequence.tags).length,
      skipped: 0,
      attributes: 12,
      occurrences: data.flatMap((sequence) => sequence.attributes.flatMap((list) => list as string[])).length,
      tags: crf.tags,
    });
    expect(events[1]).toMatchObject({
      algorithm: 'lbfgs',
      kernel: 'simd',
      threads: 1,
      kernelNotes: [],
      params: { ...fast, c2: 1 },
    });
    expect(iterations.map((event) => event.iteration)).toEqual(iterations.map((_, i) => i + 1));
    for (const [i, event] of iterations.entries())
      if (i > 0) expect(event.loss).toBeLessThan(iterations[i - 1].loss);
  });

  it('reports the penalised loss of the model it gives', async () => {
    const params = { c1: 0.3, c2: 0.2 };
    const { crf, end } = await eventsOf({ params });
    const problem = numbered(data);
    const { features, attributes, tags } = problem;
    const weights = new Float64Array(features.numFeatures);
    for (let a = 0; a < attributes.size; a++) {
      for (let r = features.rowOffsets[a]; r < features.rowOffsets[a + 1]; r++) {
        weights[r] = crf.stateWeight(attributes.at(a), tags.at(features.rowTags[r]));
      }
    }
    features.transitionCells.forEach((cell, k) => {
      const from = tags.at(Math.floor(cell / tags.size));
      weights[features.numStateFeatures + k] = crf.transitionWeight(from, tags.at(cell % tags.size));
    });
    const penalty = weights.reduce((sum, w) => sum + 0.3 * Math.abs(w) + 0.2 * w * w, 0);
    expect(end).toMatchObject({ type: 'end' });
    expect((end as { loss: number }).loss).toBeCloseTo(enumeratedLoss(data, problem, weights) + penalty, 8);
  });

  it('with c1 reaches the optimality conditions, with exact zeros', async () => {
    const c1 = 1;
    const c2 = 0.05;
    const params = { c1, c2, epsilon: 1e-7, delta: 0 };
    const { crf, end } = await eventsOf({ params });
    expect(end).toMatchObject({ reason: 'epsilon' });
    const problem = numbered(data);
    const { features, attributes, tags } = problem;
    const weights = new Float64Array(features.numFeatures);
    let zeros = 0;
    for (let a = 0; a < attributes.size; a++) {
      for (let r = features.rowOffsets[a]; r < features.rowOffsets[a + 1]; r++) {
        weights[r] = crf.stateWeight(attributes.at(a), tags.at(features.rowTags[r]));
      }
    }
    features.transitionCells.forEach((cell, k) => {
      const from = tags.at(Math.floor(cell / tags.size));
      weights[features.numStateFeatures + k] = crf.transitionWeight(from, tags.at(cell % tags.size));
    });
    // The gradient of the smooth part by finite differences of the enumerated loss.
    for (let k = 0; k < weights.length; k++) {
      const w = weights[k];
      const smooth = (value: number) => {
        weights[k] = value;
        const loss = enumeratedLoss(data, problem, weights);
        weights[k] = w;
        return loss + c2 * value * value;
      };
      const slope = (smooth(w + 1e-4) - smooth(w - 1e-4)) / 2e-4;
      if (w === 0) {
        zeros++;
        expect(Math.abs(slope)).toBeLessThanOrEqual(c1 + 1e-4);
      } else {
        expect(Math.abs(slope + c1 * Math.sign(w))).toBeLessThan(1e-4);
      }
    }
    expect(zeros).toBeGreaterThan(5);
    expect((end as { activeFeatures: number }).activeFeatures).toBe(weights.length - zeros);
    expect(crf.statistics().stateWeights + crf.statistics().transitionWeights).toBe(weights.length - zeros);
  });

  it.each(['MoreThuente', 'Backtracking', 'StrongBacktracking'] as const)(
    'comes to the same minimum by %s',
    async (linesearch) => {
      const exact = { epsilon: 1e-8, delta: 0 };
      const { end: reference } = await eventsOf({ params: exact });
      const { end } = await eventsOf({ params: { ...exact, linesearch } });
      expect((end as { loss: number }).loss).toBeCloseTo((reference as { loss: number }).loss, 8);
    },
  );

  it('gives the same bytes for the same data, in whatever form it comes', async () => {
    const bytes = (await LinearCrf.train(data, { params: fast })).toBytes();
    expect((await LinearCrf.train(data, { params: fast })).toBytes()).toEqual(bytes);
    expect((await LinearCrf.train(new Set(data), { params: fast })).toBytes()).toEqual(bytes);
    expect((await LinearCrf.train(slowly(data), { params: fast, holdout: slowly(data) })).toBytes()).toEqual(
      bytes,
    );
    const asMaps = data.map(({ attributes, tags }) => ({
      tags,
      attributes: attributes.map((list) => {
        const map = new Map<string, number>();
        for (const name of list as string[]) map.set(name, (map.get(name) ?? 0) + 1);
        return map;
      }),
    }));
    const weighted = await LinearCrf.train(asMaps, { params: fast });
    expect(weighted.tags).toEqual(LinearCrf.fromBytes(bytes).tags);
    for (const { attributes } of data) {
      expect(weighted.predict(attributes)).toEqual(LinearCrf.fromBytes(bytes).predict(attributes));
    }
  });

  it('skips sequences without a token', async () => {
    const empty: Sequence = { attributes: [], tags: [] };
    const { events, crf } = await eventsOf({ params: fast, holdout: [empty, data[0]] }, [
      empty,
      ...data,
      empty,
    ]);
    expect(events[0]).toMatchObject({ sequences: 60, skipped: 2, holdout: { sequences: 1, skipped: 1 } });
    expect(crf.toBytes()).toEqual((await LinearCrf.train(data, { params: fast })).toBytes());
  });

  it('learns from a single tag, from tokens without attributes, and from one token', async () => {
    const one = await LinearCrf.train([{ attributes: [['x'], []], tags: ['A', 'A'] }]);
    expect(one.tags).toEqual(['A']);
    expect(one.predict([['x'], ['y'], []])).toEqual(['A', 'A', 'A']);
    expect(one.probability([['x']], ['A'])).toBe(1);

    const bare = await LinearCrf.train([{ attributes: [[], [], []], tags: ['A', 'B', 'B'] }]);
    expect(bare.statistics()).toMatchObject({ attributes: 0, stateWeights: 0, transitionWeights: 2 });
    expect(LinearCrf.fromBytes(bare.toBytes()).marginals([[], []])).toEqual(bare.marginals([[], []]));

    const single = await LinearCrf.train([
      { attributes: [['x']], tags: ['A'] },
      { attributes: [['y']], tags: ['B'] },
    ]);
    expect(single.predict([['x']])).toEqual(['A']);
    expect(single.predict([['y']])).toEqual(['B']);
  });

  it('gives a model without weights where no feature is frequent enough', async () => {
    const { crf, events, end } = await eventsOf({ params: { 'feature.minfreq': 1e6 } });
    expect(events[1]).toMatchObject({ total: 0 });
    expect(end).toMatchObject({ reason: 'epsilon', iterations: 0, activeFeatures: 0 });
    expect(crf.probability([['a1']], ['T0'])).toBeCloseTo(1 / 3, 12);
  });

  it('takes any name of attribute and tag as ordinary data', async () => {
    const names = [
      '',
      '__proto__',
      'constructor',
      'a:b',
      'a\tb',
      '\0',
      '\ud800',
      'é',
      'e\u0301',
      '😀',
      'पुणे',
      '__defineGetter__',
    ];
    const sequences = names.map((name) => ({ attributes: [[name]], tags: [name] }));
    const crf = await LinearCrf.train(sequences, { params: { c2: 0.01 } });
    const again = LinearCrf.fromBytes(crf.toBytes());
    expect(again.tags).toEqual(names);
    expect([...again.attributeNames()]).toEqual(names);
    for (const name of names) {
      expect(again.predict([[name]])).toEqual([name]);
      expect(again.predict([new Map([[name, 1]])])).toEqual([name]);
      expect(again.predict([JSON.parse(`{${JSON.stringify(name)}: 1}`) as Record<string, number>])).toEqual([
        name,
      ]);
      expect(again.stateWeight(name, name)).toBeGreaterThan(0.5);
    }
  });
});

describe('held-out data', () => {
  const holdout = randomSequences({ seed: 22, count: 20, tags: 4, attributes: 20, maxLength: 4 });

  it('is evaluated after each iteration', async () => {
    const { iterations, crf, end, events } = await eventsOf({ params: fast, holdout });
    expect(crf.tags).toHaveLength(3);
    expect(events[0]).toMatchObject({ holdout: { sequences: 20, skipped: 0 } });
    const last = iterations[iterations.length - 1].holdout;
    let correct = 0;
    let tokens = 0;
    let sequences = 0;
    let loss = 0;
    let unknown = 0;
    const perTag = new Map(crf.tags.map((tag) => [tag, { gold: 0, predicted: 0, correct: 0 }]));
    for (const { attributes, tags } of holdout) {
      const predicted = crf.predict(attributes);
      const right = tags.filter((tag, t) => tag === predicted[t]).length;
      for (const [t, tag] of tags.entries()) {
        const counts = perTag.get(tag);
        if (counts) counts.gold++;
        const other = perTag.get(predicted[t])!;
        other.predicted++;
        if (tag === predicted[t]) other.correct++;
      }
      tokens += tags.length;
      correct += right;
      if (right === tags.length) sequences++;
      if (tags.includes('T3')) unknown++;
      else loss -= Math.log(crf.probability(attributes, tags));
    }
    expect(unknown).toBeGreaterThan(0);
    expect(last).toMatchObject({
      tokens,
      correctTokens: correct,
      tokenAccuracy: correct / tokens,
      sequences: 20,
      correctSequences: sequences,
      sequenceAccuracy: sequences / 20,
      unknownTagSequences: unknown,
    });
    expect(last?.loss).toBeCloseTo(loss, 9);
    expect(
      last?.perTag.map(({ tag, gold, predicted, correct }) => [tag, { gold, predicted, correct }]),
    ).toEqual([...perTag]);
    for (const { gold, predicted, correct, precision, recall, f1 } of last?.perTag ?? []) {
      expect([precision, recall]).toEqual([correct / predicted, correct / gold]);
      expect(f1).toBeCloseTo((2 * precision * recall) / (precision + recall), 12);
    }
    const best = iterations.reduce((x, y) => (y.holdout!.loss < x.holdout!.loss ? y : x));
    expect(end).toMatchObject({ bestHoldout: { iteration: best.iteration, result: best.holdout } });
  });

  it('does not change the model', async () => {
    const { crf } = await eventsOf({ params: fast, holdout });
    expect(crf.toBytes()).toEqual((await LinearCrf.train(data, { params: fast })).toBytes());
  });

  it('may be empty', async () => {
    const { iterations } = await eventsOf({ params: fast, holdout: [] });
    expect(iterations[0].holdout).toMatchObject({ tokens: 0, tokenAccuracy: 0, sequences: 0, loss: 0 });
  });

  it('lets stopWhen end the training, and keeps the model of then', async () => {
    const { end, crf } = await eventsOf({
      params: fast,
      holdout,
      stopWhen: ({ iteration }) => iteration === 4,
    });
    expect(end).toMatchObject({ reason: 'stopped', iterations: 4 });
    expect(crf.toBytes()).toEqual((await LinearCrf.train(data, { params: { max_iterations: 4 } })).toBytes());
  });
});

describe('an abort', () => {
  const large = randomSequences({ seed: 23, count: 1500, tags: 6, attributes: 300, maxLength: 20 });
  const reason = new Error('enough');

  it('before the start reads nothing', async () => {
    let read = false;
    const source = (function* () {
      read = true;
      yield data[0];
    })();
    expect(await rejection(LinearCrf.train(source, { signal: AbortSignal.abort(reason) }))).toBe(reason);
    expect(read).toBe(false);
  });

  it('by a timer ends the training within a pause, with any reason', async () => {
    for (const why of [reason, 'a string', undefined]) {
      const controller = new AbortController();
      let ends = 0;
      const training = LinearCrf.train(large, {
        params: { epsilon: 0, delta: 0 },
        signal: controller.signal,
        onEvent: (event) => {
          if (event.type === 'features') setTimeout(() => controller.abort(why), 50);
          if (event.type === 'end') ends++;
        },
      });
      expect(await rejection(training)).toBe(controller.signal.reason);
      expect(ends).toBe(0);
    }
  });

  it('from a listener ends it at once', async () => {
    const controller = new AbortController();
    let iterations = 0;
    const training = LinearCrf.train(data, {
      signal: controller.signal,
      onEvent: (event) => {
        if (event.type === 'iteration' && ++iterations === 2) controller.abort(reason);
      },
    });
    expect(await rejection(training)).toBe(reason);
    expect(iterations).toBe(2);
  });

  it.each<[string, TrainOptions]>([
    ['the most iterations', { params: { max_iterations: 4 } }],
    ['convergence', { params: { epsilon: 0.5 } }],
    ['stopWhen', { stopWhen: ({ iteration }) => iteration === 3 }],
    ['the most epochs', { algorithm: 'ap', params: { max_iterations: 4 } }],
  ])(
    'from a listener of the last iteration, by %s, rejects; from that of the end it is too late',
    async (_, options) => {
      const last = async (of: 'iteration' | 'end') => {
        const controller = new AbortController();
        let iterations = 0;
        const training = LinearCrf.train(data, {
          ...options,
          signal: controller.signal,
          onEvent: (event) => {
            if (event.type === 'iteration') iterations++;
            if (event.type === of && (of === 'end' || iterations === most)) controller.abort(reason);
          },
        });
        return training.then(
          () => iterations,
          (error: unknown) => error,
        );
      };
      let most = 0;
      most = (await last('end')) as number;
      expect(most).toBeGreaterThan(1);
      expect(await last('iteration')).toBe(reason);
    },
  );

  it('closes a source that keeps it waiting, and takes its listener off the signal', async () => {
    const controller = new AbortController();
    let listeners = 0;
    const { signal } = controller;
    const add = signal.addEventListener.bind(signal);
    const remove = signal.removeEventListener.bind(signal);
    signal.addEventListener = (...args: Parameters<typeof add>) => {
      listeners++;
      add(...args);
    };
    signal.removeEventListener = (...args: Parameters<typeof remove>) => {
      listeners--;
      remove(...args);
    };
    let closed = false;
    const source: AsyncIterable<Sequence> = {
      [Symbol.asyncIterator]: () => ({
        next: () => new Promise(() => undefined),
        return: () => {
          closed = true;
          return Promise.resolve({ done: true, value: undefined });
        },
      }),
    };
    setTimeout(() => controller.abort(reason), 5);
    expect(await rejection(LinearCrf.train(source, { signal }))).toBe(reason);
    expect(closed).toBe(true);
    expect(listeners).toBe(0);
  });

  it('that comes while no source is waited for is not lost on the next one', async () => {
    const controller = new AbortController();
    const source = (function* () {
      yield* data;
      controller.abort(reason);
    })();
    const hanging: AsyncIterable<Sequence> = {
      [Symbol.asyncIterator]: () => ({ next: () => new Promise(() => undefined) }),
    };
    const options = { signal: controller.signal, holdout: hanging };
    expect(await rejection(LinearCrf.train(source, options))).toBe(reason);
  });

  it('lets other tasks run during training', async () => {
    let ticks = 0;
    const timer = setInterval(() => ticks++, 1);
    // As long as it takes: a fast machine must not end before the first pause.
    await LinearCrf.train(large, {
      kernel: 'plain',
      params: { epsilon: 0, delta: 0 },
      stopWhen: ({ iteration }) => ticks > 2 || iteration === 1000,
    });
    clearInterval(timer);
    expect(ticks).toBeGreaterThan(2);
  });
});

describe('wrong input', () => {
  const message = async (source: unknown, options: unknown = {}): Promise<string> => {
    const error = await rejection(LinearCrf.train(source as Sequence[], options as object));
    expect(error).toBeInstanceOf(CrfInputError);
    return (error as Error).message;
  };

  it('is named with its place', async () => {
    const bad = (sequence: unknown) => [data[0], data[1], sequence];
    expect(await message(bad({ attributes: [['a'], ['b']], tags: ['X'] }))).toBe(
      'data, sequence 2 (counted from 0): expected as many tags as tokens with attributes, got 1 tags for 2 tokens',
    );
    expect(await message(bad({ attributes: [['a'], ['b']], tags: ['X', 7] }))).toBe(
      'data, sequence 2, token 1 (counted from 0): expected the tag to be a string, got 7',
    );
    expect(await message(bad({ attributes: [{ a: 1 }, { b: -Infinity }], tags: ['X', 'Y'] }))).toBe(
      'data, sequence 2, token 1 (counted from 0): expected the value of attribute "b" to be a finite number, got -Infinity',
    );
    expect(await message(bad(undefined))).toMatch('sequence 2 (counted from 0): expected a sequence as');
    expect(await message(bad({ attributes: [[]], tags: 'X' }))).toMatch('got tags: "X"');
    expect(await message(data, { holdout: [{ attributes: [null], tags: ['X'] }] })).toMatch(
      'holdout, sequence 0, token 0 (counted from 0): expected attributes as an array of strings',
    );
    const error = await rejection(LinearCrf.train(bad({ attributes: [5], tags: ['X'] }) as Sequence[]));
    expect(error).toMatchObject({ sequence: 2, position: 0 });
  });

  it('is no data', async () => {
    expect(await message([])).toBe('data: expected at least one sequence with a token, got no sequence');
    expect(await message([{ attributes: [], tags: [] }])).toMatch('got 1 sequences, all empty');
    for (const source of [undefined, null, 7, 'text', {}]) {
      expect(await message(source)).toMatch('data: expected an iterable or async iterable of sequences');
    }
  });

  it('is a parameter that does not exist or fit', async () => {
    const all =
      'c1, c2, max_iterations, num_memories, epsilon, period, delta, linesearch, max_linesearch, feature.minfreq, feature.possible_states, feature.possible_transitions';
    const params = (given: unknown) => message(data, { params: given });
    expect(await params({ C2: 1 })).toBe(`params: expected parameters of lbfgs (${all}), got "C2"`);
    expect(await params(JSON.parse('{"__proto__": 1}'))).toMatch('got "__proto__"');
    expect(await params({ c1: -1 })).toBe('params: expected c1 to be a finite number, at least 0, got -1');
    expect(await params({ c2: '1' })).toMatch('expected c2 to be a finite number, at least 0, got "1"');
    expect(await params({ c2: null })).toMatch('got null');
    expect(await params({ epsilon: NaN })).toMatch('got NaN');
    expect(await params({ max_iterations: 1.5 })).toMatch('a whole number from 0 to 2147483647, got 1.5');
    expect(await params({ num_memories: 0 })).toMatch('expected num_memories to be a whole number from 1');
    expect(await params({ linesearch: 'Exact' })).toBe(
      `params: expected linesearch to be 'MoreThuente', 'Backtracking', 'StrongBacktracking', got "Exact"`,
    );
    expect(await params({ 'feature.possible_states': 2 })).toMatch('true or false (1 or 0), got 2');
    expect(await params([])).toMatch('params: expected an object of parameters, got an array');
    expect(await message(data, { algorithm: 'sgd' })).toBe(
      `algorithm: expected 'lbfgs', 'l2sgd', 'ap', 'pa', 'arow', 'adagrad', got "sgd"`,
    );
    expect(await message(data, { parameters: {} })).toMatch(
      'options: expected algorithm, params, warmStart, initial, seed, threads, kernel, holdout, checkpoints, signal, onEvent, stopWhen, got "parameters"',
    );
  });

  it('is a signal that is none', async () => {
    const signal = new AbortController();
    const expected = 'signal: expected an AbortSignal, got an object';
    expect(await message(data, { signal })).toBe(expected);
    const stream = LinearCrf.trainStream(data, { signal: signal as unknown as AbortSignal });
    expect(await rejection(stream)).toMatchObject({ name: 'CrfInputError', message: expected });
  });

  it('is more tags than a model can have', async () => {
    const sequences = Array.from({ length: 4097 }, (_, i) => ({ attributes: [[]], tags: [`T${i}`] }));
    expect(await message(sequences)).toBe(
      'data, sequence 4096, token 0 (counted from 0): expected at most 4096 different tags, got one more: "T4096"',
    );
  });

  it('of a source or a listener is passed on', async () => {
    const failure = new Error('disk');
    const source = (async function* () {
      await Promise.resolve();
      yield data[0];
      throw failure;
    })();
    expect(await rejection(LinearCrf.train(source))).toBe(failure);
    const onEvent = () => {
      throw failure;
    };
    expect(await rejection(LinearCrf.train(data, { onEvent }))).toBe(failure);
  });
});

describe('the kernel', () => {
  it('is closed whether training succeeds or fails', async () => {
    for (const fail of [false, true]) {
      let closed = 0;
      const batch = (...given: Parameters<typeof plainKernel>): TrainingKernel => {
        const kernel = plainKernel(...given);
        return {
          ...kernel,
          lossAndGradient: (...args) =>
            fail ? Promise.reject(new Error('lost')) : kernel.lossAndGradient(...args),
          close: () => {
            closed++;
          },
        };
      };
      const training = train(data, { params: fast }, undefined, { batch, online: plainOnlineKernel });
      if (fail) expect(await rejection(training)).toMatchObject({ message: 'lost' });
      else await training;
      expect(closed).toBe(1);
    }
  });
});
