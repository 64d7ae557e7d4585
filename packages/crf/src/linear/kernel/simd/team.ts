import type { Breathe } from '../../breathe.js';
import type { TurnAddresses } from './turn.js';

/** Those who work on a problem: this thread alone, or some others. */
export interface Team {
  readonly size: number;
  /** The loss at weights [numFeatures] at an address; writes its gradient to another. NaN where a weight or score is none. */
  loss(weights: number, gradient: number, breathe: Breathe): Promise<number>;
  /** A turn of L-BFGS; gives the curvature of the step. */
  turn(addresses: TurnAddresses): Promise<number> | number;
  close(): Promise<void>;
}
