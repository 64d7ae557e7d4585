import { addExpectations, scoreTokens } from './scores';
import { runChain } from './chain';
import { sequenceOffsets, sequenceWeights, tags } from './plan';

export * from './plan';
export { beginChain, endChain } from './chain';
export { addExpectations, scoreTokens } from './scores';
export { decode, descend, descendAdaptively, infer, shrink, slopes, startSquares } from './online';
export { addScaled, clear, collect, combine, dot, negate, scatter, step, subtract } from './vectors';

/** Σ weight · -log p of the sequences `from` to `to`; adds their expected frequencies. NaN where a score is none. */
export function run(from: u32, to: u32): f64 {
  let loss: f64 = 0;
  for (let s = from; s < to; s++) {
    const start = load<u32>(sequenceOffsets + (<usize>s << 2));
    const end = load<u32>(sequenceOffsets + (<usize>s << 2), 4);
    const weight = sequenceWeights == 0 ? 1 : load<f64>(sequenceWeights + (<usize>s << 3));
    scoreTokens(start, end);
    loss += weight * runChain(end - start, tags + (<usize>start << 1), weight);
    addExpectations(start, end, weight);
  }
  return loss;
}
