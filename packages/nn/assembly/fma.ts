/** a * b + c in each of four lanes; rounded once where the module has relaxed SIMD and the host fuses, twice elsewhere. */
// @ts-ignore: a decorator on a function
@inline
export function fma(a: v128, b: v128, c: v128): v128 {
  if (ASC_FEATURE_RELAXED_SIMD) return f32x4.relaxed_madd(a, b, c);
  return f32x4.add(f32x4.mul(a, b), c);
}
