import type { Breathe } from '../breathe.js';
import type { State, StateReader } from '../checkpoint/state.js';
import type { CalibrationEvent, IterationEvent } from '../events.js';
import type { OnlineKernel } from '../online/kernel.js';
import type { Algorithm } from '../params.js';
import type { StopReason } from '../optimize/lbfgs.js';

/** The algorithms that change the weights after each sequence. */
export type OnlineAlgorithm = Exclude<Algorithm, 'lbfgs'>;

/** What a stochastic trainer works on. The kernel's weights are those to start from. */
export interface OnlineRun<A extends OnlineAlgorithm = OnlineAlgorithm> {
  readonly kernel: OnlineKernel;
  readonly numSequences: number;
  /** [numSequences]; undefined if all count 1. */
  readonly sequenceWeights: Float64Array | undefined;
  readonly seed: number;
  readonly breathe: Breathe;
  readonly onTrial: (event: CalibrationEvent) => void;
  /**
   * Reports an epoch; `weights`, laid out as the kernel's, are what the model would be now. True: the caller wants it to end.
   */
  readonly onEpoch: (epoch: Epoch<A>, weights: Float64Array) => Promise<boolean>;
  readonly checkpoints?: OnlineCheckpoints | undefined;
}

/** Where the state of a stochastic trainer goes, and comes from. */
export interface OnlineCheckpoints {
  /** Where to go on. */
  readonly from: StateReader | undefined;
  /** So many epochs are finished; from now on `state` gives where it stands, whenever something is awaited. */
  reached(epochs: number, state: () => State): Promise<void>;
  /** After a pause. */
  pause(): Promise<void>;
}

/** What an epoch came to, but for what is the same with all trainers. */
export type Epoch<A extends OnlineAlgorithm> = A extends OnlineAlgorithm
  ? Omit<IterationEvent<A>, 'type' | 'algorithm' | 'activeFeatures' | 'holdout'>
  : never;

export interface OnlineResult {
  /** Laid out as the kernel's weights. */
  readonly weights: Float64Array;
  readonly loss: number;
  readonly iterations: number;
  readonly reason: StopReason;
}

export const MOST_EPOCHS = 2 ** 31;

/** The loss of the epochs so far, and whether it still falls. */
export class Progress {
  readonly #period: number;
  readonly #delta: number;
  #past: number[] = []; // a ring of the last `period` losses
  #epochs = 0;

  constructor(period: number, delta: number) {
    this.#period = period;
    this.#delta = delta;
  }

  /** Takes the loss of an epoch; gives by which fraction of itself it is below that of `period` epochs ago, if that was. */
  add(loss: number): number | undefined {
    const at = this.#epochs % this.#period;
    const improvement = this.#epochs < this.#period ? undefined : (this.#past[at] - loss) / loss;
    this.#past[at] = loss;
    this.#epochs++;
    return improvement;
  }

  save(): State {
    return { numbers: { epochs: this.#epochs }, arrays: { pastLosses: Float64Array.from(this.#past) } };
  }

  restore(state: StateReader): void {
    this.#epochs = state.whole('epochs', 0, MOST_EPOCHS);
    const past = state.floats('pastLosses', Math.min(this.#epochs, this.#period));
    this.#past = Array.from(past);
  }

  /** Whether such an improvement is too little to go on. */
  isTooLittle(improvement: number | undefined): boolean {
    return improvement !== undefined && improvement < this.#delta;
  }
}

/** Where a stochastic trainer came to a loss that is no number. */
export function diverged(what: string): RangeError {
  return new RangeError(`training: expected a finite loss, got an infinite one ${what}`);
}
