export {
  edgeMarginals,
  forwardBackward,
  logPartition,
  logPartitionGradient,
  marginals,
  type ForwardBackwardOutput,
  type LogPartitionGradient,
} from './forward-backward.js';
export { kBest } from './k-best.js';
export { NoPathError } from './no-path-error.js';
export { prepareTransitions, type PreparedTransitions } from './prepared-transitions.js';
export { sampleTags } from './sample-tags.js';
export { scoreTags } from './score-tags.js';
export { spanMarginals } from './span-marginals.js';
export type {
  Constraints,
  Lattice,
  Path,
  PreparedLattice,
  Scores,
  SpanPattern,
  TransitionConstraints,
  TransitionScores,
} from './types.js';
export { viterbi } from './viterbi.js';
export { LatticeWorkspace } from './workspace.js';
