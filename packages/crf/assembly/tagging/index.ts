export * from './plan';
export { addName, addNames, clearScores } from './rows';
export { checksum, isSound } from './check';
export { decode, prepareEdges } from './viterbi';
