import { describe, expect, it } from 'vitest';
import { LinearCrf, type Sequence, type StreamEvent, type StreamOptions } from '../../src/index.js';
import { allTaggings, expectSameWeights, pairsOf, randomSequences, rejection } from './helpers.js';

const data = randomSequences({
  seed: 71,
  count: 50,
  tags: 3,
  attributes: 12,
  maxLength: 3,
  weighted: true,
}).map((sequence, i): Sequence => (i % 4 === 0 ? { ...sequence, weight: 2 } : sequence));

async function* slowly<T>(items: Iterable<T>): AsyncGenerator<T> {
  for (const item of items) {
    await Promise.resolve();
    yield item;
  }
}

/**
 * AdaGrad on a stream, from names and by enumeration of all taggings: weights by 'attribute tag' and 'tag > tag', squares by attribute
 * and by transition.
 */
class Oracle {
  readonly weights = new Map<string, number>();
  readonly #squares = new Map<string, number>();
  readonly #tags: string[] = [];
  readonly #eta: number;

  constructor(eta: number) {
    this.#eta = eta;
  }

  learn(batch: readonly Sequence[]): void {
    for (const { attributes, tags } of batch) {
      for (const [t, tag] of tags.entries()) {
        if (!this.#tags.includes(tag)) this.#tags.push(tag);
        for (const [name] of pairsOf(attributes[t])) this.#addFeature(`${name} ${tag}`);
      }
    }
    const steps: [token: Sequence['attributes'][number], steps: number[]][] = [];
    const moves = new Map<string, number>();
    for (const sequence of batch) {
      const { attributes, tags, weight = 1 } = sequence;
      const slopes = attributes.map(() => this.#tags.map(() => 0));
      const paths = Array.from(allTaggings(tags.length, this.#tags.length), (path) => [...path]);
      const scores = paths.map((path) => Math.exp(this.#score(attributes, path)));
      const total = scores.reduce((sum, score) => sum + score, 0);
      const gold = tags.map((tag) => this.#tags.indexOf(tag));
      for (const [path, by] of [
        ...paths.map((path, i): [number[], number] => [path, (-weight * scores[i]) / total]),
        [gold, weight] as [number[], number],
      ]) {
        for (const [t, tag] of path.entries()) {
          slopes[t][tag] += by;
          if (t > 0) {
            const name = `${this.#tags[path[t - 1]]} > ${this.#tags[tag]}`;
            moves.set(name, (moves.get(name) ?? 0) + by);
          }
        }
      }
      for (const [t, token] of attributes.entries()) steps.push([token, slopes[t]]);
      for (let t = 1; t < tags.length; t++) this.#addFeature(`${tags[t - 1]} > ${tags[t]}`);
    }
    for (const [token, slopes] of steps) {
      const half = slopes.reduce((sum, slope) => sum + (slope * slope) / 2, 0);
      for (const [name, value] of pairsOf(token)) {
        this.#squares.set(name, (this.#squares.get(name) ?? 1) + value * value * half);
      }
    }
    for (const [token, slopes] of steps) {
      for (const [name, value] of pairsOf(token)) {
        const rate = this.#eta / Math.sqrt(this.#squares.get(name) ?? 1);
        for (const [tag, slope] of slopes.entries()) {
          this.#move(`${name} ${this.#tags[tag]}`, rate * value * slope);
        }
      }
    }
    for (const [name, slope] of moves) {
      if (!this.weights.has(name)) continue;
      const square = (this.#squares.get(name) ?? 1) + (slope * slope) / 2;
      this.#squares.set(name, square);
      this.#move(name, (this.#eta / Math.sqrt(square)) * slope);
    }
  }

  shrink(c1: number, c2: number): void {
    for (const [name, weight] of this.weights) {
      const row = name.includes('>') ? name : name.split(' ')[0];
      const rate = this.#eta / Math.sqrt(this.#squares.get(row) ?? 1);
      const size = Math.max(0, Math.abs(weight) - c1 * rate) / (1 + 2 * c2 * rate);
      this.weights.set(name, Math.sign(weight) * size);
    }
  }

  #score(tokens: Sequence['attributes'], path: readonly number[]): number {
    let score = 0;
    for (const [t, tag] of path.entries()) {
      for (const [name, value] of pairsOf(tokens[t])) {
        score += value * (this.weights.get(`${name} ${this.#tags[tag]}`) ?? 0);
      }
      if (t > 0) score += this.weights.get(`${this.#tags[path[t - 1]]} > ${this.#tags[tag]}`) ?? 0;
    }
    return score;
  }

  #addFeature(name: string): void {
    if (!this.weights.has(name)) this.weights.set(name, 0);
  }

  #move(name: string, by: number): void {
    const weight = this.weights.get(name);
    if (weight !== undefined) this.weights.set(name, weight + by);
  }
}

async function eventsOf(source: Parameters<typeof LinearCrf.trainStream>[0], options: StreamOptions = {}) {
  const events: StreamEvent[] = [];
  const crf = await LinearCrf.trainStream(source, {
    ...options,
    onEvent: (event) => void events.push(event),
  });
  const epochs = events.filter((event) => event.type === 'iteration');
  return { crf, events, epochs, end: events[events.length - 1] };
}

describe('trainStream', () => {
  it.each([
    { batch: 1, c1: 0, c2: 0.5 },
    { batch: 7, c1: 2, c2: 0.2 },
  ])('takes the steps of AdaGrad, batch $batch', async ({ batch, c1, c2 }) => {
    const crf = await LinearCrf.trainStream(slowly(data), { params: { batch, c1, c2, eta: 0.4 } });
    const oracle = new Oracle(0.4);
    for (let i = 0; i < data.length; i += batch) oracle.learn(data.slice(i, i + batch));
    // The length of the epoch was not known: the penalties come at its end.
    oracle.shrink(c1, c2);
    let zeros = 0;
    for (const [name, weight] of oracle.weights) {
      const [left, right] = name.split(name.includes('>') ? ' > ' : ' ');
      const ours = name.includes('>') ? crf.transitionWeight(left, right) : crf.stateWeight(left, right);
      expect(ours).toBeCloseTo(weight, 10);
      if (weight === 0) zeros++;
    }
    const { stateWeights, transitionWeights } = crf.statistics();
    expect(stateWeights + transitionWeights).toBe(oracle.weights.size - zeros);
    expect(zeros > 0).toBe(c1 > 0);
  });

  it('applies the penalties within an epoch whose length is told, and in later ones', async () => {
    const params = { c2: 5, max_iterations: 2, delta: 0 };
    const { epochs } = await eventsOf(() => data, { params, sequences: 50 });
    const { epochs: late } = await eventsOf(() => data, { params });
    expect(epochs[0].featureNorm).not.toBeCloseTo(late[0].featureNorm, 3);
    expect(epochs).toHaveLength(2);
  });

  it('learns batch by batch while the source goes on', async () => {
    const many = randomSequences({ seed: 72, count: 2300, tags: 3, attributes: 12, maxLength: 3 });
    let given = 0;
    const seen: [number, number][] = [];
    async function* source(): AsyncGenerator<Sequence> {
      for (const sequence of many) {
        given++;
        yield sequence;
      }
      await Promise.resolve();
    }
    await LinearCrf.trainStream(source(), {
      onEvent: (event) => {
        if (event.type === 'progress') seen.push([event.sequences, given]);
      },
    });
    expect(seen).toEqual([
      [1000, 1000],
      [2000, 2000],
    ]);
  });

  it('goes through a source again and again until the loss hardly falls', async () => {
    let opened = 0;
    const source = () => {
      opened++;
      return opened % 2 === 0 ? data : slowly(data);
    };
    const { epochs, end, crf } = await eventsOf(source, {
      params: { c2: 0.02, delta: 0.05 },
      holdout: slowly(data),
    });
    expect(epochs.length).toBeGreaterThan(2);
    expect(opened).toBe(epochs.length);
    expect(end).toMatchObject({ type: 'end', reason: 'delta', iterations: epochs.length });
    for (const [i, epoch] of epochs.entries()) {
      if (i === 0) continue;
      expect(epoch.improvement).toBeCloseTo((epochs[i - 1].loss - epoch.loss) / epoch.loss, 12);
      expect((epoch.improvement ?? 0) < 0.05).toBe(i === epochs.length - 1);
    }
    const last = epochs[epochs.length - 1].holdout;
    const right = data.flatMap(({ attributes, tags }) => {
      const predicted = crf.predict(attributes);
      return tags.filter((tag, t) => tag === predicted[t]);
    });
    expect(last?.correctTokens).toBe(right.length);
    expect(last?.loss).toBeLessThan(epochs[0].holdout?.loss ?? 0);
  });

  it('gives the same bytes each time, whatever pauses the source makes', async () => {
    const params = { max_iterations: 3 };
    const bytes = (await LinearCrf.trainStream(() => data, { params })).toBytes();
    expect((await LinearCrf.trainStream(() => Promise.resolve(slowly(data)), { params })).toBytes()).toEqual(
      bytes,
    );
  });

  it('goes on from a model', async () => {
    const first = await LinearCrf.trainStream(data.slice(0, 25), { params: { c2: 0 } });
    const more = data.slice(25).map((sequence) => ({ ...sequence, weight: 0 }));
    const [known] = data;
    // Sequences of weight 0 change nothing.
    const same = await LinearCrf.trainStream(more, { initial: first, params: { c2: 0 } });
    expectSameWeights(same, first, 0);
    const further = await LinearCrf.trainStream([known, known, known], { initial: first, params: { c2: 0 } });
    expect(further.probability(known.attributes, known.tags)).toBeGreaterThan(
      first.probability(known.attributes, known.tags),
    );
  });

  it('lets stopWhen and an abort end it', async () => {
    const { end } = await eventsOf(() => data, { stopWhen: ({ iteration }) => iteration === 2 });
    expect(end).toMatchObject({ reason: 'stopped', iterations: 2 });
    const reason = new Error('enough');
    const controller = new AbortController();
    let closed = false;
    const endless = {
      [Symbol.asyncIterator]: () => ({
        next: () => new Promise<IteratorResult<Sequence>>(() => undefined),
        return: () => {
          closed = true;
          return Promise.resolve({ done: true, value: undefined } as const);
        },
      }),
    };
    setTimeout(() => {
      controller.abort(reason);
    }, 5);
    expect(await rejection(LinearCrf.trainStream(endless, { signal: controller.signal }))).toBe(reason);
    expect(closed).toBe(true);
  });

  it('rejects where a listener of the last epoch aborts it; after the end it is too late', async () => {
    const reason = new Error('enough');
    const aborted = (at: 'iteration' | 'end') => {
      const controller = new AbortController();
      return LinearCrf.trainStream(data, {
        signal: controller.signal,
        onEvent: ({ type }) => {
          if (type === at) controller.abort(reason);
        },
      });
    };
    expect(await rejection(aborted('iteration'))).toBe(reason);
    expect(await aborted('end')).toBeInstanceOf(LinearCrf);
  });

  it('names what is wrong with its place', async () => {
    const message = async (source: unknown, options: unknown = {}) =>
      ((await rejection(LinearCrf.trainStream(source as Sequence[], options as StreamOptions))) as Error)
        .message;
    const bad = [...data.slice(0, 12), { attributes: [['a']], tags: [7] }];
    expect(await message(bad, { params: { batch: 5 } })).toBe(
      'data, sequence 12, token 0 (counted from 0): expected the tag to be a string, got 7',
    );
    expect(await message([])).toBe('data: expected at least one sequence with a token, got no sequence');
    expect(await message([{ attributes: [], tags: [] }])).toMatch('got 1 sequences, all empty');
    const once = slowly(data);
    expect(await message(() => once, { params: { delta: 0 } })).toBe(
      'data: expected at least one sequence with a token, got no sequence in epoch 2: the function has to open the source anew each time',
    );
    const holdout = [data[0], { attributes: [['a'], [7]], tags: ['X', 'Y'] }];
    let read = false;
    const source = () => {
      read = true;
      return data;
    };
    expect(await message(source, { holdout })).toBe(
      'holdout, sequence 1, token 1 (counted from 0): expected attribute 0 to be a string, got 7',
    );
    expect(await message(source, { holdout: null })).toMatch('holdout: expected an iterable');
    expect(read).toBe(false);
    expect(await message(7)).toMatch('data: expected an iterable or async iterable of sequences, got 7');
    expect(await message(data, { params: { batch: 0 } })).toMatch(
      'expected batch to be a whole number from 1',
    );
    expect(await message(data, { params: { eta: 0 } })).toMatch(
      'expected eta to be a finite number, above 0, got 0',
    );
    expect(await message(data, { params: { 'feature.minfreq': 2 } })).toBe(
      'params: expected c1, c2, eta, max_iterations, period, delta, batch, got "feature.minfreq"',
    );
    expect(await message(data, { sequences: 0.5 })).toMatch(
      'sequences: expected a whole number of at least 1',
    );
    expect(await message(data, { threads: 2 })).toMatch('options: expected params, sequences, initial');
    expect(await message(data, { initial: {} })).toMatch('initial: expected a LinearCrf, got an object');
  });
});
