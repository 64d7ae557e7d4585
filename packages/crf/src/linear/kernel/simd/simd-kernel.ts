import type { Breathe } from '../../breathe.js';
import type { Corpus } from '../../corpus.js';
import type { FeatureSet } from '../../features.js';
import type { TrainingKernel } from '../kernel.js';
import { MAX_PAGES } from './arena.js';
import { compileModule } from './module.js';
import { layOut, type Problem } from './problem.js';
import { Share } from './share.js';

/** About how much work is done between two looks at the clock; a unit takes up to a nanosecond. */
const WORK_PER_LOOK = 3e6;

/** The kernel in WebAssembly with SIMD, on this thread; undefined where the data do not fit into its memory. */
export async function simdKernel(
  corpus: Corpus,
  features: FeatureSet,
  numVectors: number,
): Promise<TrainingKernel | undefined> {
  const { problem, write } = layOut(corpus, features, 1, numVectors);
  if (problem.pages > MAX_PAGES) return undefined;
  const module = await compileModule(false);
  const memory = new WebAssembly.Memory({ initial: problem.pages, maximum: 65536 });
  write(memory);
  return new SimdKernel(module, memory, problem, cutPieces(corpus, problem));
}

class SimdKernel implements TrainingKernel {
  readonly name = 'simd';
  readonly #share: Share;
  readonly #problem: Problem;
  readonly #memory: WebAssembly.Memory;
  /** Sequences between two looks at the clock: pieces[i] .. pieces[i + 1]. */
  readonly #pieces: readonly number[];

  constructor(
    module: WebAssembly.Module,
    memory: WebAssembly.Memory,
    problem: Problem,
    pieces: readonly number[],
  ) {
    this.#share = new Share(module, memory, problem, 0);
    this.#problem = problem;
    this.#memory = memory;
    this.#pieces = pieces;
  }

  async lossAndGradient(weights: Float64Array, gradient: Float64Array, breathe: Breathe): Promise<number> {
    const { numFeatures, vectors } = this.#problem;
    const view = (k: number) => new Float64Array(this.#memory.buffer, vectors[k], numFeatures);
    view(0).set(weights);
    this.#share.load(vectors[0]);
    if (!this.#share.begin()) return NaN;
    let loss = 0;
    for (let i = 0; i + 1 < this.#pieces.length; i++) {
      loss += this.#share.run(this.#pieces[i], this.#pieces[i + 1]);
      const pause = breathe();
      if (pause !== undefined) await pause;
    }
    this.#share.end();
    this.#share.collect(vectors[1]);
    gradient.set(view(1));
    return loss;
  }

  close(): void {
    // Nothing but memory is held.
  }
}

/** Cuts the sequences into runs of about `WORK_PER_LOOK`. */
function cutPieces(corpus: Corpus, { common: { stride } }: Problem): number[] {
  const { numSequences, sequenceOffsets, tokenOffsets } = corpus;
  const work = (token: number): number => (tokenOffsets[token] + 3 * stride * token) * stride;
  const pieces = [0];
  for (let s = 1; s < numSequences; s++) {
    const begun = sequenceOffsets[pieces[pieces.length - 1]];
    if (work(sequenceOffsets[s]) - work(begun) >= WORK_PER_LOOK) pieces.push(s);
  }
  pieces.push(numSequences);
  return pieces;
}
