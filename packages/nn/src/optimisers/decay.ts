import { SMALLEST } from './rule.js';

const { fround } = Math;

/** How many steps are taken before it is looked whether anything is left. */
const STRIDE = 64;

/**
 * Multiplies the values `start` to `end` - 1, none of them negative, `steps` times by `factor`, which is a float32 from 0
 * to 1, and rounds each time. What falls below the smallest normal number is 0.
 */
export function decay(values: Float32Array, start: number, end: number, factor: number, steps: number): void {
  let i = start;
  // Four at a time: each product waits for the one before it, those of other values don't.
  for (; i + 4 <= end; i += 4) {
    let a = values[i];
    let b = values[i + 1];
    let c = values[i + 2];
    let d = values[i + 3];
    for (let left = steps; left > 0; left -= STRIDE) {
      // Values don't grow, so that looking now and then finds all that have fallen below, and nothing else.
      if (a < SMALLEST) a = 0;
      if (b < SMALLEST) b = 0;
      if (c < SMALLEST) c = 0;
      if (d < SMALLEST) d = 0;
      if (a === 0 && b === 0 && c === 0 && d === 0) break;
      for (let step = Math.min(left, STRIDE); step > 0; step--) {
        a = fround(a * factor);
        b = fround(b * factor);
        c = fround(c * factor);
        d = fround(d * factor);
      }
    }
    values[i] = a < SMALLEST ? 0 : a;
    values[i + 1] = b < SMALLEST ? 0 : b;
    values[i + 2] = c < SMALLEST ? 0 : c;
    values[i + 3] = d < SMALLEST ? 0 : d;
  }
  for (; i < end; i++) {
    let value = values[i];
    for (let step = steps; step > 0 && value >= SMALLEST; step--) value = fround(value * factor);
    values[i] = value < SMALLEST ? 0 : value;
  }
}

/** The same for values of either sign. */
export function decaySigned(
  values: Float32Array,
  start: number,
  end: number,
  factor: number,
  steps: number,
): void {
  for (let i = start; i < end; i++) {
    let value = values[i];
    for (let step = steps; step > 0 && Math.abs(value) >= SMALLEST; step--) value = fround(value * factor);
    values[i] = Math.abs(value) < SMALLEST ? 0 : value;
  }
}
