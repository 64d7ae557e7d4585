/** Where the first NaN or infinity is, or -1. */
export function nonFiniteIndex(values: Float32Array): number {
  // Sums of float32 can't overflow a double, so they are finite unless a summand isn't. Four of them at a time, because a sum
  // waits for the one before it.
  let a = 0;
  let b = 0;
  let c = 0;
  let d = 0;
  const even = values.length - (values.length % 4);
  for (let i = 0; i < even; i += 4) {
    a += values[i];
    b += values[i + 1];
    c += values[i + 2];
    d += values[i + 3];
  }
  for (let i = even; i < values.length; i++) a += values[i];
  return Number.isFinite(a + b + c + d) ? -1 : values.findIndex((value) => !Number.isFinite(value));
}
