import type { LbfgsState } from '../optimize/lbfgs.js';
import { passedOver } from '../optimize/vectors.js';
import type { CompleteParams } from '../params.js';
import type { State, StateArray, StateReader } from './state.js';

const MOST_ITERATIONS = 2 ** 31;

/** As the numbers and arrays of a checkpoint. */
export function saveLbfgs({ value, x, gradient, direction, pastValues, history }: LbfgsState): State {
  const arrays: Record<string, StateArray> = { x, gradient, direction, pastValues };
  arrays.curvatures = Float64Array.from(history, ({ curvature }) => curvature);
  for (const [k, { curvature, step, change }] of history.entries()) {
    if (!(curvature > 0)) continue;
    arrays[`step ${k}`] = step;
    arrays[`change ${k}`] = change;
  }
  return { numbers: { value }, arrays };
}

/** The reverse of {@link saveLbfgs}. @throws CheckpointError for what does not fit. */
export function readLbfgs(state: StateReader, size: number, params: CompleteParams<'lbfgs'>): LbfgsState {
  const iteration = state.whole('iterations', 1, MOST_ITERATIONS);
  const made = Math.min(iteration, params.num_memories);
  return {
    iteration,
    value: state.number('value'),
    x: state.floats('x', size),
    gradient: state.floats('gradient', size),
    direction: state.floats('direction', size),
    pastValues: state.floats('pastValues', params.period),
    history: Array.from(state.floats('curvatures', made), (curvature, k) =>
      curvature > 0
        ? { curvature, step: state.floats(`step ${k}`, size), change: state.floats(`change ${k}`, size) }
        : passedOver,
    ),
  };
}
