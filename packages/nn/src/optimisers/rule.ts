/**
 * The arithmetic of an optimiser on a run of numbers. Everything is float32: each operation is rounded, so that scalar and
 * SIMD code, and one step after another as well as many put off, come to the same bits.
 */
export interface Rule {
  /** Names of the arrays that the rule keeps for each parameter, as long as its values. */
  readonly slots: readonly string[];
  /** Whether values move at steps at which their gradient is 0. */
  readonly drifts: boolean;
  /** Step number `step`, from 1, for the values `start` to `end` - 1; `gradient[at]` is that of the first. */
  update(
    values: Float32Array,
    slots: readonly Float32Array[],
    start: number,
    end: number,
    gradient: Float32Array,
    at: number,
    step: number,
  ): void;
  /** The steps `first` to `last` for those values, with gradients of 0: the same bits as `update` with zeros. */
  idle(
    values: Float32Array,
    slots: readonly Float32Array[],
    start: number,
    end: number,
    first: number,
    last: number,
  ): void;
}

/** The smallest normal float32. What decays below it becomes 0: arithmetic on smaller numbers is slow. */
export const SMALLEST = 2 ** -126;
