import { seededRandom } from '@cognate/testing';
import { describe, expect, test } from 'vitest';
import { exp } from '../../src/lattice/exp.js';
import { matrixTimes, sumOuterProducts, timesMatrix } from '../../src/lattice/matrix.js';
import { RunningSum } from '../../src/lattice/running-sum.js';

describe('exp', () => {
  test('agrees with Math.exp to 2 units in the last place', () => {
    const random = seededRandom(1);
    for (let i = 0; i < 200_000; i++) {
      const x = -708 * random() ** 3;
      const expected = Math.exp(x);
      if (!(Math.abs(exp(x) - expected) <= 2 * 2 ** -52 * expected)) expect.fail(`exp(${x}) = ${exp(x)}`);
    }
  });

  test.each([0, -0, -1e-300, -1e-17, -707.999999, -708, -708.5, -740, -745, -746, -1e308, -Infinity, 1, 700])(
    'exp(%d)',
    (x) => {
      const expected = Math.exp(x);
      expect(Math.abs(exp(x) - expected)).toBeLessThanOrEqual(2 * 2 ** -52 * expected);
    },
  );

  test('never falls where its argument rises, and is 1 at 0', () => {
    let last = 0;
    for (let x = -12; x <= 0; x += 1 / 8192) {
      if (exp(x) < last) expect.fail(`exp(${x}) is less than the value before`);
      last = exp(x);
    }
    expect(exp(0)).toBe(1);
    expect(last).toBe(1);
  });
});

describe('matrix products', () => {
  const random = seededRandom(2);
  const numbers = (size: number): Float64Array => Float64Array.from({ length: size }, () => random());

  test.each([1, 2, 3, 4, 5, 7, 8, 9, 13, 40])('with %i rows', (n) => {
    const m = numbers(n * n);
    const x = numbers(n + 3);
    const left = new Float64Array(n + 5).fill(-1);
    const right = new Float64Array(n + 5).fill(-1);
    timesMatrix(x, 3, m, n, left, 2);
    matrixTimes(m, n, x, 3, right, 2);
    for (let k = 0; k < n; k++) {
      let column = 0;
      let row = 0;
      for (let i = 0; i < n; i++) {
        column += x[3 + i] * m[i * n + k];
        row += x[3 + i] * m[k * n + i];
      }
      expect(left[2 + k]).toBeCloseTo(column, 12);
      expect(right[2 + k]).toBeCloseTo(row, 12);
    }
    for (const y of [left, right]) expect([y[0], y[1], y[n + 2], y[n + 4]]).toEqual([-1, -1, -1, -1]);

    const tails = numbers(n * 6);
    const heads = numbers(n * 6);
    const sums = new Float64Array(n * n).fill(-1);
    sumOuterProducts(tails, heads, 5, n, sums);
    for (let i = 0; i < n; i++) {
      for (let j = 0; j < n; j++) {
        let sum = 0;
        for (let t = 0; t < 5; t++) sum += tails[t * n + i] * heads[(t + 1) * n + j];
        expect(sums[i * n + j]).toBeCloseTo(sum, 12);
      }
    }
  });
});

describe('running sum', () => {
  test('keeps what plain addition loses', () => {
    const sum = new RunningSum();
    for (const value of [1, 1e100, 1, -1e100]) sum.add(value);
    expect(sum.value).toBe(2);
    const tenths = new RunningSum();
    for (let i = 0; i < 100_000; i++) tenths.add(0.1);
    expect(tenths.value).toBe(10_000);
  });

  test('infinities', () => {
    const sum = new RunningSum();
    sum.add(5);
    sum.add(-Infinity);
    sum.add(5);
    expect(sum.value).toBe(-Infinity);
    sum.add(Infinity);
    expect(sum.value).toBeNaN();
  });
});
