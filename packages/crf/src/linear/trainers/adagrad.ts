import type { Arrangement } from '../online/arrange.js';
import { dot } from '../optimize/objective.js';
import { l1Norm } from '../optimize/orthant-wise.js';
import type { CompleteParams } from '../params.js';
import { diverged, Progress, type OnlineResult, type OnlineRun } from './online-run.js';
import { shuffler } from './shuffler.js';

/** How often in an epoch the penalties are applied to all weights. */
const SWEEPS = 8;

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
  const { arrangement } = kernel;
  const { weights } = arrangement;
  const { eta, c1, c2 } = params;
  const order = shuffler(numSequences, run.seed);
  const progress = new Progress(params.period, params.delta);
  const squares = kernel.makeSquares(1);
  const sweepAfter = Math.ceil(numSequences / SWEEPS);

  for (let iteration = 1; ; iteration++) {
    order.shuffle();
    let loss = 0;
    let unswept = 0;
    for (let i = 0; i < numSequences; i++) {
      const sequence = order.order[i];
      const weight = sequenceWeights ? sequenceWeights[sequence] : 1;
      loss += kernel.descendAdaptively(sequence, eta, squares, weight);
      if (++unswept === sweepAfter || i === numSequences - 1) {
        const share = unswept / numSequences;
        shrink(arrangement, squares, eta, c1 * share, c2 * share);
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

/** The proximal step of c1 · Σ|w| + c2 · Σw² for all weights, at the rate of each. */
function shrink(arrangement: Arrangement, squares: Float64Array, eta: number, c1: number, c2: number): void {
  if (c1 === 0 && c2 === 0) return;
  const { numTags, stride, weights, denseRows, compressedRows, rowStarts, transitionStart } = arrangement;
  const shrinkRun = (from: number, to: number, square: number): void => {
    const rate = eta / Math.sqrt(square);
    const factor = 1 / (1 + 2 * c2 * rate);
    const threshold = c1 * rate;
    if (c1 === 0) {
      for (let k = from; k < to; k++) weights[k] *= factor;
    } else {
      for (let k = from; k < to; k++) {
        const size = Math.abs(weights[k]) - threshold;
        weights[k] = size > 0 ? Math.sign(weights[k]) * size * factor : 0;
      }
    }
  };
  for (let row = 0; row < denseRows; row++) shrinkRun(row * stride, (row + 1) * stride, squares[row]);
  for (let row = 0; row < compressedRows; row++) {
    shrinkRun(rowStarts[row], rowStarts[row + 1], squares[denseRows + row]);
  }
  const first = denseRows + compressedRows;
  for (let cell = 0; cell < numTags * stride; cell++) {
    shrinkRun(transitionStart + cell, transitionStart + cell + 1, squares[first + cell]);
  }
}
