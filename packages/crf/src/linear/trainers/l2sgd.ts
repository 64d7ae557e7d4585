import { joined } from '../checkpoint/state.js';
import { collectWeights, placeWeights } from '../online/kernel.js';
import { dot } from '../optimize/objective.js';
import type { CompleteParams } from '../params.js';
import { epochs } from './epochs.js';
import { diverged, Progress, type OnlineResult, type OnlineRun } from './online-run.js';
import { shuffler, type Shuffler } from './shuffler.js';

/**
 * Stochastic gradient descent with an L2 penalty, as CRFsuite does it: after S. Shalev-Shwartz et al., Pegasos (ICML 2007), the
 * rate falls as 1 / (λ (t0 + t)), λ = 2 c2 / n; t0 is calibrated on a sample as L. Bottou does. The epoch of the lowest loss
 * gives the model.
 */
export async function l2sgd(run: OnlineRun<'l2sgd'>, params: CompleteParams<'l2sgd'>): Promise<OnlineResult> {
  const { kernel, numSequences } = run;
  const { weights } = kernel;
  const lambda = (2 * params.c2) / numSequences;
  const order = shuffler(numSequences, run.seed);
  // A checkpoint knows what was found.
  const t0 = run.checkpoints?.from?.number('t0') ?? (await calibrate(run, params, lambda, order));
  const descent = new Descent(run, lambda, t0);
  const progress = new Progress(params.period, params.delta);
  const best = { loss: Infinity, weights: new Float64Array(weights.length) };
  return epochs(
    run,
    params.max_iterations,
    {
      learn(sequence) {
        descent.learn(sequence);
      },
      finish(iteration) {
        const { learningRate } = descent;
        const loss = descent.finish(numSequences);
        if (!Number.isFinite(loss)) throw diverged(`in epoch ${iteration}`);
        if (loss < best.loss) {
          best.loss = loss;
          best.weights.set(weights);
        }
        const improvement = progress.add(loss);
        const featureNorm = Math.sqrt(dot(weights, weights));
        return { loss, featureNorm, learningRate, ...(improvement !== undefined && { improvement }) };
      },
      model: () => weights,
      ends: ({ improvement }) => (progress.isTooLittle(improvement) ? 'delta' : undefined),
      result: () => best,
      save() {
        const { t, decay, loss, learningRate } = descent;
        const numbers = { t0, t, decay, loss, learningRate, bestLoss: best.loss };
        return joined({ numbers, arrays: { best: collectWeights(kernel, best.weights) } }, progress.save());
      },
      restore(state) {
        descent.t = state.number('t');
        descent.decay = state.number('decay');
        descent.loss = state.number('loss');
        descent.learningRate = state.number('learningRate');
        best.loss = state.number('bestLoss');
        placeWeights(kernel, best.weights, state.floats('best', kernel.places.length));
        progress.restore(state);
      },
    },
    order,
  );
}

/**
 * Steps down, one a sequence. The penalty shrinks all weights at each. They are kept as weights / decay, so that a step only changes
 * the number.
 */
class Descent {
  readonly #run: OnlineRun<'l2sgd'>;
  readonly #lambda: number;
  readonly #t0: number;
  t = 0;
  decay = 1;
  /** Of the sequences since the last `finish`. */
  loss = 0;
  learningRate = 0;

  constructor(run: OnlineRun<'l2sgd'>, lambda: number, t0: number) {
    this.#run = run;
    this.#lambda = lambda;
    this.#t0 = t0;
  }

  learn(sequence: number): void {
    const { kernel, sequenceWeights } = this.#run;
    this.learningRate = 1 / (this.#lambda * (this.#t0 + this.t));
    this.decay *= 1 - this.learningRate * this.#lambda;
    const weight = sequenceWeights ? sequenceWeights[sequence] : 1;
    this.loss += kernel.descend(sequence, this.decay, this.learningRate / this.decay, weight);
    this.t++;
  }

  /** Brings the weights to their own size; gives the loss of the last `count` sequences with their share of the penalty. */
  finish(count: number): number {
    const { weights } = this.#run.kernel;
    for (let k = 0; k < weights.length; k++) weights[k] *= this.decay;
    const loss = this.loss + 0.5 * this.#lambda * dot(weights, weights) * count;
    this.decay = 1;
    this.loss = 0;
    return loss;
  }
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
    const descent = new Descent(run, lambda, 1 / (lambda * learningRate));
    for (let i = 0; i < samples; i++) {
      descent.learn(order.order[i]);
      const pause = breathe();
      if (pause !== undefined) await pause;
    }
    const loss = descent.finish(samples);
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
