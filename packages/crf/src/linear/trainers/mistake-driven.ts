import { joined, type State, type StateReader } from '../checkpoint/state.js';
import { Difference } from '../online/difference.js';
import { dot } from '../optimize/objective.js';
import { epochs, type Learner } from './epochs.js';
import { diverged, type OnlineResult, type OnlineRun } from './online-run.js';

/** What makes one of the trainers that decode each sequence and change the weights where the tags are wrong. */
export interface MistakeDriven {
  /** A sequence of weight `weight` is decoded, and `wrong` of its tags are wrong: changes the weights, gives the loss. */
  onMistake(mistake: Mistake): number;
  /** The next sequence comes, whether this one was right or wrong. */
  onNext(): void;
  /** Of the whole epoch's loss: whether it is good enough to stop. */
  isEnough(meanLoss: number): boolean;
  /** Laid out as the kernel's weights: those of the model. */
  model(): Float64Array;
  /** Of which the events give the length. */
  measured(model: Float64Array): Float64Array;
  /** What it knows beside the weights. */
  save(): State;
  restore(state: StateReader): void;
}

export interface Mistake {
  readonly sequence: number;
  readonly weight: number;
  readonly wrong: number;
  readonly length: number;
  /** Score of the best tags. */
  readonly score: number;
  /** Features of the right tags less those of the best; a place may come more than once. */
  readonly difference: Difference;
}

type Algorithm = 'ap' | 'pa' | 'arow';

/** The epochs of `ap`, `pa` and `arow`. */
export function decodingEpochs(
  run: OnlineRun<Algorithm>,
  maxIterations: number,
  driven: MistakeDriven,
): Promise<OnlineResult> {
  const { kernel, numSequences, sequenceWeights } = run;
  const difference = new Difference(kernel.weights.length);
  let loss = 0;
  let wrongSequences = 0;
  let model: Float64Array | undefined;
  const learner: Learner<Algorithm> = {
    learn(sequence) {
      const score = kernel.decode(sequence);
      const wrong = kernel.compare(sequence, difference);
      if (wrong > 0) {
        wrongSequences++;
        const weight = sequenceWeights ? sequenceWeights[sequence] : 1;
        const length = kernel.lengthOf(sequence);
        loss += driven.onMistake({ sequence, weight, wrong, length, score, difference });
      }
      driven.onNext();
    },
    finish(iteration) {
      if (!Number.isFinite(loss)) throw diverged(`in epoch ${iteration}`);
      model = driven.model();
      const measured = driven.measured(model);
      const epoch = { loss, featureNorm: Math.sqrt(dot(measured, measured)), wrongSequences };
      loss = 0;
      wrongSequences = 0;
      return epoch;
    },
    model: () => (model ??= driven.model()),
    ends: (epoch) => (driven.isEnough(epoch.loss / numSequences) ? 'epsilon' : undefined),
    result: (epoch) => ({ weights: learner.model(), loss: epoch.loss }),
    save: () => joined({ numbers: { loss, wrongSequences }, arrays: {} }, driven.save()),
    restore(state) {
      loss = state.number('loss');
      wrongSequences = state.number('wrongSequences');
      driven.restore(state);
    },
  };
  return epochs(run, maxIterations, learner);
}
