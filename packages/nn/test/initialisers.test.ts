import { describe, expect, it } from 'vitest';
import {
  glorot,
  normal,
  orthogonal,
  ParameterSet,
  RandomStream,
  uniform,
  zeros,
  type Initialiser,
} from '../src/index.js';

const valuesOf = (shape: readonly number[], initialise: Initialiser, name = 'w') =>
  new ParameterSet().add(name, shape, initialise).values;
const stream = () => new RandomStream(4);

/** Column j of a row-major matrix, or of one of its blocks. */
const column = (values: Float32Array, columns: number, j: number) =>
  values.filter((_, i) => i % columns === j);
const dot = (a: Float32Array, b: Float32Array) => a.reduce((sum, x, i) => sum + x * b[i], 0);

describe('an initialiser', () => {
  it.each([
    ['uniform', () => uniform(stream(), 0.5)],
    ['normal', () => normal(stream(), 0.5)],
    ['glorot', () => glorot(stream())],
    ['orthogonal', () => orthogonal(stream())],
  ])('%s depends on the seed and the name of the parameter, not on what else there is', (_, make) => {
    const alone = valuesOf([3, 4], make());
    const shared = make();
    const parameters = new ParameterSet();
    parameters.add('before', [5, 5], shared);
    expect(parameters.add('w', [3, 4], shared).values).toEqual(alone);
    expect(parameters.add('v', [3, 4], shared).values).not.toEqual(alone);
  });

  it('zeros clears', () => {
    const values = Float32Array.of(1, 2);
    zeros()(values, [2], 'w');
    expect(values).toEqual(new Float32Array(2));
  });

  it('uniform fills the range evenly', () => {
    const values = valuesOf([100, 100], uniform(stream(), 0.25));
    expect(Math.max(...values)).toBeLessThan(0.25);
    expect(Math.max(...values)).toBeGreaterThan(0.249);
    expect(Math.min(...values)).toBeLessThan(-0.249);
    expect(Math.abs(values.reduce((sum, x) => sum + x, 0) / values.length)).toBeLessThan(0.005);
  });

  it('glorot has the range of its fan, for each block by itself', () => {
    // √(6 / (20 + 30)), and with four blocks √(6 / (20 + 10)).
    expect(Math.max(...valuesOf([20, 30], glorot(stream())))).toBeCloseTo(Math.sqrt(6 / 50), 2);
    const blocks = valuesOf([20, 40], glorot(stream(), { blocks: 4, gain: 2 }));
    expect(Math.max(...blocks)).toBeCloseTo(2 * Math.sqrt(6 / 30), 1);
    expect(Math.max(...blocks)).toBeLessThan(2 * Math.sqrt(6 / 30));
  });

  it('orthogonal gives orthonormal columns where there are more rows, and rows where there are more columns', () => {
    const tall = valuesOf([7, 4], orthogonal(stream()));
    for (let j = 0; j < 4; j++) {
      for (let k = 0; k < 4; k++) {
        expect(dot(column(tall, 4, j), column(tall, 4, k))).toBeCloseTo(j === k ? 1 : 0, 6);
      }
    }
    const wide = valuesOf([4, 7], orthogonal(stream()));
    for (let j = 0; j < 4; j++) {
      for (let k = 0; k < 4; k++) {
        const product = dot(wide.subarray(j * 7, j * 7 + 7), wide.subarray(k * 7, k * 7 + 7));
        expect(product).toBeCloseTo(j === k ? 1 : 0, 6);
      }
    }
  });

  it('orthogonal makes each block orthogonal by itself, and no two alike', () => {
    const values = valuesOf([5, 10], orthogonal(stream(), { blocks: 2, gain: 3 }));
    for (const block of [0, 1]) {
      for (let j = 0; j < 5; j++) {
        for (let k = 0; k < 5; k++) {
          const product = dot(column(values, 10, block * 5 + j), column(values, 10, block * 5 + k));
          expect(product).toBeCloseTo(j === k ? 9 : 0, 5);
        }
      }
    }
    expect(column(values, 10, 0)).not.toEqual(column(values, 10, 5));
  });

  it('refuses shapes and scales that do not fit', () => {
    expect(() => valuesOf([4], glorot(stream()))).toThrow(
      /^parameter 'w': expected a matrix of 1 blocks .* \[4\]/,
    );
    expect(() => valuesOf([4, 6], orthogonal(stream(), { blocks: 4 }))).toThrow(/matrix of 4 blocks/);
    expect(() => uniform(stream(), -1)).toThrow(/^limit: expected/);
    expect(() => normal(stream(), NaN)).toThrow(/^standardDeviation: expected/);
    expect(() => glorot(stream(), { gain: Infinity })).toThrow(/^gain: expected/);
  });
});
