import type { OptimizerState } from '@cognate/nn';
import type { AverageState } from '../average.js';
import type { EpochRecord, Phase } from '../events.js';
import type { Arrays, StoredArray } from './file.js';

/** Where a run stands, as JSON. Everything that later steps depend on is here, in {@link RunArrays} or in the options. */
export interface Progress {
  phase: Phase;
  /** The epoch that is under way, from 1 within the phase. */
  epoch: number;
  /** Steps that it has made. */
  step: number;
  totalSteps: number;
  /** Σ weight · loss of this epoch so far. */
  loss: number;
  /** By corpus: what this epoch has seen so far. */
  seen: { loss: number; sentences: number; tokens: number }[];
  /** Finished epochs of both phases. */
  records: EpochRecord[];
  /** The evaluation with the highest score so far, the first of several. */
  best: { phase: Phase; epoch: number; dev: number } | null;
  /** Evaluations since then. */
  stale: number;
}

/** The numbers of a run. */
export interface RunArrays {
  readonly parameters: ReadonlyMap<string, Float32Array>;
  readonly optimizer: OptimizerState;
  readonly average: AverageState | undefined;
  /** Weights of the best epoch. */
  readonly best: ReadonlyMap<string, Float32Array> | undefined;
}

/** All arrays of a run under names of their own. */
export function flatten({ parameters, optimizer, average, best }: RunArrays): Arrays {
  const arrays = new Map<string, StoredArray>();
  const put = (group: string, from: ReadonlyMap<string, StoredArray>) => {
    for (const [name, array] of from) arrays.set(`${group}/${name}`, array);
  };
  put('parameters', parameters);
  put('optimizer', optimizer);
  if (average) {
    put('average', average.values);
    put('average-seen', average.seenAt);
    arrays.set('average-steps', Float64Array.of(average.steps, average.logKept));
  }
  if (best) put('best', best);
  return arrays;
}

/** The reverse of {@link flatten}. */
export function unflatten(arrays: Arrays): RunArrays {
  const group = <T extends StoredArray>(name: string): Map<string, T> =>
    new Map(
      [...arrays]
        .filter(([key]) => key.startsWith(`${name}/`))
        .map(([key, array]) => [key.slice(name.length + 1), array as T]),
    );
  const best = group<Float32Array>('best');
  const counters = arrays.get('average-steps');
  return {
    parameters: group('parameters'),
    optimizer: group('optimizer'),
    average: counters && {
      steps: counters[0],
      logKept: counters[1],
      values: group('average'),
      seenAt: group('average-seen'),
    },
    best: best.size > 0 ? best : undefined,
  };
}
