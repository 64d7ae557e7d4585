import type { Breathe } from '../breathe.js';
import type { TrainingKernel } from '../kernel/kernel.js';
import { lbfgs, type LbfgsIteration, type LbfgsResult } from '../optimize/lbfgs.js';
import { dot, type Objective } from '../optimize/objective.js';
import type { CompleteParams } from '../params.js';

/** Trains by L-BFGS or OWL-QN from `weights` [numFeatures] on, and leaves the result there. */
export function trainBatch(
  kernel: TrainingKernel,
  weights: Float64Array,
  params: CompleteParams<'lbfgs'>,
  onIteration: (iteration: LbfgsIteration) => Promise<{ stop: boolean }>,
  breathe: Breathe,
): Promise<LbfgsResult> {
  return lbfgs(
    penalised(kernel, weights.length, params.c2, breathe),
    weights,
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
  );
}

/** The kernel's loss + c2 · Σw². */
function penalised(kernel: TrainingKernel, size: number, c2: number, breathe: Breathe): Objective {
  return {
    size,
    async evaluate(weights, gradient) {
      const loss = await kernel.lossAndGradient(weights, gradient, breathe);
      if (c2 === 0) return loss;
      for (let k = 0; k < size; k++) gradient[k] += 2 * c2 * weights[k];
      return loss + c2 * dot(weights, weights);
    },
  };
}
