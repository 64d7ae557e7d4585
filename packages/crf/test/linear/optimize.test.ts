import { describe, expect, it } from 'vitest';
import { lbfgs, type LbfgsIteration, type LbfgsOptions } from '../../src/linear/optimize/lbfgs.js';
import type { LineSearchName } from '../../src/linear/optimize/line-search.js';
import type { Objective } from '../../src/linear/optimize/objective.js';

const options: LbfgsOptions = {
  memories: 6,
  epsilon: 1e-9,
  period: 0,
  delta: 0,
  maxIterations: 500,
  lineSearch: 'MoreThuente',
  maxLineSearch: 40,
  c1: 0,
};
const goOn = () => Promise.resolve({ stop: false });
const searches: LineSearchName[] = ['MoreThuente', 'Backtracking', 'StrongBacktracking'];

const objectiveOf = (size: number, f: (x: Float64Array, g: Float64Array) => number): Objective => ({
  size,
  evaluate: (x, g) => Promise.resolve(f(x, g)),
});

/** Rosenbrock's function in pairs of variables: a bent valley, with minimum 0 where all are 1. */
const rosenbrock = objectiveOf(10, (x, g) => {
  let sum = 0;
  for (let i = 0; i < 10; i += 2) {
    const a = x[i + 1] - x[i] ** 2;
    const b = 1 - x[i];
    sum += 100 * a * a + b * b;
    g[i] = -400 * x[i] * a - 2 * b;
    g[i + 1] = 200 * a;
  }
  return sum;
});

/** Σ h_i (x_i - m_i)² / 2, h from 1 to 1000. */
const curvature = (i: number): number => 10 ** (i % 4);
const middle = (i: number): number => (i % 7) - 3 + 0.25 * (i % 3);
const bowl = (size: number) =>
  objectiveOf(size, (x, g) => {
    let sum = 0;
    for (let i = 0; i < size; i++) {
      const distance = x[i] - middle(i);
      sum += (curvature(i) * distance * distance) / 2;
      g[i] = curvature(i) * distance;
    }
    return sum;
  });

describe('lbfgs', () => {
  it.each(searches)('finds the minimum of a bent valley by %s', async (lineSearch) => {
    const x = new Float64Array(10).fill(-1.2);
    const result = await lbfgs(rosenbrock, x, { ...options, lineSearch }, goOn);
    expect(result.reason).toBe('epsilon');
    for (const value of x) expect(value).toBeCloseTo(1, 7);
  });

  it.each(searches)(
    'goes down at each step, by steps that satisfy the Wolfe conditions: %s',
    async (lineSearch) => {
      let previous: { value: number; x: Float64Array; g: Float64Array } | undefined;
      let checked = 0;
      await lbfgs(
        rosenbrock,
        new Float64Array(10).fill(-1.2),
        { ...options, lineSearch },
        async ({ x, value }) => {
          const g = new Float64Array(10);
          await rosenbrock.evaluate(x, g);
          if (previous) {
            const before = previous;
            const along = (slope: Float64Array) =>
              slope.reduce((sum, s, i) => sum + s * (x[i] - before.x[i]), 0);
            expect(value).toBeLessThanOrEqual(before.value + 1e-4 * along(before.g) + 1e-15);
            expect(along(g)).toBeGreaterThanOrEqual(0.9 * along(before.g));
            if (lineSearch !== 'Backtracking') expect(along(g)).toBeLessThanOrEqual(-0.9 * along(before.g));
            checked++;
          }
          previous = { value, x: x.slice(), g };
          return { stop: false };
        },
      );
      expect(checked).toBeGreaterThan(10);
    },
  );

  it.each(searches)('stays where the function has values: %s', async (lineSearch) => {
    // 1e-3 x - log x, minimum at 1000, no value for x <= 0; and x - log(1 - x) from the other side.
    const barrier = objectiveOf(2, (x, g) => {
      g[0] = 1e-3 - 1 / x[0];
      g[1] = -1 + 1 / (1 - x[1]);
      return 1e-3 * x[0] - Math.log(x[0]) - x[1] - Math.log(1 - x[1]);
    });
    const x = Float64Array.of(1e-3, 0.999);
    const result = await lbfgs(barrier, x, { ...options, lineSearch, epsilon: 1e-7 }, goOn);
    expect(result.value).toBeLessThan(1 - Math.log(1000) + 1e-3);
    expect(x[1]).toBeCloseTo(0, 2);
  });

  it('with c1 gives the soft threshold of each variable, and exact zeros', async () => {
    const c1 = 1.5;
    const x = new Float64Array(60);
    const result = await lbfgs(bowl(60), x, { ...options, c1 }, goOn);
    expect(result.reason).toBe('epsilon');
    let zeros = 0;
    for (let i = 0; i < 60; i++) {
      // The minimum of h (x - m)² / 2 + c1 |x|.
      const expected = Math.sign(middle(i)) * Math.max(0, Math.abs(middle(i)) - c1 / curvature(i));
      if (expected === 0) {
        expect(x[i]).toBe(0);
        zeros++;
      } else expect(x[i]).toBeCloseTo(expected, 6);
    }
    expect(zeros).toBeGreaterThan(5);
  });

  it('stops by itself for each reason', async () => {
    const x = () => new Float64Array(10).fill(-1.2);
    const ends = async (more: Partial<LbfgsOptions>, listener = goOn) =>
      lbfgs(rosenbrock, x(), { ...options, ...more }, listener);
    expect(await ends({ maxIterations: 3 })).toMatchObject({ reason: 'max_iterations', iterations: 3 });
    expect(await ends({ period: 2, delta: 0.5, epsilon: 0 })).toMatchObject({ reason: 'delta' });
    expect(await ends({ epsilon: 1e10 })).toMatchObject({ reason: 'epsilon', iterations: 0 });
    expect(await ends({ maxLineSearch: 1 })).toMatchObject({ reason: 'linesearch' });
    expect(await ends({}, () => Promise.resolve({ stop: true }))).toMatchObject({
      reason: 'stopped',
      iterations: 1,
    });
  });

  it('with maxIterations 0 has no limit', async () => {
    const result = await lbfgs(
      rosenbrock,
      new Float64Array(10).fill(-1.2),
      { ...options, maxIterations: 0 },
      goOn,
    );
    expect(result.reason).toBe('epsilon');
  });

  it.each(searches)('goes back to the last good point where a line search fails: %s', async (lineSearch) => {
    const seen: LbfgsIteration[] = [];
    const copies: Float64Array[] = [];
    const x = new Float64Array(10).fill(-1.2);
    // Wrong gradients after some evaluations: no step goes down.
    let evaluations = 0;
    const lying: Objective = {
      size: 10,
      async evaluate(at, g) {
        const value = await rosenbrock.evaluate(at, g);
        if (++evaluations > 12) return value + evaluations;
        return value;
      },
    };
    const result = await lbfgs(lying, x, { ...options, lineSearch }, (iteration) => {
      seen.push(iteration);
      copies.push(iteration.x.slice());
      return Promise.resolve({ stop: false });
    });
    expect(result.reason).toBe('linesearch');
    expect(result.iterations).toBe(seen.length);
    expect(result.value).toBe(seen[seen.length - 1].value);
    expect(x).toEqual(copies[copies.length - 1]);
  });

  it('refuses a start without a value', async () => {
    const nowhere = objectiveOf(2, () => NaN);
    await expect(lbfgs(nowhere, new Float64Array(2), options, goOn)).rejects.toThrow(/finite loss/);
  });
});
