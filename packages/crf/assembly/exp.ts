/*
 * exp in two lanes. x = k ln2 + r with whole k and |r| <= ln2/2, so exp(x) = 2^k exp(r); a polynomial of degree 11 through the
 * Chebyshev nodes of that interval gives exp(r) to 1.6e-17 of itself. With rounding the error is below 1.5 units in the last
 * place.
 */

const LEAST: f64 = -708;
// ln 2 in two parts, the first short enough that k times it is exact.
const LN2_HIGH: f64 = 6.93147180369123816490e-1;
const LN2_LOW: f64 = 1.90821492927058770002e-10;

/** exp of two numbers of at most 0; 0 below -708, where results cease to be normal numbers. NaN stays NaN. */
// @ts-ignore: a decorator on a function
@inline
export function expOfNegative(x: v128): v128 {
  const k = f64x2.nearest(f64x2.mul(x, f64x2.splat(1.4426950408889634)));
  const r = f64x2.sub(
    f64x2.sub(x, f64x2.mul(k, f64x2.splat(LN2_HIGH))),
    f64x2.mul(k, f64x2.splat(LN2_LOW)),
  );
  const r2 = f64x2.mul(r, r);
  const r4 = f64x2.mul(r2, r2);
  // Estrin's scheme: short chains of operations that wait for each other.
  const c23 = f64x2.add(f64x2.splat(0.5000000000000001), f64x2.mul(r, f64x2.splat(0.16666666666666669)));
  const c45 = f64x2.add(f64x2.splat(0.04166666666662399), f64x2.mul(r, f64x2.splat(0.008333333333330051)));
  const c67 = f64x2.add(f64x2.splat(0.0013888888917281794), f64x2.mul(r, f64x2.splat(0.00019841269863105968)));
  const c89 = f64x2.add(f64x2.splat(2.480152119021773e-5), f64x2.mul(r, f64x2.splat(2.7557268378684192e-6)));
  const cab = f64x2.add(f64x2.splat(2.7620138719733994e-7), f64x2.mul(r, f64x2.splat(2.5100424157005067e-8)));
  const high = f64x2.add(f64x2.add(c45, f64x2.mul(r2, c67)), f64x2.mul(r4, f64x2.add(c89, f64x2.mul(r2, cab))));
  const tail = f64x2.add(f64x2.mul(r2, c23), f64x2.mul(r4, high));
  const p = f64x2.add(f64x2.splat(1), f64x2.add(r, tail));
  // 2^k by its bits: the low bits of 1.5 * 2^52 + 1023 + k are those of 1023 + k.
  const bits = f64x2.add(k, f64x2.splat(6755399441055744 + 1023));
  const power = i64x2.shl(bits, 52);
  const result = f64x2.mul(p, power);
  // Also where x is NaN: the comparison fails, and the result is NaN already.
  return v128.andnot(result, f64x2.lt(x, f64x2.splat(LEAST)));
}
