/** A linear axis: where values lie between two edges, and the round values that are marked. */
export interface Axis {
  readonly ticks: readonly number[];
  place(value: number): number;
}

/**
 * An axis from `low` to `high`, widened to round values.
 *
 * @param from where the lowest value lies, in pixels
 * @param to where the highest one lies
 * @param most ticks at most, about
 */
export function linearAxis(low: number, high: number, from: number, to: number, most = 6): Axis {
  const span = high > low ? high - low : Math.abs(low) || 1;
  const step = roundStep(span / most);
  const first = Math.floor(low / step);
  const last = Math.max(first + 1, Math.ceil((low + span) / step));
  // Multiples of the step, not sums of it: 0.3 rather than 0.30000000000000004.
  const ticks = Array.from({ length: last - first + 1 }, (_, i) =>
    Number(((first + i) * step).toPrecision(12)),
  );
  const [bottom, top] = [ticks[0], ticks[ticks.length - 1]];
  return { ticks, place: (value) => from + ((value - bottom) / (top - bottom)) * (to - from) };
}

/** The least of 1, 2 and 5 times a power of ten that is no smaller. */
function roundStep(least: number): number {
  const power = 10 ** Math.floor(Math.log10(least));
  const factor = [1, 2, 5, 10].find((one) => one * power >= least * (1 - 1e-9)) ?? 10;
  return factor * power;
}
