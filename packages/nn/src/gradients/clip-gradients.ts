import type { Gradients } from './types.js';

/**
 * Scales all gradients together so that their norm, the root of the sum of all squares, is at most `norm`. Gives the norm from
 * before. Pascanu, Mikolov and Bengio, "On the difficulty of training recurrent neural networks", ICML 2013.
 */
export function clipGradients(gradients: Gradients, norm: number): number {
  if (!(norm > 0)) throw new RangeError(`norm: expected a number above 0, got ${String(norm)}`);
  const all = [...gradients.dense.values(), ...Array.from(gradients.sparse.values(), ({ values }) => values)];
  const before = Math.sqrt(all.reduce((sum, values) => sum + sumOfSquares(values), 0));
  if (before > norm) {
    const scale = norm / before;
    for (const values of all) for (let i = 0; i < values.length; i++) values[i] *= scale;
  }
  return before;
}

function sumOfSquares(values: Float32Array): number {
  let even = 0;
  let odd = 0;
  const pairs = values.length & ~1;
  for (let i = 0; i < pairs; i += 2) {
    even += values[i] * values[i];
    odd += values[i + 1] * values[i + 1];
  }
  if (pairs < values.length) even += values[pairs] * values[pairs];
  return even + odd;
}
