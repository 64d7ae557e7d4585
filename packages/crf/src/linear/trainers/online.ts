import type { Settings } from '../params.js';
import { adagrad } from './adagrad.js';
import { averagedPerceptron } from './ap.js';
import { arow } from './arow.js';
import { l2sgd } from './l2sgd.js';
import type { OnlineAlgorithm, OnlineResult, OnlineRun } from './online-run.js';
import { passiveAggressive } from './pa.js';

/** Trains by one of the algorithms that change the weights after each sequence. */
export function trainOnline(run: OnlineRun, settings: Settings<OnlineAlgorithm>): Promise<OnlineResult> {
  switch (settings.algorithm) {
    case 'l2sgd':
      return l2sgd(run, settings.params);
    case 'ap':
      return averagedPerceptron(run, settings.params);
    case 'pa':
      return passiveAggressive(run, settings.params);
    case 'arow':
      return arow(run, settings.params);
    case 'adagrad':
      return adagrad(run, settings.params);
  }
}
