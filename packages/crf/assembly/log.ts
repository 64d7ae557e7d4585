/**
 * Products of many positive numbers and their logarithm, without one logarithm each: the mantissa and the exponent of the product
 * are kept apart. Factors are normal numbers.
 */
export let mantissa: f64 = 1;
export let exponent: i32 = 0;

// @ts-ignore: a decorator on a function
@inline
export function startProduct(): void {
  mantissa = 1;
  exponent = 0;
}

/** For a factor of 2^-1000 to 2^500 or so. */
// @ts-ignore: a decorator on a function
@inline
export function multiplyProduct(factor: f64): void {
  // The mantissa is in [1, 2) and does not push the product out of the normal numbers.
  const product = mantissa * factor;
  const bits = reinterpret<u64>(product);
  exponent += <i32>((bits >> 52) & 2047) - 1023;
  mantissa = reinterpret<f64>((bits & 0x000fffffffffffff) | 0x3ff0000000000000);
}

/** The logarithm of the product. log m = 2 artanh((m - 1) / (m + 1)), by its series for sqrt(1/2) <= m < sqrt(2). */
export function logProduct(): f64 {
  let m = mantissa;
  let e = exponent;
  if (m > Math.SQRT2) {
    m *= 0.5;
    e += 1;
  }
  const t = (m - 1) / (m + 1);
  const t2 = t * t;
  let sum: f64 = 0;
  for (let k = 23; k >= 3; k -= 2) sum = (sum + 1 / <f64>k) * t2;
  return <f64>e * 0.6931471805599453 + 2 * (t + t * sum);
}
