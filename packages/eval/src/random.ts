import { EvaluationError, shown } from './errors.js';

/**
 * A seeded stream of 32 random bits at a time: xoshiro128** (Blackman and Vigna 2021), its state filled from the seed by
 * splitmix32. The same seed gives the same stream everywhere.
 */
export function randomBits(seed: number): () => number {
  if (!Number.isSafeInteger(seed)) {
    throw new EvaluationError(`expected the seed as a whole number, got ${shown(seed)}`);
  }
  let fill = (seed ^ Math.imul(Math.floor(seed / 2 ** 32), 0x9e3779b9)) | 0;
  const next = (): number => {
    fill = (fill + 0x9e3779b9) | 0;
    let mixed = Math.imul(fill ^ (fill >>> 16), 0x21f0aaad);
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
    return mixed ^ (mixed >>> 15);
  };
  let a = next();
  let b = next();
  let c = next();
  let d = next();
  return () => {
    const product = Math.imul(b, 5);
    const bits = Math.imul((product << 7) | (product >>> 25), 9) >>> 0;
    const shifted = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= shifted;
    d = (d << 11) | (d >>> 21);
    return bits;
  };
}
