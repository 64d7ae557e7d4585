import { grads, memory, mul, scalar, tensor, tidy, zerosLike, type Tensor } from '@tensorflow/tfjs-core';
import {
  enumeratePaths,
  gradientError,
  oracleLogPartition,
  pathsLogSum,
  type OracleConstraints,
} from '@cognate/testing';
import { describe, expect, test } from 'vitest';
import { NoPathError } from '../../src/index.js';
import { crfNegLogLikelihood, type CrfLossOptions } from '../../src/tfjs/index.js';
import {
  numberOf,
  randomBatch,
  scaled,
  tensorsOf,
  valuesOf,
  type BatchValues,
  type TestBatch,
} from './helpers.js';

/** The loss by writing out every path. */
function enumerated(batch: TestBatch, options: CrfLossOptions = {}): number {
  let at = 0;
  let loss = 0;
  batch.lattices.forEach((lattice, sentence) => {
    const gold = batch.gold.slice(at, (at += lattice.length));
    const masks: OracleConstraints = { ...options.mask };
    const agreeing = enumeratePaths(lattice, { ...masks, tags: gold });
    const weight = options.weights?.[sentence] ?? 1;
    loss += weight * (oracleLogPartition(lattice, masks) - pathsLogSum(agreeing));
  });
  return loss;
}

const lossOf = (batch: TestBatch, values: BatchValues, options?: CrfLossOptions): number =>
  numberOf(() => {
    const { emissions, ...scores } = tensorsOf(values, batch.numTags);
    return crfNegLogLikelihood(emissions, batch.lengths, scores, batch.gold, options);
  });

/** Gradients in emissions, transitions, start and end, in this order. */
const gradientsOf = (batch: TestBatch, values: BatchValues, options?: CrfLossOptions): Float32Array[] =>
  tidy(() => {
    const inputs = tensorsOf(values, batch.numTags);
    const loss = (emissions: Tensor, transitions: Tensor, start: Tensor, end: Tensor) =>
      crfNegLogLikelihood(emissions, batch.lengths, { transitions, start, end }, batch.gold, options);
    const { emissions, transitions, start, end } = inputs;
    return grads(loss)([emissions, transitions, start, end]).map((gradient) =>
      gradient.dataSync<'float32'>(),
    );
  });

const bio = {
  // O B I: I only after B or I.
  transitions: Uint8Array.of(1, 1, 0, 1, 1, 1, 1, 1, 1),
  start: Uint8Array.of(1, 1, 0),
  end: Uint8Array.of(1, 1, 1),
};
const masked = (seed: number): TestBatch => ({
  ...randomBatch(seed, 3, [3, 1, 2]),
  gold: [1, 2, 0, 1, 0, 1],
});
const partial = (seed: number): TestBatch => ({
  ...randomBatch(seed, 3, [4, 2, 1]),
  gold: [1, -1, -1, 0, -1, -1, 2],
});

const cases: [string, TestBatch, CrfLossOptions][] = [
  ['sentences of unequal length', randomBatch(1, 4, [3, 1, 4, 2]), {}],
  ['a sentence without tokens among others', randomBatch(2, 3, [2, 0, 3]), {}],
  ['one tag', randomBatch(3, 1, [3, 2]), {}],
  ['a mask', masked(4), { mask: bio }],
  ['weights', randomBatch(5, 3, [2, 3, 1]), { weights: [0.25, 2, 0] }],
  ['tags that are not known', partial(6), {}],
  [
    'tags that are not known, under a mask and weights',
    { ...partial(7), gold: [1, -1, -1, 0, -1, -1, 0] },
    { mask: bio, weights: [1, 0.5, 3] },
  ],
];

describe.each(cases)('%s', (_, batch, options) => {
  test('loss as by enumeration', () => {
    expect(lossOf(batch, valuesOf(batch), options)).toBeCloseTo(enumerated(batch, options), 5);
  });

  test('gradients as by finite differences of the enumerated loss', () => {
    const values = valuesOf(batch);
    const gradients = gradientsOf(batch, values, options);
    const { lattices } = batch;
    const arrays = [
      Float64Array.from(values.emissions),
      lattices[0].transitions,
      lattices[0].startTransitions!,
      lattices[0].endTransitions!,
    ];
    // The oracle reads doubles: emissions are views of one array, all else is shared already.
    let at = 0;
    const oracle = {
      ...batch,
      lattices: lattices.map((lattice) => {
        const size = lattice.length * batch.numTags;
        return { ...lattice, emissions: arrays[0].subarray(at, (at += size)) };
      }),
    };
    arrays.forEach((array, index) => {
      expect(gradientError(() => enumerated(oracle, options), array, gradients[index])).toBeLessThan(1e-6);
    });
  });
});

test('each gradient as by finite differences of the loss itself', () => {
  const batch = randomBatch(8, 5, [6, 3, 1, 9], 1);
  const values = valuesOf(batch);
  const gradients = gradientsOf(batch, values);
  [values.emissions, values.transitions, values.start, values.end].forEach((array, index) => {
    // The loss is a float: a wide step, and an error that single precision allows.
    const error = gradientError(() => lossOf(batch, values), array, gradients[index], { step: 0.25 });
    expect(error).toBeLessThan(2e-4);
  });
});

test('padded emissions give the same, and nothing for padding', () => {
  const batch = randomBatch(9, 3, [2, 4, 0, 3]);
  const values = valuesOf(batch);
  const { numTags, lengths, gold } = batch;
  const longest = 5;
  const padded = new Float32Array(lengths.length * longest * numTags).fill(77);
  const paddedGold = new Int32Array(lengths.length * longest).fill(99);
  let row = 0;
  const rows: number[] = [];
  lengths.forEach((length, sentence) => {
    for (let t = 0; t < length; t++, row++) {
      const to = sentence * longest + t;
      rows.push(to);
      padded.set(values.emissions.subarray(row * numTags, (row + 1) * numTags), to * numTags);
      paddedGold[to] = gold[row];
    }
  });
  tidy(() => {
    const { transitions, start, end } = tensorsOf(values, numTags);
    const loss = (emissions: Tensor, matrix: Tensor) =>
      crfNegLogLikelihood(emissions, lengths, { transitions: matrix, start, end }, paddedGold);
    const emissions = tensor(padded, [lengths.length, longest, numTags]);
    expect(loss(emissions, transitions).dataSync()[0]).toBeCloseTo(lossOf(batch, values), 5);
    const [inEmissions, inTransitions] = grads(loss)([emissions, transitions]).map((gradient) =>
      gradient.dataSync(),
    );
    const [expected, expectedTransitions] = gradientsOf(batch, values);
    expect(inTransitions).toEqual(expectedTransitions);
    const all = new Float32Array(padded.length);
    rows.forEach((to, from) =>
      all.set(expected.subarray(from * numTags, (from + 1) * numTags), to * numTags),
    );
    expect(inEmissions).toEqual(all);
  });
});

test('without start and end they count as zeros, one without the other too', () => {
  const batch = randomBatch(10, 3, [2, 3]);
  tidy(() => {
    const { emissions, transitions, start, end } = tensorsOf(valuesOf(batch), 3);
    const loss = (scores: { start?: Tensor; end?: Tensor }) =>
      crfNegLogLikelihood(emissions, batch.lengths, { transitions, ...scores }, batch.gold).dataSync()[0];
    expect(loss({})).toBe(loss({ start: zerosLike(start), end: zerosLike(end) }));
    expect(loss({ start })).toBe(loss({ start, end: zerosLike(end) }));
    expect(loss({ end })).toBe(loss({ start: zerosLike(start), end }));
    const [, inEnd] = grads((e: Tensor, final: Tensor) =>
      crfNegLogLikelihood(e, batch.lengths, { transitions, end: final }, batch.gold),
    )([emissions, end]);
    const [, , , withBoth] = gradientsOf(
      batch,
      valuesOf({
        ...batch,
        lattices: batch.lattices.map((l) => ({ ...l, startTransitions: new Float64Array(3) })),
      }),
    );
    expect(inEnd.dataSync()).toEqual(withBoth);
  });
});

test('is part of a larger graph: the chain rule goes through it', () => {
  const batch = randomBatch(11, 3, [2, 2]);
  tidy(() => {
    const { emissions, transitions } = tensorsOf(valuesOf(batch), 3);
    const inner = (e: Tensor) => crfNegLogLikelihood(e, batch.lengths, { transitions }, batch.gold);
    const [outer] = grads((e: Tensor) => scaled(inner(scaled(e, 2)), 3))([emissions]);
    const [plain] = grads(inner)([mul(emissions, scalar(2))]);
    const [a, b] = [outer.dataSync(), plain.dataSync()];
    a.forEach((value, index) => expect(value).toBeCloseTo(6 * b[index], 5));
  });
});

test('a batch is the sum of its sentences, however unequal their scores', () => {
  // One sentence with scores of a thousand, one with scores of a thousandth: each keeps its digits.
  const wild = { ...randomBatch(12, 4, [60], 1000), gold: new Array<number>(60).fill(2) };
  const tame = randomBatch(13, 4, [5], 0.001);
  const transitions = tame.lattices[0];
  const joined: TestBatch = {
    numTags: 4,
    lengths: [60, 5],
    lattices: [
      { ...wild.lattices[0], ...pick(transitions) },
      { ...tame.lattices[0], ...pick(transitions) },
    ],
    gold: [...wild.gold, ...tame.gold],
  };
  const alone = (sentence: number): [TestBatch, number[]] => {
    const lattice = joined.lattices[sentence];
    const gold = sentence === 0 ? wild.gold : tame.gold;
    return [{ numTags: 4, lengths: [lattice.length], lattices: [lattice], gold }, gold];
  };
  const gradients = gradientsOf(joined, valuesOf(joined));
  const parts = [0, 1].map((s) => gradientsOf(alone(s)[0], valuesOf(alone(s)[0])));
  expect([...gradients[0]]).toEqual([...parts[0][0], ...parts[1][0]]);
  expect([...gradients[0]].every(Number.isFinite)).toBe(true);
  const losses = [0, 1].map((s) => lossOf(alone(s)[0], valuesOf(alone(s)[0])));
  expect(lossOf(joined, valuesOf(joined)) / (losses[0] + losses[1])).toBeCloseTo(1, 6);
  expect(losses[1]).toBeCloseTo(enumerated(alone(1)[0]), 5);
});

const pick = ({ transitions, startTransitions, endTransitions }: TestBatch['lattices'][number]) => ({
  transitions,
  startTransitions,
  endTransitions,
});

test('nothing stays in the backend', () => {
  const batch = randomBatch(14, 4, [3, 5]);
  const values = valuesOf(batch);
  gradientsOf(batch, values);
  const before = memory().numTensors;
  for (let step = 0; step < 1000; step++) gradientsOf(batch, values);
  expect(memory().numTensors).toBe(before);
});

describe('wrong input', () => {
  const batch = randomBatch(15, 3, [2, 3]);
  const call =
    (
      change: Partial<{
        emissions: Tensor;
        lengths: number[];
        transitions: Tensor;
        start: Tensor;
        gold: number[];
      }>,
      options?: CrfLossOptions,
    ) =>
    () =>
      tidy(() => {
        const { emissions, ...scores } = tensorsOf(valuesOf(batch), 3);
        const given = { emissions, ...scores, lengths: batch.lengths, gold: batch.gold, ...change };
        return crfNegLogLikelihood(given.emissions, given.lengths, given, given.gold, options).dataSync();
      });

  test.each<[string, () => unknown]>([
    [
      'emissions: expected a tensor [tokens, tags] or [sentences, longest, tags], got shape [3]',
      call({ emissions: tensor([1, 2, 3]) }),
    ],
    [
      'transitions: expected a tensor of shape [3, 3], got [1, 3]',
      call({ transitions: tensor([[1, 2, 3]]) }),
    ],
    ['start: expected a tensor of shape [3], got [2]', call({ start: tensor([1, 2]) })],
    ['lengths: expected a sum of 5, the rows of emissions, got 4', call({ lengths: [2, 2] })],
    ['lengths[1]: expected a whole number of at least 0, got -1', call({ lengths: [6, -1] })],
    ['gold: expected a tag for each of 5 rows, got 2', call({ gold: [0, 1] })],
    [
      'sentence 1: gold: expected a tag from 0 to 2, or -1 (not known), at position 1, got 3',
      call({ gold: [0, 0, 0, 3, 0] }),
    ],
    ['weights: expected one for each of 2 sentences, got 1', call({}, { weights: [1] })],
    ['weights[1]: expected a finite number, got NaN', call({}, { weights: [1, NaN] })],
    [
      'sentence 1: emissions: expected a finite score or -Infinity, got NaN at position 0, tag 2',
      call({
        emissions: tensor([
          [0, 0, 0],
          [0, 0, 0],
          [0, 0, NaN],
          [0, 0, 0],
          [0, 0, 0],
        ]),
      }),
    ],
    [
      'sentence 0: gold: expected tags that the mask and the scores allow',
      call({ gold: [0, 2, 0, 0, 0] }, { mask: bio }),
    ],
    [
      'lengths: expected one for each of 3 sentences, got 2',
      call({ emissions: tensor(new Float32Array(27), [3, 3, 3]) }),
    ],
    [
      'lengths[0]: expected at most the 1 rows of a sentence, got 2',
      call({ emissions: tensor(new Float32Array(6), [2, 1, 3]) }),
    ],
  ])('%s', (message, run) => {
    expect(run).toThrow(RangeError);
    expect(run).toThrow(message);
  });

  test('a mask without a path', () => {
    const none = {
      transitions: new Uint8Array(9),
      start: Uint8Array.of(1, 1, 1),
      end: Uint8Array.of(1, 1, 1),
    };
    expect(call({}, { mask: none })).toThrow(NoPathError);
    expect(call({}, { mask: none })).toThrow('sentence 0: ');
  });
});

test('an empty batch has no loss', () => {
  const loss = numberOf(() =>
    crfNegLogLikelihood(
      tensor(new Float32Array(0), [0, 2]),
      [],
      { transitions: tensor(new Float32Array(4), [2, 2]) },
      [],
    ),
  );
  expect(loss).toBe(0);
});
