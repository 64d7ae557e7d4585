import * as tf from '@tensorflow/tfjs-core';
import { gradientError, randomInteger, seededRandom } from '@cognate/testing';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  addGradients,
  clipGradients,
  computeGradients,
  embeddingLookup,
  noGradients,
  normal,
  ParameterSet,
  RandomStream,
  zeros,
  type Gradients,
} from '../src/index.js';
import { onEachBackend, startBackend } from './ops/backends.js';

const ids = Int32Array.of(3, 0, 3, 2);

/** A small network of plain operations: looked-up rows, sparse and dense, through a layer that is used twice. */
function network() {
  const stream = new RandomStream(1);
  const parameters = new ParameterSet();
  parameters.add('table', [5, 3], normal(stream, 1), { sparse: true });
  parameters.add('letters', [4, 3], normal(stream, 1));
  parameters.add('weights', [3, 3], normal(stream, 1));
  parameters.add('bias', [3], normal(stream, 1));
  parameters.add('unused', [2], zeros());
  const layer = (x: tf.Tensor) =>
    tf.tanh(tf.add(tf.matMul(x, parameters.tensor('weights')), parameters.tensor('bias')));
  const loss = () => {
    const rows = tf.add(
      embeddingLookup(parameters, 'table', ids),
      embeddingLookup(parameters, 'letters', ids),
    );
    // The table of letters is read as a whole, too.
    const whole = tf.sum(tf.square(parameters.tensor('letters')));
    const more = tf.sum(embeddingLookup(parameters, 'table', Int32Array.of(2, 4)));
    return tf.addN([tf.sum(layer(layer(rows))), whole, more]) as tf.Scalar;
  };
  return { parameters, loss };
}

/** A gradient as if its table weren't sparse. */
function densely({ dense, sparse }: Gradients, name: string, rows: number, columns: number): Float32Array {
  const whole = dense.get(name);
  if (whole) return whole;
  const { rows: numbers, values } = sparse.get(name)!;
  const all = new Float32Array(rows * columns);
  numbers.forEach((row, i) => all.set(values.subarray(i * columns, (i + 1) * columns), row * columns));
  return all;
}

onEachBackend((backend) => {
  beforeAll(() => startBackend(backend));

  describe('computeGradients', () => {
    it('agrees with finite differences, for tensors, looked-up rows and both together', () => {
      const { parameters, loss } = network();
      const gradients = computeGradients(parameters, loss);
      const evaluate = () => {
        parameters.touch();
        return tf.tidy(() => loss().dataSync()[0]);
      };
      expect(gradients.loss).toBeCloseTo(evaluate(), 5);
      expect([...gradients.dense.keys()]).toEqual(['letters', 'weights', 'bias']);
      expect([...gradients.sparse.keys()]).toEqual(['table']);
      expect([...gradients.sparse.get('table')!.rows]).toEqual([0, 2, 3, 4]);
      for (const { name, shape, values } of parameters) {
        if (name === 'unused') continue;
        const gradient = densely(gradients, name, shape[0], shape[1]);
        expect(gradientError(evaluate, values, gradient, { step: 0.05 })).toBeLessThan(2e-3);
      }
      parameters.dispose();
    });

    it('gives each parameter a gradient of its own, also where two have the same numbers', () => {
      const parameters = new ParameterSet();
      parameters.add('a', [2], zeros());
      parameters.add('b', [2], zeros());
      const gradients = computeGradients(parameters, () =>
        tf.sum(tf.add(parameters.tensor('a'), parameters.tensor('b'))),
      );
      gradients.dense.get('a')!.fill(7);
      expect([...gradients.dense.get('b')!]).toEqual([1, 1]);
      parameters.dispose();
    });

    it('writes them to arrays that are given, whatever was in these, and to no others', () => {
      const { parameters, loss } = network();
      const expected = computeGradients(parameters, loss);
      const shared = new Float32Array(new SharedArrayBuffer(4 * 13)).fill(NaN);
      const into = new Map<string, Float32Array>([
        ['letters', shared.subarray(0, 12)],
        ['weights', new Float32Array(9).fill(NaN)],
      ]);
      const found = computeGradients(parameters, loss, { into });
      expect(found).toEqual(expected);
      for (const [name, values] of into) expect(found.dense.get(name)).toBe(values);
      expect(shared[12]).toBeNaN();
      // Of a table that is dense, where no one reads it as a whole.
      const rows = () => tf.sum<tf.Scalar>(embeddingLookup(parameters, 'letters', ids));
      expect(computeGradients(parameters, rows, { into })).toEqual(computeGradients(parameters, rows));

      const wrong = { into: new Map([['weights', new Float32Array(8)]]) };
      expect(() => computeGradients(parameters, loss, wrong)).toThrow(
        /^parameter 'weights' \[3, 3\]: expected an array of 9 values for its gradient, got 8$/,
      );
      const unknown = { into: new Map([['more', new Float32Array(8)]]) };
      expect(() => computeGradients(parameters, loss, unknown)).toThrow(/'more': there is no such parameter/);
      parameters.dispose();
    });

    it('leaves no tensor behind in 1,000 steps', () => {
      const { parameters } = network();
      const loss = (): tf.Scalar =>
        tf.sum(tf.mul(embeddingLookup(parameters, 'table', ids), parameters.tensor('bias')));
      computeGradients(parameters, loss);
      const before = tf.memory();
      for (let step = 0; step < 1000; step++) computeGradients(parameters, loss);
      const after = tf.memory();
      expect([after.numTensors, after.numDataBuffers]).toEqual([before.numTensors, before.numDataBuffers]);
      parameters.dispose();
    });

    it('leaves none behind when it fails', () => {
      const { parameters, loss } = network();
      computeGradients(parameters, loss);
      const before = tf.memory().numTensors;
      const failing: [wrong: () => tf.Tensor, message: RegExp][] = [
        [
          () => {
            loss();
            throw new Error('of its own');
          },
          /^of its own$/,
        ],
        [() => tf.square(parameters.tensor('bias')), /expected the loss to be a scalar/],
        [() => tf.scalar(loss().dataSync()[0]), /its result doesn't depend on them/],
        [() => tf.log(tf.mul(loss(), 0)), /^the loss is -Infinity/],
        [
          () => tf.sum(tf.topk(tf.square(parameters.tensor('bias')), 2).values),
          /gradient function not found/,
        ],
      ];
      for (const [wrong, message] of failing) {
        expect(() => computeGradients(parameters, wrong as () => tf.Scalar)).toThrow(message);
        expect(tf.memory().numTensors).toBe(before);
      }
      computeGradients(parameters, loss);
      expect(tf.memory().numTensors).toBe(before);
      parameters.dispose();
    });

    it('can be used for a tensor that the loss makes in a tidy of its own, and asks for again', () => {
      const parameters = new ParameterSet();
      parameters.add('a', [], (values) => values.fill(3));
      const { dense } = computeGradients(parameters, () => {
        const first = tf.tidy(() => tf.square(parameters.tensor('a')));
        return tf.mul(first, parameters.tensor('a'));
      });
      expect([...dense.get('a')!]).toEqual([27]);
      parameters.dispose();
    });

    it('takes another set for constants, whose own gradients can be computed within', () => {
      const outer = new ParameterSet();
      outer.add('a', [], (values) => values.fill(2));
      const inner = new ParameterSet();
      inner.add('a', [], (values) => values.fill(5));
      const both = (): tf.Scalar => tf.mul(outer.tensor('a'), tf.square(inner.tensor('a')));
      let within: Gradients | undefined;
      const gradients = computeGradients(outer, () => {
        within = computeGradients(inner, both);
        return both();
      });
      expect([...gradients.dense]).toEqual([['a', Float32Array.of(25)]]);
      expect([...within!.dense]).toEqual([['a', Float32Array.of(20)]]);
      outer.dispose();
      inner.dispose();
    });

    it('differentiates tf.gather, which tfjs alone does not on every backend', () => {
      const parameters = new ParameterSet();
      parameters.add('w', [3, 4], zeros());
      const weights = tf.tensor2d(
        Float32Array.from({ length: 12 }, (_, i) => i + 1),
        [4, 3],
      );
      const gradientOf = (axis: number, indices: number[]) => {
        const { dense } = computeGradients(parameters, () => {
          const taken = tf.gather(parameters.tensor('w'), tf.tensor1d(indices, 'int32'), axis);
          return tf.sum(tf.mul(taken, tf.transpose(weights)));
        });
        return [...dense.get('w')!];
      };
      // Row i of the gather has the weights i + 1, i + 4, i + 7, i + 10; rows 0 and 2 are both row 2 of the parameter.
      expect(gradientOf(0, [2, 1, 2])).toEqual([0, 0, 0, 0, 2, 5, 8, 11, 4, 10, 16, 22]);
      // Columns 0, 1 and 3 are all column 3.
      expect(gradientOf(1, [3, 3, 0, 3])).toEqual([7, 0, 0, 15, 8, 0, 0, 18, 9, 0, 0, 21]);
      weights.dispose();
      parameters.dispose();
    });

    it('works for a lookup of nothing', () => {
      const { parameters } = network();
      const { sparse } = computeGradients(parameters, () => {
        const none = embeddingLookup(parameters, 'table', new Int32Array(0));
        return tf.add(tf.scalar(none.shape[0]), tf.sum(parameters.tensor('bias')));
      });
      expect(sparse.size).toBe(0);
      parameters.dispose();
    });
  });
});

describe('errors of computeGradients', () => {
  beforeAll(() => startBackend('cpu'));
  const scalar = (value: number) => {
    const parameters = new ParameterSet();
    parameters.add('first', [], zeros());
    parameters.add('net.w', [2, 2], (values) => values.fill(value));
    return parameters;
  };

  it('say what the loss has to be', () => {
    const parameters = scalar(1);
    const w = () => parameters.tensor('net.w') as tf.Scalar;
    expect(() => computeGradients(parameters, w)).toThrow(
      /^expected the loss to be a scalar tensor of float32, got float32 of shape \[2, 2\]/,
    );
    expect(() => computeGradients(parameters, () => undefined as unknown as tf.Scalar)).toThrow(
      /got undefined/,
    );
    expect(() => computeGradients(parameters, () => tf.scalar(1, 'int32'))).toThrow(
      /got int32 of shape \[\]/,
    );
    expect(() => computeGradients(parameters, () => tf.scalar(1))).toThrow(
      /^the loss reads no parameter of the set/,
    );
    expect(() =>
      computeGradients(parameters, () => tf.scalar(parameters.tensor('net.w').dataSync()[0])),
    ).toThrow(/^the loss reads 'net.w', but its result doesn't depend on them/);
  });

  it('name the parameter that is not finite, where the loss is not', () => {
    const bad = scalar(NaN);
    expect(() => computeGradients(bad, () => tf.sum(bad.tensor('net.w')))).toThrow(
      /^the loss is NaN, and parameter 'net.w' \[2, 2\] has NaN at index 0$/,
    );
    const good = scalar(0);
    expect(() => computeGradients(good, () => tf.sum(tf.log(good.tensor('net.w'))))).toThrow(
      /^the loss is -Infinity, though parameter 'net.w' \[2, 2\] is finite$/,
    );
  });

  it('name the parameter whose gradient is not finite, whole or by rows', () => {
    const parameters = scalar(0);
    expect(() => computeGradients(parameters, () => tf.sum(tf.sqrt(parameters.tensor('net.w'))))).toThrow(
      /^parameter 'net.w' \[2, 2\]: its gradient has (Infinity|NaN) in it, though the loss is 0$/,
    );
    parameters.add('table', [3, 2], zeros(), { sparse: true });
    const rows = () => embeddingLookup(parameters, 'table', Int32Array.of(1));
    expect(() => computeGradients(parameters, () => tf.sum(tf.sqrt(rows())))).toThrow(
      /^parameter 'table' \[3, 2\]: its gradient has/,
    );
  });

  it('of embeddingLookup name the table and the number', () => {
    const parameters = scalar(0);
    expect(() => embeddingLookup(parameters, 'net.w', Int32Array.of(0, 2))).toThrow(
      /^parameter 'net.w' \[2, 2\]: expected row numbers from 0 to 1, got 2 at index 1/,
    );
    expect(() => embeddingLookup(parameters, 'net.w', Int32Array.of(-1))).toThrow(/got -1 at index 0/);
    expect(() => embeddingLookup(parameters, 'net.w', [1.5, NaN] as never)).toThrow(
      /^parameter 'net.w' .*: expected row numbers as an Int32Array$/,
    );
    expect(() => embeddingLookup(parameters, 'first', Int32Array.of(0))).toThrow(
      /^parameter 'first' \[\]: expected two dimensions/,
    );
    expect(() => embeddingLookup(parameters, 'x', Int32Array.of(0))).toThrow(
      /^parameter 'x': there is no such/,
    );
  });
});

const example = (): Gradients => ({
  loss: 2,
  dense: new Map([['w', Float32Array.of(3, 0)]]),
  sparse: new Map([['t', { rows: Int32Array.of(1, 4), values: Float32Array.of(0, 4, 0, 0) }]]),
});

describe('addGradients', () => {
  it('adds losses, dense gradients and rows, scaled', () => {
    const sum = example();
    addGradients(
      sum,
      {
        loss: 10,
        dense: new Map([
          ['w', Float32Array.of(1, 2)],
          ['v', Float32Array.of(8)],
        ]),
        sparse: new Map([
          ['t', { rows: Int32Array.of(0, 4), values: Float32Array.of(1, 2, 3, 4) }],
          ['u', { rows: Int32Array.of(7), values: Float32Array.of(1) }],
        ]),
      },
      0.5,
    );
    expect(sum).toEqual({
      loss: 7,
      dense: new Map([
        ['w', Float32Array.of(3.5, 1)],
        ['v', Float32Array.of(4)],
      ]),
      sparse: new Map([
        ['t', { rows: Int32Array.of(0, 1, 4), values: Float32Array.of(0.5, 1, 0, 4, 1.5, 2) }],
        ['u', { rows: Int32Array.of(7), values: Float32Array.of(0.5) }],
      ]),
    });
  });

  it('starts from nothing, and leaves what it adds alone', () => {
    const sum = noGradients();
    const part = example();
    addGradients(sum, part);
    addGradients(sum, part);
    expect(part).toEqual(example());
    expect([...sum.dense.get('w')!]).toEqual([6, 0]);
    expect([...sum.sparse.get('t')!.values]).toEqual([0, 8, 0, 0]);
  });

  it('refuses other sizes, by name, before it adds anything', () => {
    const sum = example();
    const dense = new Map([['w', Float32Array.of(1)]]);
    expect(() => addGradients(sum, { ...noGradients(), dense })).toThrow(
      /^gradient of 'w': expected 2 values to add, got 1/,
    );
    const sparse = new Map([['t', { rows: Int32Array.of(1), values: Float32Array.of(1) }]]);
    expect(() => addGradients(sum, { ...noGradients(), loss: 1, sparse })).toThrow(/^gradient of 't':/);
    expect(sum).toEqual(example());
  });
});

describe('clipGradients', () => {
  it('scales everything to the norm, and gives the norm from before', () => {
    const gradients = example();
    expect(clipGradients(gradients, 1)).toBe(5);
    expect([...gradients.dense.get('w')!]).toEqual([Math.fround(0.6), 0]);
    expect([...gradients.sparse.get('t')!.values]).toEqual([0, Math.fround(0.8), 0, 0]);
    expect(clipGradients(gradients, 1)).toBeCloseTo(1, 6);
  });

  it('leaves smaller ones as they are, and sums squares that float32 cannot hold', () => {
    const gradients = example();
    expect(clipGradients(gradients, 5)).toBe(5);
    expect(gradients).toEqual(example());
    const huge: Gradients = { ...noGradients(), dense: new Map([['w', Float32Array.of(3e30, 4e30, 0)]]) };
    expect(clipGradients(huge, 1)).toBeCloseTo(5e30, -25);
    expect(huge.dense.get('w')![1]).toBeCloseTo(0.8, 6);
  });

  it.each([0, -1, NaN])('refuses the norm %d', (norm) => {
    expect(() => clipGradients(noGradients(), norm)).toThrow(/^norm: expected a number above 0/);
  });

  it('agrees with the norm summed one by one', () => {
    const random = seededRandom(3);
    for (let size = 0; size < 9; size++) {
      const values = Float32Array.from({ length: size }, () => random() - 0.5);
      const gradients: Gradients = { ...noGradients(), dense: new Map([['w', values]]) };
      const expected = Math.hypot(...values);
      expect(clipGradients(gradients, 10 + randomInteger(random, 3))).toBeCloseTo(expected, 12);
    }
  });
});
