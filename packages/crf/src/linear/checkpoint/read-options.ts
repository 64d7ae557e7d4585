import { CrfInputError, show } from '../errors.js';
import type { CheckpointOptions, CheckpointStore } from './store.js';

/** Options that have been checked, with defaults filled in. */
export interface ReadCheckpoints {
  readonly store: CheckpointStore;
  /** Infinity: not by time. */
  readonly everySeconds: number;
  /** Infinity: not by iterations. */
  readonly everyIterations: number;
  readonly resume: 'auto' | 'must' | 'never';
}

const NAMES = ['store', 'everySeconds', 'everyIterations', 'resume'];
const SECONDS = 60;

export function readCheckpoints(given: CheckpointOptions): ReadCheckpoints {
  if (typeof (given as unknown) !== 'object' || (given as unknown) === null) {
    throw new CrfInputError(`checkpoints: expected an object with a store, got ${show(given)}`);
  }
  for (const name of Object.keys(given)) {
    if (!NAMES.includes(name)) {
      throw new CrfInputError(`checkpoints: expected ${NAMES.join(', ')}, got ${show(name)}`);
    }
  }
  const { store, everySeconds, everyIterations, resume = 'auto' } = given;
  const parts = store as Partial<CheckpointStore> | undefined;
  if (typeof parts?.write !== 'function' || typeof parts.list !== 'function') {
    throw new CrfInputError(`checkpoints.store: expected { write, list }, got ${show(store)}`);
  }
  if (everySeconds !== undefined && !(typeof everySeconds === 'number' && everySeconds >= 0)) {
    throw new CrfInputError(`checkpoints.everySeconds: expected a number from 0, got ${show(everySeconds)}`);
  }
  if (everyIterations !== undefined && !(Number.isInteger(everyIterations) && everyIterations >= 1)) {
    throw new CrfInputError(
      `checkpoints.everyIterations: expected a whole number from 1, got ${show(everyIterations)}`,
    );
  }
  if (!['auto', 'must', 'never'].includes(resume)) {
    throw new CrfInputError(`checkpoints.resume: expected 'auto', 'must' or 'never', got ${show(resume)}`);
  }
  return {
    store,
    everySeconds: everySeconds ?? (everyIterations === undefined ? SECONDS : Infinity),
    everyIterations: everyIterations ?? Infinity,
    resume,
  };
}
