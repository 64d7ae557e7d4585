export { areFinite, areInBounds, areRecords, hasHeader, isIntact } from './check';
export { checksum } from './checksum';
export {
  counts,
  grow,
  input,
  layOut,
  lengths,
  maxTokens,
  numTags,
  path,
  scores,
  stride,
  tagBytes,
  tagNames,
  tagOffsets,
} from './plan';
export { addAttribute, addNames, clearScores, findName } from './rows';
export { decode, prepareEdges } from './viterbi';
