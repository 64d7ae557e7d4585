import { addGradients, computeGradients, noGradients, RandomStream, type Gradients } from '@cognate/nn';
import type { TrainableModel } from './model.js';
import { LocalUpdater } from './updater.js';
import type { PartJob, PartResult, RunningTeam, TeamStart } from './team.js';

/** The stream that a part's dropout draws from: it depends on the seed and the part's name alone. */
function partStream(seed: number, name: string): RandomStream {
  return new RandomStream(seed).fork('loss').fork(name);
}

/** Arrays for the gradients of dense parameters that are used again at every step, by name. */
export class GradientRoom {
  /** Of the sum over a part's pieces. */
  readonly sum: Map<string, Float32Array>;
  /** Of a further piece, until it has been added. */
  readonly piece = new Map<string, Float32Array>();

  /** @param sum arrays that the sum is to be written to; others are made when they are first needed */
  constructor(sum?: Iterable<readonly [name: string, values: Float32Array]>) {
    this.sum = new Map(sum);
  }
}

/**
 * The losses of a part's pieces and the sum of their weighted gradients. Synchronous; the same on every thread.
 *
 * Gradients are taken for each piece by itself and scaled afterwards, so that a model need not know of weights.
 *
 * @param room where the dense gradients go, which are valid until it is used again
 */
export function computePart<Example>(
  model: TrainableModel<Example>,
  { pieces, stream }: PartJob<Example>,
  seed: number,
  room: GradientRoom,
): PartResult {
  let sum = noGradients();
  const losses: number[] = [];
  for (const [piece, { weight, examples }] of pieces.entries()) {
    let gradients: Gradients;
    try {
      const random = partStream(seed, `${stream} ${piece}`);
      const into = piece > 0 ? room.piece : room.sum;
      gradients = computeGradients(model.parameters, () => model.batchLoss(examples, { random }), { into });
      for (const [name, values] of gradients.dense) into.set(name, values);
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
export function oneThread<Example>({
  model,
  parameters,
  seed,
  parts,
}: TeamStart<Example>): RunningTeam<Example> {
  const rooms = Array.from({ length: parts }, () => new GradientRoom());
  return {
    updater: (start) => Promise.resolve(new LocalUpdater(parameters, start, false)),
    compute: (jobs) => Promise.resolve(jobs.map((job, part) => computePart(model, job, seed, rooms[part]))),
    close: () => Promise.resolve(),
  };
}
