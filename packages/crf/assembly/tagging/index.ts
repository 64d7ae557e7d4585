export * from './plan';
export { addAttribute, addName, addNames, clearScores } from './rows';
export { areFinite, areRecords, hashParts, nextName, nextRow, usedSlots } from './check';
export { decode, prepareEdges } from './viterbi';
