import { addGradients, computeGradients, noGradients, RandomStream, type Gradients } from '@cognate/nn';
import type { TrainableModel } from './model.js';
import { LocalUpdater } from './updater.js';
import type { PartJob, PartResult, RunningTeam, TeamStart } from './team.js';

/** The stream that a part's dropout draws from: it depends on the seed and the part's name alone. */
function partStream(seed: number, name: string): RandomStream {
  return new RandomStream(seed).fork('loss').fork(name);
}

/**
 * The losses of a part's pieces and the sum of their weighted gradients. Synchronous; the same on every thread.
 *
 * Gradients are taken for each piece by itself and scaled afterwards, so that a model need not know of weights.
 */
export function computePart<Example>(
  model: TrainableModel<Example>,
  { pieces, stream }: PartJob<Example>,
  seed: number,
): PartResult {
  let sum = noGradients();
  const losses: number[] = [];
  for (const [piece, { weight, examples }] of pieces.entries()) {
    let gradients: Gradients;
    try {
      const random = partStream(seed, `${stream} ${piece}`);
      gradients = computeGradients(model.parameters, () => model.batchLoss(examples, { random }));
    } catch (error) {
      return { ok: false, piece, error };
    }
    losses.push(gradients.loss);
    if (piece > 0) addGradients(sum, gradients, weight);
    else sum = scaled(gradients, weight);
  }
  return { ok: true, losses, gradients: sum };
}

/** Multiplies gradients, in place. */
function scaled(gradients: Gradients, weight: number): Gradients {
  if (weight === 1) return gradients;
  const tables = Array.from(gradients.sparse.values(), ({ values }) => values);
  for (const values of [...gradients.dense.values(), ...tables]) {
    for (let i = 0; i < values.length; i++) values[i] *= weight;
  }
  gradients.loss *= weight;
  return gradients;
}

/** Computes every part on this thread, one after the other. */
export function oneThread<Example>({ model, parameters, seed }: TeamStart<Example>): RunningTeam<Example> {
  return {
    updater: (start) => Promise.resolve(new LocalUpdater(parameters, start, false)),
    compute: (jobs) => Promise.resolve(jobs.map((job) => computePart(model, job, seed))),
    close: () => Promise.resolve(),
  };
}
