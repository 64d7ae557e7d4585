import { joined } from '../checkpoint/state.js';
import { dot } from '../optimize/objective.js';
import { l1Norm } from '../optimize/orthant-wise.js';
import type { CompleteParams } from '../params.js';
import { epochs } from './epochs.js';
import { diverged, Progress, type OnlineResult, type OnlineRun } from './online-run.js';

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
export function adagrad(run: OnlineRun<'adagrad'>, params: CompleteParams<'adagrad'>): Promise<OnlineResult> {
  const { kernel, numSequences, sequenceWeights } = run;
  const { weights } = kernel;
  const { eta, c1, c2 } = params;
  const progress = new Progress(params.period, params.delta);
  const sweepAfter = Math.ceil(numSequences / SWEEPS);
  let loss = 0;
  kernel.startAdaptive();
  return epochs(run, params.max_iterations, {
    learn(sequence, count) {
      const weight = sequenceWeights ? sequenceWeights[sequence] : 1;
      loss += kernel.descendAdaptively(sequence, eta, weight);
      const unswept = count % sweepAfter || sweepAfter;
      if (unswept < sweepAfter && count < numSequences) return;
      const share = unswept / numSequences;
      if (c1 > 0 || c2 > 0) kernel.shrink(eta, c1 * share, c2 * share);
    },
    finish(iteration) {
      if (!Number.isFinite(loss)) throw diverged(`in epoch ${iteration}`);
      const squaredNorm = dot(weights, weights);
      const total = loss + (c2 * squaredNorm + (c1 === 0 ? 0 : c1 * l1Norm(weights)));
      const improvement = progress.add(total);
      loss = 0;
      return {
        loss: total,
        featureNorm: Math.sqrt(squaredNorm),
        ...(improvement !== undefined && { improvement }),
      };
    },
    model: () => weights,
    ends: ({ improvement }) => (progress.isTooLittle(improvement) ? 'delta' : undefined),
    result: (epoch) => ({ weights, loss: epoch.loss }),
    save: () => {
      const squares = kernel.squares.map((array, i) => [`squares ${i}`, array] as const);
      return joined({ numbers: { loss }, arrays: Object.fromEntries(squares) }, progress.save());
    },
    restore(state) {
      loss = state.number('loss');
      for (const [i, array] of kernel.squares.entries())
        array.set(state.floats(`squares ${i}`, array.length));
      progress.restore(state);
    },
  });
}
