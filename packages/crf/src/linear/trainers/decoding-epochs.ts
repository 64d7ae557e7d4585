import { Difference } from '../online/difference.js';
import { dot } from '../optimize/objective.js';
import type { OnlineResult, OnlineRun } from './online-run.js';
import { shuffler } from './shuffler.js';

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

/** The epochs of `ap`, `pa` and `arow`. */
export async function decodingEpochs(
  run: OnlineRun<'ap' | 'pa' | 'arow'>,
  maxIterations: number,
  learner: MistakeDriven,
): Promise<OnlineResult> {
  const { kernel, numSequences, sequenceWeights, breathe, onEpoch } = run;
  const order = shuffler(numSequences, run.seed);
  const difference = new Difference(kernel.weights.length);
  for (let iteration = 1; ; iteration++) {
    order.shuffle();
    let loss = 0;
    let wrongSequences = 0;
    for (let i = 0; i < numSequences; i++) {
      const sequence = order.order[i];
      const score = kernel.decode(sequence);
      const wrong = kernel.compare(sequence, difference);
      if (wrong > 0) {
        wrongSequences++;
        const weight = sequenceWeights ? sequenceWeights[sequence] : 1;
        const length = kernel.lengthOf(sequence);
        loss += learner.onMistake({ sequence, weight, wrong, length, score, difference });
      }
      learner.onNext();
      const pause = breathe();
      if (pause !== undefined) await pause;
    }
    const weights = learner.model();
    const measured = learner.measured(weights);
    const featureNorm = Math.sqrt(dot(measured, measured));
    const stop = await onEpoch({ iteration, loss, featureNorm, wrongSequences }, weights);
    const enough = learner.isEnough(loss / numSequences);
    if (stop || enough || iteration === maxIterations) {
      const reason = stop ? 'stopped' : enough ? 'epsilon' : 'max_iterations';
      return { weights, loss, iterations: iteration, reason };
    }
  }
}
