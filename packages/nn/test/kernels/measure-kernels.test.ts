import { expect, it, vi } from 'vitest';
import { hasKernels, measureKernels, useKernels } from '../../src/index.js';

it('counts operations by the clock', () => {
  // A clock that goes on by 3 ms whenever somebody looks.
  let now = 0;
  vi.spyOn(performance, 'now').mockImplementation(() => (now += 3));
  // One product, 2 · 12 · 128 · 64 operations, for each run of 3 ms.
  expect(measureKernels('scalar', 30)).toBeCloseTo((2 * 12 * 128 * 64) / 3 / 1e6, 9);
  vi.restoreAllMocks();
});

it('gives a rate for the kernels in use', () => {
  useKernels(hasKernels('simd') ? 'simd' : 'scalar');
  expect(measureKernels(undefined, 20)).toBeGreaterThan(0);
  expect(measureKernels(undefined, 20)).toBeLessThan(10_000);
});
