import type { Reports } from '../reports.js';
import type { State, StateReader } from './state.js';

/** Numbers of the best result on held-out data, before those by tag. */
const OWN = 5;

/**
 * What is known of the iterations that are made, as numbers and arrays of a checkpoint. One more than `iterations` may have been told: the last, when
 * it was aborted, which is told again.
 */
export function saveReports({ losses, best }: Reports, iterations: number): State {
  const arrays = { losses: Float64Array.from(losses.slice(0, iterations)) };
  if (best === undefined) return { numbers: {}, arrays };
  const { loss, unknownTagSequences, correctTokens, correctSequences, gold, predicted, correct } =
    best.counts;
  const own = [best.iteration, loss, unknownTagSequences, correctTokens, correctSequences];
  const bestHoldout = Float64Array.of(...own, ...gold, ...predicted, ...correct);
  return { numbers: {}, arrays: { ...arrays, bestHoldout } };
}

/** The reverse of {@link saveReports}. @throws CheckpointError for what does not fit. */
export function restoreReports(
  reports: Reports,
  state: StateReader,
  iterations: number,
  numTags: number,
): void {
  for (const loss of state.floats('losses', iterations)) reports.losses.push(loss);
  if (!state.has('bestHoldout')) return;
  const all = state.floats('bestHoldout', OWN + 3 * numTags);
  const [iteration, loss, unknownTagSequences, correctTokens, correctSequences] = all;
  const [gold, predicted, correct] = [0, 1, 2].map((k) =>
    all.slice(OWN + k * numTags, OWN + (k + 1) * numTags),
  );
  const counts = {
    loss,
    unknownTagSequences,
    correctTokens,
    correctSequences,
    gold,
    predicted,
    correct,
  };
  reports.best = { iteration, counts };
}
