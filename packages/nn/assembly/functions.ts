/** Elementary functions of four lanes. The scalar kernels in src/kernels do the same, operation by operation. */
import { fma } from './fma';

/**
 * x P(x^2) / Q(x^2), P and Q of degree 4: fitted to tanh for the smallest maximal error on [0, 8.2], which is 1e-8 before rounding; with rounding
 * below 4e-7. Beyond ±8 it stays what it is there, less than 1.
 */
// @ts-ignore: a decorator on a function
@inline
export function tanh(x: v128): v128 {
  x = f32x4.pmin(f32x4.pmax(x, f32x4.splat(-8)), f32x4.splat(8));
  const square = f32x4.mul(x, x);
  let p = fma(f32x4.splat(1.4809785398028907e-8), square, f32x4.splat(2.1614681827486493e-5));
  p = fma(p, square, f32x4.splat(3.5552859771996737e-3));
  p = fma(p, square, f32x4.splat(0.134309321641922));
  p = fma(p, square, f32x4.splat(1));
  let q = fma(f32x4.splat(8.357915248780046e-7), square, f32x4.splat(3.3841721597127616e-4));
  q = fma(q, square, f32x4.splat(2.6102935895323753e-2));
  q = fma(q, square, f32x4.splat(0.46764254570007324));
  q = fma(q, square, f32x4.splat(1));
  return f32x4.div(f32x4.mul(x, p), q);
}

/** 1 / (1 + e^-x) = 1/2 + 1/2 tanh (x / 2). */
// @ts-ignore: a decorator on a function
@inline
export function sigmoid(x: v128): v128 {
  const half = f32x4.splat(0.5);
  return fma(tanh(f32x4.mul(x, half)), half, half);
}
