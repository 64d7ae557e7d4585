export { setPlan } from './plan';
export { addAttribute, addNames, clearScores, findName } from './rows';
export { hashParts, isSound } from './check';
export { decode, prepareEdges } from './viterbi';
