export interface GradientCheckOptions {
  /** Half the distance between the two points of the difference; 1e-3 unless told. */
  readonly step?: number;
  /** Which entries of `at` to check; all unless told. */
  readonly indices?: Iterable<number>;
}

/**
 * The gradient of `loss` by central differences of two widths and Richardson's extrapolation: the error falls with the
 * fourth power of the step. `at` is changed in place while it runs and restored.
 */
export function finiteDifferences(
  loss: () => number,
  at: Float64Array | Float32Array,
  options: GradientCheckOptions = {},
): Float64Array {
  const { step = 1e-3, indices = at.keys() } = options;
  const gradient = new Float64Array(at.length);
  for (const i of indices) {
    const value = at[i];
    const slope = (distance: number): number => {
      at[i] = value + distance;
      const up = at[i];
      const above = loss();
      at[i] = value - distance;
      const below = loss();
      // What was added may have been rounded: divide by what was.
      return (above - below) / (up - at[i]);
    };
    gradient[i] = (4 * slope(step / 2) - slope(step)) / 3;
    at[i] = value;
  }
  return gradient;
}

/** The largest difference between a gradient and the one by {@link finiteDifferences}, relative to max(1, |entry|). */
export function gradientError(
  loss: () => number,
  at: Float64Array | Float32Array,
  gradient: ArrayLike<number>,
  options: GradientCheckOptions = {},
): number {
  const indices = [...(options.indices ?? at.keys())];
  const expected = finiteDifferences(loss, at, { ...options, indices });
  let worst = 0;
  for (const i of indices) {
    const error = Math.abs(gradient[i] - expected[i]) / Math.max(1, Math.abs(expected[i]));
    // NaN is the worst of all, and would lose every comparison.
    if (!(error <= worst)) worst = Number.isNaN(error) ? Infinity : error;
  }
  return worst;
}
