export * from './plan';
export { addAttribute, addNames, clearScores, findName } from './rows';
export { areFinite, areRecords, hashParts, nextName, nextRow, usedSlots } from './check';
export { decode, prepareEdges } from './viterbi';
