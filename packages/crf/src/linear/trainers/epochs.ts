import { joined, type State, type StateReader } from '../checkpoint/state.js';
import { collectWeights, loadWeights } from '../online/kernel.js';
import type { StopReason } from '../optimize/lbfgs.js';
import {
  MOST_EPOCHS,
  type Epoch,
  type OnlineAlgorithm,
  type OnlineResult,
  type OnlineRun,
} from './online-run.js';
import { shuffler, type Shuffler } from './shuffler.js';

/** What makes one of the stochastic trainers. Between two sequences it can be saved, and another one can go on. */
export interface Learner<A extends OnlineAlgorithm> {
  /** Learns from a sequence, the `count`th of the epoch, from 1. */
  learn(sequence: number, count: number): void;
  /** Ends an epoch, from 1: what it came to. */
  finish(iteration: number): Summary<A>;
  /** Laid out as the kernel's weights: those of the model after the last epoch. */
  model(): Float64Array;
  /** Why such an epoch is the last one; undefined if it is not. */
  ends(epoch: Summary<A>): StopReason | undefined;
  /** The model of the end, laid out as the kernel's weights, and its loss. */
  result(epoch: Summary<A>): Pick<OnlineResult, 'weights' | 'loss'>;
  /** All that further steps depend on, but for the weights of the kernel. */
  save(): State;
  restore(state: StateReader): void;
}

/** What an epoch came to, without its number. */
export type Summary<A extends OnlineAlgorithm> = A extends OnlineAlgorithm
  ? Omit<Epoch<A>, 'iteration'>
  : never;

/** The epochs of a stochastic trainer: through all sequences, each time in another order. */
export async function epochs<A extends OnlineAlgorithm>(
  run: OnlineRun<A>,
  maxIterations: number,
  learner: Learner<A>,
  order: Shuffler = shuffler(run.numSequences, run.seed),
): Promise<OnlineResult> {
  const { kernel, numSequences, breathe, onEpoch, checkpoints } = run;
  let iteration = 1;
  let position = 0; // sequences of this epoch that are done
  let summary: Summary<A> | undefined; // once they all are
  let reported = false;

  const save = (): State => {
    const own: State = {
      numbers: { iteration, position, reported: Number(reported), ...(summary && numbersOf(summary)) },
      arrays: { weights: collectWeights(kernel, kernel.weights) },
    };
    return [order.save(), learner.save()].reduce(joined, own);
  };
  const from = checkpoints?.from;
  if (from) {
    iteration = from.whole('iteration', 1, MOST_EPOCHS);
    position = from.whole('position', 0, numSequences);
    reported = from.whole('reported', 0, 1) === 1;
    summary = readSummary(from);
    loadWeights(kernel, from.floats('weights', kernel.places.length));
    order.restore(from);
    learner.restore(from);
  }
  await checkpoints?.reached(reported ? iteration : iteration - 1, save);

  for (;;) {
    if (summary === undefined) {
      if (position === 0) order.shuffle();
      while (position < numSequences) {
        const sequence = order.order[position++];
        learner.learn(sequence, position);
        const pause = breathe();
        if (pause === undefined) continue;
        await pause;
        await checkpoints?.pause();
      }
      summary = learner.finish(iteration);
    }
    let stop = false;
    if (!reported) {
      stop = await onEpoch({ iteration, ...summary } as unknown as Epoch<A>, learner.model());
    }
    const reason = stop ? 'stopped' : learner.ends(summary);
    if (reason !== undefined || iteration >= maxIterations) {
      return { ...learner.result(summary), iterations: iteration, reason: reason ?? 'max_iterations' };
    }
    // Not before: the last epoch is told again where it is aborted while it is told.
    reported = true;
    await checkpoints?.reached(iteration, save);
    iteration++;
    position = 0;
    summary = undefined;
    reported = false;
  }
}

/** What an epoch may have come to: the first two of all trainers. */
const SUMMARY = ['loss', 'featureNorm', 'learningRate', 'improvement', 'wrongSequences'];
const REQUIRED = 2;
const PREFIX = 'epoch ';

const numbersOf = (summary: object): Record<string, number> =>
  Object.fromEntries(
    Object.entries(summary).map(([name, value]) => [`${PREFIX}${name}`, value as number] as const),
  );

/** Undefined if the epoch was not finished. */
function readSummary<A extends OnlineAlgorithm>(state: StateReader): Summary<A> | undefined {
  if (!state.has(`${PREFIX}${SUMMARY[0]}`)) return undefined;
  const names = SUMMARY.filter((name, i) => i < REQUIRED || state.has(`${PREFIX}${name}`));
  const summary = Object.fromEntries(names.map((name) => [name, state.number(`${PREFIX}${name}`)]));
  return summary as unknown as Summary<A>;
}
