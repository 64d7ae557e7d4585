import type { Kernels } from '../kernels/kernels.js';

/** Where a run of numbers lies in the heap of the kernels. */
export interface Place {
  /** Address of the parameter's values. */
  readonly values: number;
  /** Addresses of what the rule keeps, in the order of its slots. */
  readonly slots: readonly number[];
  readonly count: number;
}

/**
 * The arithmetic of an optimiser on runs of numbers. Everything is float32: each operation is rounded, so that scalar and SIMD kernels, and
 * one step after another as well as many put off, come to the same bits.
 */
export interface Rule {
  /** Names of the arrays that the rule keeps for each parameter, as long as its values. */
  readonly slots: readonly string[];
  /** Whether values move at steps at which their gradient is 0. */
  readonly drifts: boolean;
  /** Throws if there is no such step, before anything is changed. */
  prepare(step: number): void;
  /** Step number `step`, from 1, with the gradients at an address. */
  update(kernels: Kernels, place: Place, gradient: number, step: number): void;
  /** The steps `first` to `last` with gradients of 0: the same bits as `update` with zeros. */
  idle(kernels: Kernels, place: Place, first: number, last: number): void;
}
