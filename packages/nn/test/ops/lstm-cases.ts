import { tensor, tensor2d, type Tensor } from '@tensorflow/tfjs-core';
import { seededRandom } from '@cognate/testing';
import type { LstmWeights } from '../../src/index.js';
import type { NaiveWeights } from './naive-lstm.js';

/** One LSTM and one batch, with random values. */
export interface LstmCase {
  readonly name: string;
  readonly lengths: readonly number[];
  readonly size: number;
  readonly hidden: number;
  readonly layers: number;
  readonly directions: number;
}

export const lstmCases: readonly LstmCase[] = [
  { name: 'one element', lengths: [1], size: 3, hidden: 4, layers: 1, directions: 1 },
  { name: 'one sequence', lengths: [6], size: 5, hidden: 3, layers: 1, directions: 2 },
  { name: 'single elements', lengths: [1, 1, 1, 1, 1], size: 2, hidden: 5, layers: 2, directions: 2 },
  { name: 'equal lengths', lengths: [4, 4, 4, 4], size: 8, hidden: 8, layers: 1, directions: 1 },
  { name: 'unequal lengths', lengths: [3, 1, 6, 2, 6], size: 7, hidden: 6, layers: 2, directions: 2 },
  { name: 'three layers one way', lengths: [2, 5, 3], size: 1, hidden: 9, layers: 3, directions: 1 },
  {
    name: 'a hidden size of one',
    lengths: [7, 2, 1, 3, 3, 1, 4],
    size: 3,
    hidden: 1,
    layers: 2,
    directions: 2,
  },
];

/** Random values in ±0.5. */
export function randomFloats(random: () => number, count: number): Float32Array {
  return Float32Array.from({ length: count }, () => random() - 0.5);
}

export interface LstmValues {
  readonly rows: number;
  readonly x: Float32Array;
  readonly weights: readonly (readonly (NaiveWeights & Record<keyof NaiveWeights, Float32Array>)[])[];
}

export function lstmValues(
  { lengths, size, hidden, layers, directions }: LstmCase,
  seed: number,
  inputRows?: number,
): LstmValues {
  const random = seededRandom(seed);
  const rows = lengths.reduce((a, b) => a + b, 0);
  const weights = Array.from({ length: layers }, (_, l) =>
    Array.from({ length: directions }, () => ({
      input: randomFloats(random, (l === 0 ? size : directions * hidden) * 4 * hidden),
      recurrent: randomFloats(random, hidden * 4 * hidden),
      bias: randomFloats(random, 4 * hidden),
    })),
  );
  return { rows, x: randomFloats(random, (inputRows ?? rows) * size), weights };
}

/** A flat matrix as rows. */
export function toRows(values: ArrayLike<number>, columns: number): number[][] {
  return Array.from({ length: values.length / columns }, (_, row) =>
    Array.from({ length: columns }, (_, column) => values[row * columns + column]),
  );
}

/** x and all weights as tensors in one list, and the list's weights as `lstm` takes them. */
export function lstmTensors(
  { size, hidden }: LstmCase,
  { x, weights }: LstmValues,
): { list: Tensor[]; read: (list: readonly Tensor[]) => LstmWeights[][] } {
  const columns = 4 * hidden;
  const list: Tensor[] = [tensor2d(x, [x.length / size, size])];
  for (const { input, recurrent, bias } of weights.flat()) {
    list.push(tensor2d(input, [input.length / columns, columns]));
    list.push(tensor2d(recurrent, [hidden, columns]));
    list.push(tensor(bias));
  }
  const read = (tensors: readonly Tensor[]) => {
    let at = 1;
    return weights.map((layer) =>
      layer.map(() => ({ input: tensors[at++], recurrent: tensors[at++], bias: tensors[at++] })),
    );
  };
  return { list, read };
}

/** The largest difference between two equally long lists. */
export function difference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  if (a.length !== b.length) return Infinity;
  let worst = 0;
  for (let i = 0; i < a.length; i++) {
    const distance = Math.abs(a[i] - b[i]);
    if (!(distance <= worst)) worst = Number.isNaN(distance) ? Infinity : distance;
  }
  return worst;
}
