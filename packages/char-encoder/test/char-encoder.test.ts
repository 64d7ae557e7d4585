import {
  computeGradients,
  ParameterSet,
  RandomStream,
  readSafetensors,
  writeSafetensors,
  type Gradients,
  type SafeTensor,
} from '@cognate/nn';
import { gradientError, seededRandom } from '@cognate/testing';
import { customGrad, memory, scalar, tensor2d, type Scalar, type Tensor } from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  Alphabet,
  CharEncoder,
  CharEncoderError,
  encoderKinds,
  type CharEncoderOptions,
} from '../src/index.js';
import { tidied } from './helpers.js';
import { referenceVector } from './reference.js';

const words = ['Vigo', 'Київ', 'पुणे', 'لاہور', 'Vigo', '', 'Ωmega', 'x', 'Vigo', 'x'];
const alphabet = Alphabet.of(['Vigo', 'Київ', 'पुणे', 'لاہور', 'mega']);
const small = { embedding: 3, size: 4 };
const configurations: [string, CharEncoderOptions][] = [
  ...encoderKinds.map((kind): [string, CharEncoderOptions] => [kind, { ...small, kind }]),
  ['bilstm of two layers', { ...small, kind: 'bilstm', layers: 2 }],
  ['cnn of one wide filter', { ...small, kind: 'cnn', widths: [5] }],
  ['cnn with unequal shares', { ...small, size: 5, kind: 'cnn', widths: [1, 3] }],
];

/** `sum(x * factors)`, with its gradient. */
const weighted = (x: Tensor, factors: Float32Array): Scalar =>
  customGrad((y) => {
    const values = (y as Tensor).dataSync<'float32'>();
    let sum = 0;
    values.forEach((value, index) => (sum += value * factors[index]));
    return {
      value: scalar(sum),
      gradFunc: (dy: Tensor) => {
        const [slope] = dy.dataSync();
        return tensor2d(
          Float32Array.from(values, (_, index) => factors[index] * slope),
          x.shape as [number, number],
        );
      },
    };
  })(x) as Scalar;

const random = seededRandom(3);
const factors = Float32Array.from({ length: words.length * 5 }, () => 2 * random() - 1);

describe.each(configurations)('%s', (_, options) => {
  const encoder = CharEncoder.create(alphabet, options);
  const { size } = encoder;
  const gradients = (given: readonly string[], by: Float32Array): Gradients =>
    computeGradients(encoder.parameters, () => weighted(encoder.encode(given), by));

  test('gives what the formulas give, word by word', () => {
    const found = tidied(() => encoder.encode(words).dataSync());
    words.forEach((word, index) => {
      const expected = referenceVector(encoder, word);
      expect(expected).toHaveLength(size);
      expected.forEach((value, column) => expect(found[index * size + column]).toBeCloseTo(value, 5));
    });
  });

  test('gradients as by finite differences, for words that come several times, too', () => {
    const { dense, sparse } = gradients(words, factors);
    const loss = (): number => {
      encoder.parameters.touch();
      let sum = 0;
      words.forEach((word, index) =>
        referenceVector(encoder, word).forEach((value, column) => {
          sum += value * factors[index * size + column];
        }),
      );
      return sum;
    };
    const checked: string[] = [];
    for (const { name, values, shape } of encoder.parameters) {
      const rows = sparse.get(name);
      let gradient = dense.get(name);
      if (rows) {
        gradient = new Float32Array(values.length);
        rows.rows.forEach((row, k) =>
          gradient!.set(rows.values.subarray(k * shape[1], (k + 1) * shape[1]), row * shape[1]),
        );
      }
      // The reference is in double precision: a step short enough that no maximum changes hands.
      expect(gradientError(loss, values, gradient!, { step: 1 / 4096 }), name).toBeLessThan(1e-4);
      checked.push(name);
    }
    expect(checked).toHaveLength(encoder.parameters.size);
    encoder.parameters.touch();
  });

  test('each form is encoded once, with the gradients of encoding each word by itself', () => {
    const together = gradients(words, factors);
    const sums = new Map<string, Float64Array>();
    words.forEach((word, index) => {
      const { dense, sparse } = gradients([word], factors.subarray(index * size, (index + 1) * size));
      for (const { name, values, shape } of encoder.parameters) {
        const sum = sums.get(name) ?? new Float64Array(values.length);
        sums.set(name, sum);
        dense.get(name)?.forEach((value, k) => (sum[k] += value));
        const rows = sparse.get(name);
        rows?.rows.forEach((row, k) => {
          for (let column = 0; column < shape[1]; column++)
            sum[row * shape[1] + column] += rows.values[k * shape[1] + column];
        });
      }
    });
    for (const [name, gradient] of together.dense)
      gradient.forEach((value, k) => expect(value).toBeCloseTo(sums.get(name)![k], 5));
    for (const [name, { rows, values }] of together.sparse) {
      const { shape } = encoder.parameters.get(name);
      rows.forEach((row, k) => {
        for (let column = 0; column < shape[1]; column++)
          expect(values[k * shape[1] + column]).toBeCloseTo(sums.get(name)![row * shape[1] + column], 5);
      });
      // No row of a character that does not occur.
      expect(rows.length).toBeLessThan(shape[0] + 1);
    }
  });

  test('numbers are those of the tensor', () => {
    const found = encoder.vectors(words);
    const expected = tidied(() => encoder.encode(words).dataSync());
    found.forEach((value, index) => expect(value).toBeCloseTo(expected[index], 6));
    expect(encoder.vectors(words)).toEqual(found);
    expect(encoder.vectors([])).toHaveLength(0);
  });

  test('a round trip by bytes changes nothing', () => {
    const again = CharEncoder.fromSafetensors(encoder.toSafetensors());
    expect(again.config).toEqual(encoder.config);
    expect(again.vectors(words)).toEqual(encoder.vectors(words));
    expect(again.toSafetensors()).toEqual(encoder.toSafetensors());
  });

  test('nothing stays in the backend', () => {
    gradients(words, factors);
    encoder.vectors(words);
    const before = memory().numTensors;
    for (let step = 0; step < 100; step++) {
      gradients(words, factors);
      encoder.vectors([`w${step}`, 'Vigo']);
    }
    expect(memory().numTensors).toBe(before);
  });
});

test("what is not told is the paper's: LSTM, 50 and 100", () => {
  const { config, size } = CharEncoder.create(alphabet);
  expect(config).toMatchObject({ kind: 'lstm', embedding: 50, size: 100, layers: 1 });
  expect(size).toBe(100);
});

test('the seed decides the values, the prefix the names', () => {
  const values = (seed: number) =>
    CharEncoder.create(alphabet, { ...small, random: new RandomStream(seed) }).vectors(['Vigo']);
  expect(values(1)).toEqual(values(1));
  expect(values(1)).not.toEqual(values(2));
  const parameters = new ParameterSet();
  CharEncoder.create(alphabet, { ...small, parameters, prefix: 'a' });
  CharEncoder.create(alphabet, { ...small, parameters, prefix: 'b' });
  expect([...parameters].map(({ name }) => name[0])).toEqual(['a', 'a', 'a', 'a', 'b', 'b', 'b', 'b']);
});

describe('unknown characters', () => {
  test('are alike, and start as zeros', () => {
    const encoder = CharEncoder.create(alphabet, small);
    const [a, b] = ['Viγo', 'Viλo'].map((word) => [...encoder.vectors([word])]);
    expect(a).toEqual(b);
    expect(a).not.toEqual([...encoder.vectors(['Vigo'])]);
    const { values } = encoder.parameters.get('characters.embedding');
    expect([...values.subarray(0, 3)]).toEqual([0, 0, 0]);
  });

  test('are learned by dropout of characters, from a seed', () => {
    const encoder = CharEncoder.create(alphabet, small);
    const dropped = (seed: number, characterDropout: number) =>
      tidied(() => [
        ...encoder.encode(['Vigo'], { characterDropout, random: new RandomStream(seed) }).dataSync(),
      ]);
    const clean = [...encoder.vectors(['Vigo'])];
    expect(dropped(1, 0)).toEqual(clean);
    expect(dropped(1, 0.5)).toEqual(dropped(1, 0.5));
    expect(dropped(1, 0.99)).toEqual([...encoder.vectors(['λλλλ'])]);
    const { sparse } = computeGradients(encoder.parameters, () =>
      weighted(encoder.encode(['Vigo'], { characterDropout: 0.5, random: new RandomStream(1) }), factors),
    );
    expect(sparse.get('characters.embedding')!.rows[0]).toBe(0);
  });

  test('come in the place of each character by a draw of its own', () => {
    const encoder = CharEncoder.create(alphabet, small);
    const draws = [0.1, 0.2, 0.19, 0.9];
    const stub = { next: () => draws.shift()! };
    const found = tidied(() => [
      ...encoder.encode(['Vigo'], { characterDropout: 0.2, random: stub }).dataSync(),
    ]);
    expect(draws).toHaveLength(0);
    expect(found).toEqual([...encoder.vectors(['λiλo'])]);
  });
});

describe('what is remembered', () => {
  const encoder = CharEncoder.create(alphabet, { ...small, cache: 2 });

  test('is forgotten when the parameters change', () => {
    const before = [...encoder.vectors(['Vigo'])];
    const { values } = encoder.parameters.get('characters.lstm.0.forward.input');
    for (let k = 0; k < values.length; k++) values[k] += 0.5;
    encoder.parameters.touch();
    const after = [...encoder.vectors(['Vigo'])];
    expect(after).not.toEqual(before);
    referenceVector(encoder, 'Vigo').forEach((value, column) => expect(after[column]).toBeCloseTo(value, 5));
  });

  test('gives the same as what is not, whatever came before', () => {
    const other = CharEncoder.fromSafetensors(encoder.toSafetensors(), { cache: 0 });
    const stock = ['Vigo', 'x', 'Київ', 'पुणे', ''];
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...stock), { maxLength: 6 }), (asked) => {
        const found = encoder.vectors(asked);
        other.vectors(asked).forEach((value, index) => expect(found[index]).toBeCloseTo(value, 6));
      }),
      { seed: 2, numRuns: 40 },
    );
  });

  test('is not changed through what is handed out', () => {
    const first = encoder.vectors(['x']);
    const copy = [...first];
    first.fill(0);
    expect([...encoder.vectors(['x'])]).toEqual(copy);
  });
});

test('an encoder is loaded into the set of a larger model', () => {
  const encoder = CharEncoder.create(alphabet, small);
  const parameters = new ParameterSet();
  parameters.add('other', [1], (values) => values.fill(7));
  const inside = CharEncoder.fromSafetensors(encoder.toSafetensors(), { parameters, prefix: 'words' });
  expect(inside.vectors(words)).toEqual(encoder.vectors(words));
  expect([...parameters].map(({ name }) => name)).toContain('words.embedding');
  expect([...parameters.get('other').values]).toEqual([7]);
  // And out of it again, without what is not its own.
  expect(inside.toSafetensors()).toEqual(encoder.toSafetensors());
});

test.each(encoderKinds)('%s: encoders whose prefixes begin alike have files of their own', (kind) => {
  const parameters = new ParameterSet();
  const prefixes = ['words', 'words.rare', 'words.lstm', 'words/x', 'words.cnn.0'];
  const encoders = prefixes.map((prefix, index) =>
    CharEncoder.create(alphabet, {
      ...small,
      kind,
      size: 6 + 2 * index,
      parameters,
      prefix,
    }),
  );
  for (const encoder of encoders) {
    const bytes = encoder.toSafetensors();
    expect(CharEncoder.fromSafetensors(bytes).vectors(words)).toEqual(encoder.vectors(words));
    const again = new ParameterSet();
    CharEncoder.fromSafetensors(bytes, { parameters: again });
    expect(again.size).toBe(parameters.size / encoders.length);
  }
});

describe('wrong input', () => {
  const encoder = CharEncoder.create(alphabet, small);
  test.each<[string, () => unknown]>([
    ['words: expected at least one, got none', () => encoder.encode([])],
    ['words: expected an array, got "abc"', () => encoder.encode('abc' as never)],
    [
      'words: expected word 1 to be a string, got undefined',
      () => encoder.vectors(['a', undefined as never]),
    ],
    [
      'characterDropout: expected a number from 0 to below 1, got 1',
      () => encoder.encode(['a'], { characterDropout: 1 }),
    ],
    ['random: expected a stream of random numbers', () => encoder.encode(['a'], { characterDropout: 0.1 })],
    ['configuration: kind: ', () => CharEncoder.create(alphabet, { kind: 'gru' as never })],
    [
      'configuration: size: expected an even number for two directions, got 3',
      () => CharEncoder.create(alphabet, { kind: 'bilstm', size: 3 }),
    ],
    [
      'configuration: size: expected at least one column for each of 3 widths, got 2',
      () => CharEncoder.create(alphabet, { kind: 'cnn', size: 2 }),
    ],
    ['configuration: longest: ', () => CharEncoder.create(alphabet, { longest: 0 })],
    [
      'options: expected kind, embedding, size, layers, widths, longest, parameters, prefix, random, cache, got "sizes"',
      () => CharEncoder.create(alphabet, { sizes: 8 } as never),
    ],
    [
      'cache: expected a whole number of at least 0, got -1',
      () => CharEncoder.create(alphabet, { cache: -1 }),
    ],
  ])('%s', (message, run) => {
    expect(run).toThrow(CharEncoderError);
    expect(run).toThrow(message);
  });
});

describe('files that are none', () => {
  const { tensors, metadata } = readSafetensors(CharEncoder.create(alphabet, small).toSafetensors());
  const config = JSON.parse(metadata.get('cognate-char-encoder')!) as Record<string, unknown>;
  const file = (change: Record<string, unknown>, leftOut?: string) =>
    writeSafetensors(
      [...tensors].filter(([name]) => name !== leftOut),
      { 'cognate-char-encoder': JSON.stringify({ ...config, ...change }) },
    );

  test.each<[string, () => Uint8Array]>([
    ['got one without', () => writeSafetensors([...tensors])],
    ['expected JSON, got "{"', () => writeSafetensors([...tensors], { 'cognate-char-encoder': '{' })],
    ['expected version 1, got 2', () => file({ version: 2 })],
    ['expected version 1, got undefined', () => writeSafetensors([], { 'cognate-char-encoder': 'null' })],
    ['configuration: kind: ', () => file({ kind: 'x' })],
    ['configuration: the whole: Unrecognized key', () => file({ more: 1 })],
    ['do not fit', () => file({ size: 8 })],
    ['do not fit', () => file({ size: 10_000, embedding: 10_000, layers: 16 })],
    ['do not fit', () => file({ kind: 'cnn' })],
    ['do not fit', () => file({}, 'embedding')],
    ['alphabet: expected each character once', () => file({ alphabet: 'aa' })],
    [
      'tensor "lstm.0.forward.bias": expected finite numbers, got NaN at 3',
      () =>
        writeSafetensors(
          Array.from(tensors, ([name, tensor]) => [
            name,
            name === 'lstm.0.forward.bias'
              ? { ...tensor, data: Float32Array.from(tensor.data as Float32Array).fill(NaN, 3, 4) }
              : tensor,
          ]) as [string, SafeTensor][],
          Object.fromEntries(metadata),
        ),
    ],
  ])('%s', (message, make) => {
    expect(() => CharEncoder.fromSafetensors(make())).toThrow(CharEncoderError);
    expect(() => CharEncoder.fromSafetensors(make())).toThrow(message);
  });

  test('one tensor too many is an error, too', () => {
    const more = writeSafetensors(
      [...tensors, ['extra', { dtype: 'F32', shape: [1], data: Float32Array.of(1) }]],
      Object.fromEntries(metadata),
    );
    expect(() => CharEncoder.fromSafetensors(more)).toThrow(
      "tensor 'characters.extra': there is no parameter of that name",
    );
  });
});
