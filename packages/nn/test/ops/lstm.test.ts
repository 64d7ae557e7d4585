import {
  add,
  engine,
  grads,
  memory,
  mul,
  sum,
  tensor,
  tensor2d,
  tidy,
  type Scalar,
  type Tensor,
} from '@tensorflow/tfjs-core';
import { finiteDifferences, seededRandom } from '@cognate/testing';
import { beforeAll, describe, expect, it } from 'vitest';
import { lstm, useKernels, hasKernels, type LstmOptions, type LstmWeights } from '../../src/index.js';
import { currentKernels, kernelKinds } from '../../src/kernels/kernels.js';
import { onEachBackend, startBackend } from './backends.js';
import {
  difference,
  lstmCases,
  lstmTensors,
  lstmValues,
  randomFloats,
  toRows,
  type LstmCase,
  type LstmValues,
} from './lstm-cases.js';
import { naiveLstm, type NaiveOptions } from './naive-lstm.js';

const TOLERANCE = 1e-5;
const outputs = ['all', 'last'] as const;

/** Random numbers that can be drawn once more, in the same order. */
const source = (seed: number) => ({ next: seededRandom(seed) });

/** The masks that a call draws, in the order that it promises. */
function naiveMasks(
  { lengths, hidden, layers, directions }: LstmCase,
  rates: { between: number; recurrent: number },
  seed: number,
): NaiveOptions {
  const random = seededRandom(seed);
  const rows = lengths.reduce((a, b) => a + b, 0);
  const draw = (count: number, rate: number) =>
    Array.from({ length: rate > 0 ? count : 0 }, () => (random() >= rate ? 1 / (1 - rate) : 0));
  const recurrent: number[][][] = [];
  const between: number[][] = [];
  for (let l = 0; l < layers; l++) {
    recurrent.push(Array.from({ length: directions }, () => draw(lengths.length * hidden, rates.recurrent)));
    if (l + 1 < layers) between.push(draw(rows * directions * hidden, rates.between));
  }
  return {
    name: JSON.stringify(rates),
    recurrentMask: (l, d, s, unit) => (rates.recurrent > 0 ? recurrent[l][d][s * hidden + unit] : 1),
    betweenMask: (l, row, column) => (rates.between > 0 ? between[l][row * directions * hidden + column] : 1),
  };
}

/** What the naive LSTM gives, flat; x may have a row for each distinct input. */
function expected(
  given: LstmCase,
  { x, weights }: LstmValues,
  returns: 'all' | 'last',
  options?: NaiveOptions,
  index?: Int32Array,
): number[] {
  const distinct = toRows(x, given.size);
  const rows = index === undefined ? distinct : Array.from(index, (row) => distinct[row]);
  return naiveLstm(rows, given.lengths, weights, options)[returns].flat();
}

/** Compares the gradients of a random linear function of the output with finite differences of the naive LSTM. */
function checkGradients(
  given: LstmCase,
  values: LstmValues,
  options: () => LstmOptions,
  naive?: NaiveOptions,
): void {
  const lengths = Int32Array.from(given.lengths);
  const returns = options().returns ?? 'all';
  const index = options().inputIndex;
  const count = expected(given, values, returns, naive, index).length;
  const factors = randomFloats(seededRandom(99), count);

  const { list, read } = lstmTensors(given, values);
  const gradients = tidy(() => {
    const loss = (...tensors: Tensor[]): Scalar => {
      const y = lstm(tensors[0], lengths, read(tensors), options());
      return sum(mul(y, tensor(factors, y.shape)));
    };
    return grads(loss)(list).map((gradient) => gradient.dataSync());
  });
  for (const tensor of list) tensor.dispose();

  slopes(given, values, returns, factors, naive, index).forEach(({ places, wanted }, i) => {
    const found = places.map((place) => gradients[i][place]);
    expect(difference(found, wanted), `gradient ${i}`).toBeLessThan(TOLERANCE);
  });
}

interface Slopes {
  readonly places: readonly number[];
  readonly wanted: readonly number[];
}

/** What all backends compare with, by what it belongs to. */
const knownSlopes = new Map<string, Slopes[]>();

/** For x and each array of weights, finite differences of the naive LSTM in double precision, at up to ten places. */
function slopes(
  given: LstmCase,
  values: LstmValues,
  returns: 'all' | 'last',
  factors: Float32Array,
  naive: NaiveOptions | undefined,
  index: Int32Array | undefined,
): Slopes[] {
  const key = JSON.stringify([given.name, returns, values.x[0], index ?? naive?.name]);
  const known = knownSlopes.get(key);
  if (known !== undefined) return known;
  const arrays = [values.x, ...values.weights.flat().flatMap((w) => [w.input, w.recurrent, w.bias])];
  const computed = arrays.map((array, i) => {
    const exact = Float64Array.from(array);
    const replaced = arrays.map((other, j) => (j === i ? exact : other)) as Float32Array[];
    let at = 1;
    const weights = values.weights.map((layer) =>
      layer.map(() => ({ input: replaced[at++], recurrent: replaced[at++], bias: replaced[at++] })),
    );
    const loss = () =>
      expected(given, { rows: values.rows, x: replaced[0], weights }, returns, naive, index).reduce(
        (total, value, j) => total + value * factors[j],
        0,
      );
    const places = Array.from({ length: Math.min(10, array.length) }, (_, k) => (k * 31) % array.length);
    const found = finiteDifferences(loss, exact, { indices: new Set(places) });
    return { places, wanted: places.map((place) => found[place]) };
  });
  knownSlopes.set(key, computed);
  return computed;
}

onEachBackend((backend) => {
  beforeAll(() => startBackend(backend));

  describe.each(lstmCases)('$name', (given) => {
    const values = lstmValues(given, 1);
    const lengths = Int32Array.from(given.lengths);

    it.each(outputs)('gives the states of an LSTM: %s', (returns) => {
      const { list, read } = lstmTensors(given, values);
      const y = lstm(list[0], lengths, read(list), { returns });
      const width = given.directions * given.hidden;
      expect(y.shape).toEqual([returns === 'all' ? values.rows : lengths.length, width]);
      expect(difference(y.dataSync(), expected(given, values, returns))).toBeLessThan(TOLERANCE);
    });

    it.each(outputs)('has its gradients: %s', (returns) => {
      checkGradients(given, values, () => ({ returns }));
    });
  });

  const given = lstmCases[4];
  const values = lstmValues(given, 2);
  const lengths = Int32Array.from(given.lengths);

  it.each([
    { between: 0, recurrent: 0.4 },
    { between: 0.3, recurrent: 0 },
    { between: 0.5, recurrent: 0.25 },
  ])('drops what it should, on both ways: $between between, $recurrent recurrent', (rates) => {
    const naive = naiveMasks(given, rates, 5);
    const options = () => ({ dropout: { ...rates, random: source(5) } });
    const { list, read } = lstmTensors(given, values);
    const y = lstm(list[0], lengths, read(list), options());
    const wanted = expected(given, values, 'all', naive);
    expect(difference(y.dataSync(), wanted)).toBeLessThan(TOLERANCE);
    expect(difference(wanted, expected(given, values, 'all'))).toBeGreaterThan(0.01);
    checkGradients(given, values, options, naive);
  });

  it('reads rows by an index, unused and repeated ones', () => {
    const shared = lstmValues(given, 3, 5);
    const inputIndex = Int32Array.from({ length: shared.rows }, (_, i) => [4, 0, 2, 2, 1, 4][i % 6]);
    for (const returns of outputs) {
      const { list, read } = lstmTensors(given, shared);
      const y = lstm(list[0], lengths, read(list), { returns, inputIndex });
      expect(difference(y.dataSync(), expected(given, shared, returns, undefined, inputIndex))).toBeLessThan(
        TOLERANCE,
      );
      checkGradients(given, shared, () => ({ returns, inputIndex }));
    }
  });

  it('takes gradients for the weights alone, and for x alone', () => {
    const { list, read } = lstmTensors(given, values);
    const whole = grads((...tensors: Tensor[]) => sum<Scalar>(lstm(tensors[0], lengths, read(tensors))))(
      list,
    );
    const weights = read(list);
    const [dx] = grads((x: Tensor) => sum<Scalar>(lstm(x, lengths, weights)))([list[0]]);
    expect(dx.dataSync()).toEqual(whole[0].dataSync());
    const rest = grads((...tensors: Tensor[]) =>
      sum<Scalar>(lstm(list[0], lengths, read([list[0], ...tensors]))),
    )(list.slice(1));
    rest.forEach((gradient, i) => {
      expect(gradient.dataSync()).toEqual(whole[i + 1].dataSync());
    });
  });

  it('leaks nothing in 1,000 steps', () => {
    const small = lstmCases[1];
    const { list, read } = lstmTensors(small, lstmValues(small, 4));
    const step = (i: number) =>
      tidy(() => {
        const random = source(i);
        const gradients = grads((...tensors: Tensor[]) => {
          const dropout = { between: 0.5, recurrent: 0.5, random };
          const y = lstm(tensors[0], Int32Array.from([6]), read(tensors), { dropout });
          // Recorded, and no gradient is asked of it.
          lstm(tensors[0], Int32Array.from([2, 4]), read(tensors), { returns: 'last' });
          return sum<Scalar>(y);
        })(list);
        return gradients[0].dataSync()[0];
      });
    step(0);
    const { numTensors, numBytes } = memory();
    const size = currentKernels().heap.size;
    for (let i = 0; i < 1000; i++) step(i);
    expect(memory()).toMatchObject({ numTensors, numBytes });
    expect(currentKernels().heap.size).toBe(size);
    // What the last step's tape was not asked for goes with the next operation.
    lstm(list[0], Int32Array.from([6]), read(list));
    expect(currentKernels().heap.blocks).toBe(0);
  });
});

describe('kernels of every kind', () => {
  beforeAll(() => startBackend('cpu'));
  const kinds = kernelKinds.filter(hasKernels);
  const before = currentKernels().kind;

  it.each(lstmCases)('agree on $name', (given) => {
    const values = lstmValues(given, 6);
    const lengths = Int32Array.from(given.lengths);
    const results = kinds.map((kind) => {
      useKernels(kind);
      const { list, read } = lstmTensors(given, values);
      const dropout = () => ({ between: 0.2, recurrent: 0.2, random: source(7) });
      const loss = (...tensors: Tensor[]) =>
        sum<Scalar>(lstm(tensors[0], lengths, read(tensors), { dropout: dropout() }));
      return [
        ...lstm(list[0], lengths, read(list), { dropout: dropout() }).dataSync(),
        ...grads(loss)(list).flatMap((gradient) => [...gradient.dataSync()]),
      ];
    });
    useKernels(before);
    results.forEach((result, i) => {
      // The scalar kernels and the module without fusing give the same bits.
      if (kinds[i] === 'simd') expect(result).toEqual(results[results.length - 1]);
      else expect(difference(result, results[results.length - 1])).toBeLessThan(TOLERANCE);
    });
  });
});

describe('the heap', () => {
  beforeAll(() => startBackend('cpu'));

  it('is as large as the largest batch wants it, whatever the order of the batches', () => {
    // A new heap.
    useKernels('scalar');
    useKernels('simd');
    const random = seededRandom(12);
    const given: LstmCase = { name: '', lengths: [1], size: 16, hidden: 24, layers: 2, directions: 2 };
    const { list, read } = lstmTensors(given, lstmValues(given, 13));
    const step = (sequences: number, longest: number) => {
      const lengths = Int32Array.from({ length: sequences }, () => 1 + Math.floor(random() * longest));
      const rows = lengths.reduce((a, b) => a + b, 0);
      tidy(() => {
        const x = tensor2d(randomFloats(random, rows * 16), [rows, 16]);
        grads((...tensors: Tensor[]) =>
          add<Scalar>(
            sum(lstm(x, lengths, read([x, ...tensors]))),
            sum(lstm(x, lengths, read([x, ...tensors]), { returns: 'last' })),
          ),
        )(list.slice(1));
      });
    };
    step(40, 60);
    step(40, 60);
    const { size } = currentKernels().heap;
    expect(size).toBeGreaterThan(5e6);
    for (let i = 0; i < 60; i++) step(1 + Math.floor(random() * 36), 1 + Math.floor(random() * 50));
    expect(currentKernels().heap.size).toBeLessThanOrEqual(1.3 * size);
  });
});

describe('what does not fit', () => {
  let list: Tensor[];
  let x: Tensor;
  let weights: LstmWeights[][];
  beforeAll(async () => {
    await startBackend('cpu');
    const tensors = lstmTensors(lstmCases[1], lstmValues(lstmCases[1], 8));
    list = tensors.list;
    x = list[0];
    weights = tensors.read(list);
  });
  const six = Int32Array.from([6]);

  it.each([
    ['an empty batch', () => lstm(x, new Int32Array(0), weights), /at least one sequence/],
    ['an empty sequence', () => lstm(x, Int32Array.from([6, 0]), weights), /length 0 of sequence 1/],
    ['too few rows', () => lstm(x, Int32Array.from([4, 3]), weights), /sum\(lengths\) = 7 rows.*\[6, 5\]/],
    ['lengths in a list', () => lstm(x, [6] as unknown as Int32Array, weights), /Int32Array/],
    ['no layer', () => lstm(x, six, []), /at least one layer/],
    ['three directions', () => lstm(x, six, [[...weights[0], weights[0][0]]]), /one or two directions.*3/],
    ['unequal layers', () => lstm(x, six, [weights[0], [weights[0][0]]]), /2 direction.*got 1 in layer 1/],
    [
      'weights of another size',
      () => lstm(x, six, [weights[0], weights[0]]),
      /layer 1.*\[6, 12\].*\[5, 12\]/,
    ],
    [
      'a disposed tensor',
      () => {
        const gone = tensor([[1, 2, 3, 4, 5]]);
        gone.dispose();
        return lstm(gone, Int32Array.from([1]), weights);
      },
      /x: the tensor is disposed/,
    ],
    ['a vector', () => lstm(list[3], six, weights), /x to be float32 of shape \[rows, columns\]/],
    [
      'integers',
      () => lstm(tensor([[1, 2, 3, 4, 5]], undefined, 'int32'), Int32Array.from([1]), weights),
      /x to be float32.*int32/,
    ],
    [
      'a short index',
      () => lstm(x, six, weights, { inputIndex: Int32Array.from([0]) }),
      /inputIndex to have.* 6 entries, got 1/,
    ],
    [
      'an index beyond x',
      () => lstm(x, six, weights, { inputIndex: Int32Array.from([0, 1, 2, 3, 4, 6]) }),
      /0 to 5, got 6 at 5/,
    ],
    [
      'another output',
      () => lstm(x, six, weights, { returns: 'first' as 'last' }),
      /'all' or 'last', got first/,
    ],
    [
      'a rate of one',
      () => lstm(x, six, weights, { dropout: { recurrent: 1, random: source(1) } }),
      /dropout.recurrent.*\[0, 1\), got 1/,
    ],
    [
      'a rate that is none',
      () => lstm(x, six, weights, { dropout: { between: NaN, random: source(1) } }),
      /dropout.between.*got NaN/,
    ],
  ])('%s is refused', (_, call, message) => {
    expect(call).toThrow(message);
    expect(engine().state.gradientDepth).toBe(0);
  });
});
