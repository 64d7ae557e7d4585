import type { Breathe } from '../../breathe.js';
import type { Corpus } from '../../corpus.js';
import type { FeatureSet } from '../../features.js';
import type { TrainingKernel } from '../kernel.js';
import { alone, cutPieces } from './alone.js';
import { MAX_PAGES } from './arena.js';
import { compileModule } from './module.js';
import { layOut } from './problem.js';
import { Share } from './share.js';
import type { Team } from './team.js';
import { SimdVectors } from './vectors.js';

/** The kernel in WebAssembly with SIMD. */
class SimdKernel implements TrainingKernel {
  readonly name = 'simd';
  readonly notes: string[] = [];
  readonly vectors: SimdVectors;
  readonly #team: Team;
  /** For weights and a gradient that come in arrays of their own. */
  readonly #weights: Float64Array;
  readonly #gradient: Float64Array;

  constructor(vectors: SimdVectors, team: Team) {
    this.vectors = vectors;
    this.#team = team;
    this.#weights = vectors.vector();
    this.#gradient = vectors.vector();
  }

  get threads(): number {
    return this.#team.size;
  }

  async lossAndGradient(weights: Float64Array, gradient: Float64Array, breathe: Breathe): Promise<number> {
    const own = this.vectors.address(weights) > 0 ? weights : this.#weights;
    const ownGradient = this.vectors.address(gradient) > 0 ? gradient : this.#gradient;
    if (own !== weights) own.set(weights);
    const loss = await this.#team.loss(this.vectors.address(own), this.vectors.address(ownGradient), breathe);
    if (ownGradient !== gradient) gradient.set(ownGradient);
    return loss;
  }

  close(): Promise<void> {
    return this.#team.close();
  }
}

/**
 * Builds the kernel on so many threads, 1 = this one; undefined where the data do not fit into the memory that WebAssembly can
 * address. There is room for `vectors` vectors, or for none where that is too much.
 */
export async function simdKernel(
  corpus: Corpus,
  features: FeatureSet,
  threads: number,
  vectors: number,
  signal?: AbortSignal,
): Promise<(TrainingKernel & { notes: string[] }) | undefined> {
  let laidOut = layOut(corpus, features, threads, vectors + 2);
  if (laidOut.problem.pages > MAX_PAGES) laidOut = layOut(corpus, features, threads, 2);
  const { problem, write } = laidOut;
  if (problem.pages > MAX_PAGES) return undefined;
  const shared = threads > 1;
  const module = await compileModule(shared);
  const memory = new WebAssembly.Memory({ initial: problem.pages, maximum: 65536, shared });
  write(memory);
  const team = shared
    ? await (await import('../threads/crew.js')).startCrew(module, memory, problem, signal)
    : alone(new Share(module, memory, problem, 0), cutPieces(corpus, problem));
  return new SimdKernel(new SimdVectors(module, memory, problem, team), team);
}
