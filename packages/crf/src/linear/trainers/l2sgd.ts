import { dot } from '../optimize/objective.js';
import type { CompleteParams } from '../params.js';
import { diverged, Progress, type OnlineResult, type OnlineRun } from './online-run.js';
import { shuffler, type Shuffler } from './shuffler.js';

/**
 * Stochastic gradient descent with an L2 penalty, as CRFsuite does it: after S. Shalev-Shwartz et al., Pegasos (ICML 2007), the
 * rate falls as 1 / (λ (t0 + t)), λ = 2 c2 / n; t0 is calibrated on a sample as L. Bottou does. The epoch of the lowest loss
 * gives the model.
 *
 * The penalty shrinks all weights at each step. They are kept as weights / decay, so that a step only changes the number.
 */
export async function l2sgd(run: OnlineRun<'l2sgd'>, params: CompleteParams<'l2sgd'>): Promise<OnlineResult> {
  const { kernel, numSequences, onEpoch } = run;
  const { weights } = kernel;
  const lambda = (2 * params.c2) / numSequences;
  const order = shuffler(numSequences, run.seed);
  const clock = { t0: await calibrate(run, params, lambda, order), t: 0 };
  const progress = new Progress(params.period, params.delta);
  const best = { loss: Infinity, weights: new Float64Array(weights.length) };

  for (let iteration = 1; ; iteration++) {
    order.shuffle();
    const { loss, learningRate } = await epoch(run, order.order, numSequences, lambda, clock);
    if (!Number.isFinite(loss)) throw diverged(`in epoch ${iteration}`);
    if (loss < best.loss) {
      best.loss = loss;
      best.weights.set(weights);
    }
    const improvement = progress.add(loss);
    const featureNorm = Math.sqrt(dot(weights, weights));
    const stop = await onEpoch(
      { iteration, loss, featureNorm, learningRate, ...(improvement !== undefined && { improvement }) },
      weights,
    );
    const tooLittle = progress.isTooLittle(improvement);
    if (stop || tooLittle || iteration === params.max_iterations) {
      const reason = stop ? 'stopped' : tooLittle ? 'delta' : 'max_iterations';
      return { ...best, iterations: iteration, reason };
    }
  }
}

/** One epoch over the first `count` sequences of an order; its loss has their share of the penalty. */
async function epoch(
  { kernel, sequenceWeights, breathe }: OnlineRun<'l2sgd'>,
  order: Int32Array,
  count: number,
  lambda: number,
  clock: { readonly t0: number; t: number },
): Promise<{ loss: number; learningRate: number }> {
  const { weights } = kernel;
  let decay = 1;
  let loss = 0;
  let learningRate = 0;
  for (let i = 0; i < count; i++) {
    const sequence = order[i];
    learningRate = 1 / (lambda * (clock.t0 + clock.t));
    decay *= 1 - learningRate * lambda;
    const weight = sequenceWeights ? sequenceWeights[sequence] : 1;
    loss += kernel.descend(sequence, decay, learningRate / decay, weight);
    clock.t++;
    const pause = breathe();
    if (pause !== undefined) await pause;
  }
  for (let k = 0; k < weights.length; k++) weights[k] *= decay;
  return { loss: loss + 0.5 * lambda * dot(weights, weights) * count, learningRate };
}

/** Finds the rate that lowers the loss of a sample most in one epoch; gives the t0 that starts with it. */
async function calibrate(
  run: OnlineRun<'l2sgd'>,
  params: CompleteParams<'l2sgd'>,
  lambda: number,
  order: Shuffler,
): Promise<number> {
  const { kernel, numSequences, sequenceWeights, breathe, onTrial } = run;
  const { weights } = kernel;
  const start = weights.slice();
  const samples = Math.min(numSequences, params['calibration.samples']);
  const candidates = params['calibration.candidates'];
  const rate = params['calibration.rate'];
  order.shuffle();

  let initialLoss = 0.5 * lambda * dot(weights, weights) * numSequences;
  for (let i = 0; i < samples; i++) {
    const sequence = order.order[i];
    initialLoss += kernel.descend(sequence, 1, 0, sequenceWeights ? sequenceWeights[sequence] : 1);
    const pause = breathe();
    if (pause !== undefined) await pause;
  }

  let learningRate = params['calibration.eta'];
  const best = { learningRate, loss: Infinity };
  let rising = true;
  let left = candidates;
  for (let trial = 1; left > 0 || rising; trial++) {
    weights.set(start);
    const t0 = 1 / (lambda * learningRate);
    const { loss } = await epoch(run, order.order, samples, lambda, { t0, t: 0 });
    const better = loss < initialLoss;
    onTrial({ type: 'calibration', trial, learningRate, loss, better });
    if (better) left--;
    if (loss < best.loss) {
      best.learningRate = learningRate;
      best.loss = loss;
    }
    if (!rising) {
      learningRate /= rate;
    } else if (better && left > 0) {
      learningRate *= rate;
    } else {
      // Larger ones are worse: from the first one down.
      rising = false;
      left = candidates;
      learningRate = params['calibration.eta'] / rate;
    }
    if (trial + 1 >= params['calibration.max_trials']) break;
  }
  weights.set(start);
  return 1 / (lambda * best.learningRate);
}
