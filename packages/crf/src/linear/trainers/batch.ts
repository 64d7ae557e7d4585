import type { Breathe } from '../breathe.js';
import type { TrainingKernel } from '../kernel/kernel.js';
import { lbfgs, type LbfgsContinuation, type LbfgsIteration, type LbfgsResult } from '../optimize/lbfgs.js';
import type { Objective } from '../optimize/objective.js';
import type { CompleteParams } from '../params.js';

/** Trains by L-BFGS or OWL-QN from `weights` [numFeatures] on, or from where an earlier run stood, and leaves the result there. */
export async function trainBatch(
  kernel: TrainingKernel,
  weights: Float64Array,
  params: CompleteParams<'lbfgs'>,
  onIteration: (iteration: LbfgsIteration) => Promise<{ stop: boolean }>,
  breathe: Breathe,
  continuation?: LbfgsContinuation,
): Promise<LbfgsResult> {
  const x = kernel.vectors.vector();
  x.set(weights);
  const result = await lbfgs(
    penalised(kernel, weights.length, params.c2, breathe),
    x,
    {
      memories: params.num_memories,
      epsilon: params.epsilon,
      period: params.period,
      delta: params.delta,
      maxIterations: params.max_iterations,
      lineSearch: params.linesearch,
      maxLineSearch: params.max_linesearch,
      c1: params.c1,
    },
    onIteration,
    continuation,
  );
  weights.set(x);
  return result;
}

/** The kernel's loss + c2 · Σw². */
function penalised(kernel: TrainingKernel, size: number, c2: number, breathe: Breathe): Objective {
  const { vectors } = kernel;
  return {
    size,
    vectors,
    async evaluate(weights, gradient) {
      const loss = await kernel.lossAndGradient(weights, gradient, breathe);
      if (c2 === 0) return loss;
      vectors.step(gradient, gradient, 2 * c2, weights);
      return loss + c2 * vectors.dot(weights, weights);
    },
  };
}
