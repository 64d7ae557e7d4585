import { dot } from '../optimize/objective.js';
import { l1Norm } from '../optimize/orthant-wise.js';
import type { CompleteParams } from '../params.js';
import { diverged, Progress, type OnlineResult, type OnlineRun } from './online-run.js';
import { shuffler } from './shuffler.js';

/** How often in an epoch the penalties are applied to all weights. */
const SWEEPS = 4;

/**
 * AdaGrad (J. Duchi, E. Hazan, Y. Singer, JMLR 12, 2011) for -Σ log p + c1 · Σ|w| + c2 · Σw², with one rate for all weights of an
 * attribute: eta / √(1 + half the squared length of the gradients that the attribute has seen, token by token). An attribute
 * that comes rarely takes long steps, so that a few epochs do for it what they do for the others.
 *
 * The penalties are applied by proximal steps to all weights several times in an epoch, each time for the sequences since
 * the last one.
 */
export async function adagrad(
  run: OnlineRun<'adagrad'>,
  params: CompleteParams<'adagrad'>,
): Promise<OnlineResult> {
  const { kernel, numSequences, sequenceWeights, breathe, onEpoch } = run;
  const { weights } = kernel;
  const { eta, c1, c2 } = params;
  const order = shuffler(numSequences, run.seed);
  const progress = new Progress(params.period, params.delta);
  const sweepAfter = Math.ceil(numSequences / SWEEPS);
  kernel.startAdaptive();

  for (let iteration = 1; ; iteration++) {
    order.shuffle();
    let loss = 0;
    let unswept = 0;
    for (let i = 0; i < numSequences; i++) {
      const sequence = order.order[i];
      const weight = sequenceWeights ? sequenceWeights[sequence] : 1;
      loss += kernel.descendAdaptively(sequence, eta, weight);
      if (++unswept === sweepAfter || i === numSequences - 1) {
        const share = unswept / numSequences;
        if (c1 > 0 || c2 > 0) kernel.shrink(eta, c1 * share, c2 * share);
        unswept = 0;
      }
      const pause = breathe();
      if (pause !== undefined) await pause;
    }
    if (!Number.isFinite(loss)) throw diverged(`in epoch ${iteration}`);
    const squaredNorm = dot(weights, weights);
    loss += c2 * squaredNorm + (c1 === 0 ? 0 : c1 * l1Norm(weights));
    const improvement = progress.add(loss);
    const stop = await onEpoch(
      {
        iteration,
        loss,
        featureNorm: Math.sqrt(squaredNorm),
        ...(improvement !== undefined && { improvement }),
      },
      weights,
    );
    const tooLittle = progress.isTooLittle(improvement);
    if (stop || tooLittle || iteration === params.max_iterations) {
      const reason = stop ? 'stopped' : tooLittle ? 'delta' : 'max_iterations';
      return { weights, loss, iterations: iteration, reason };
    }
  }
}
