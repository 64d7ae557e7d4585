import type { CompleteParams } from '../params.js';
import { decodingEpochs } from './mistake-driven.js';
import type { OnlineResult, OnlineRun } from './online-run.js';
import { WeightAverage } from './weight-average.js';

/** The averaged perceptron (M. Collins, Discriminative training methods for hidden Markov models, EMNLP 2002). */
export function averagedPerceptron(
  run: OnlineRun<'ap'>,
  params: CompleteParams<'ap'>,
): Promise<OnlineResult> {
  const average = new WeightAverage(run.kernel);
  return decodingEpochs(run, params.max_iterations, {
    onMistake({ weight, wrong, length, difference }) {
      average.add(difference, weight);
      return (wrong / length) * weight;
    },
    onNext: () => {
      average.next();
    },
    save: () => average.save(),
    restore: (state) => {
      average.restore(state);
    },
    isEnough: (meanLoss) => meanLoss < params.epsilon,
    model: () => average.mean(),
    measured: (model) => model,
  });
}
