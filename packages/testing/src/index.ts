export { corporaFolder } from './data.js';
export { finiteDifferences, gradientError, type GradientCheckOptions } from './gradient-check.js';
export {
  enumeratePaths,
  logShare,
  oracleKBest,
  oracleLogEdgeMarginals,
  oracleLogMarginals,
  oracleLogPartition,
  oracleLogSpanMarginals,
  pathsLogSum,
  type OracleConstraints,
  type OracleLattice,
  type OraclePath,
  type OracleSpan,
} from './lattice-oracle.js';
export { randomChoice, randomInteger, seededRandom } from './random.js';
export {
  randomConstraints,
  randomLattice,
  type RandomConstraints,
  type RandomLattice,
  type RandomLatticeOptions,
} from './random-lattice.js';
export { readmeSnippets, runReadme, runSnippets, type Snippet } from './readme.js';
