/*
 * A model file in memory, and where everything is that tagging needs: `layOut` sets these variables, before anything else is called.
 * Addresses are in bytes; the host's model-format.ts says what the sections hold.
 */

import { CACHE_BYTES } from './cache';
import { BLOCK, RECORD_BYTES } from './endings';
import { ITEM } from './missing';

/** Where the file begins. Before it there is room for the sums of its checksum. */
export const FILE_AT: usize = 192;
const HEADER_BYTES: u64 = 64;
/** With more tags, the matrices of transitions become too large to be held twice more. */
const MAX_TAGS: u32 = 1024;
const MAX_MASKED_TAGS: u32 = 64;

/** How many names may go over at once, of how many bytes; and of how many tokens. The host's layout.ts has these three, too. */
const MAX_NAMES: u64 = 1024;
const INPUT_BYTES: u64 = 1 << 16;
const MAX_TOKENS: u64 = 1024;
/** State scores that there is room for, and the tokens that there is room for at least. */
const SCORES: u32 = 1 << 15;
const LEAST_TOKENS: u32 = 512;
const PAGE: u64 = 65536;

export let numTags: u32 = 0;
export let numAttributes: u32 = 0;
export let numWeights: u32 = 0;
export let numEndings: u32 = 0;
export let numSlots: u32 = 0;
export let numPrefixes: u32 = 0;
export let tagBytes: u32 = 0;
export let endingBytes: u32 = 0;

export let transitions: usize = 0;
export let stateWeights: usize = 0;
export let slots: usize = 0;
export let endings: usize = 0;
export let prefixes: usize = 0;
/** Bytes of the mask of an attribute's tags; 0 where there are sizes of rows and lists of tags, u16 each. */
export let maskBytes: u32 = 0;
export let rowMasks: usize = 0;
export let rowSizes: usize = 0;
export let rowTags: usize = 0;
export let tagOffsets: usize = 0;
export let tagNames: usize = 0;
export let endingNames: usize = 0;
/** The file's length, as its counts have it. */
export let fileBytes: u64 = 0;

/** Numbers in a row of tags: numTags, padded to an even number. */
export let stride: u32 = 0;
/** How many tokens can be worked on at once. */
export let maxTokens: u32 = 0;
/** u8: names of attributes, one after the other; 16 bytes more can be read. */
export let input: usize = 0;
/** u32: the length of each, in UTF-16 code units, then in bytes. */
export let lengths: usize = 0;
/** u32: for each token how many of them are its. */
export let counts: usize = 0;
/** Records of names that came lately; see cache.ts. */
export let cache: usize = 0;
/** u32: the address of each name's row. */
export let found: usize = 0;
/** The names that are not in the cache; room for one more. See missing.ts. */
export let missing: usize = 0;
/** f64 [numTags * stride]: transition weights by the tag before, and by the tag after; -Infinity in the padding. */
export let edges: usize = 0;
export let edgesByTo: usize = 0;
/** u16 [tokens] */
export let path: usize = 0;
/** f64 [tokens * stride] each: state scores; scores of the best ways to each tag. */
export let scores: usize = 0;
export let best: usize = 0;

/** Where the next section begins. */
let end: u64 = 0;

/** The address of the next section, of so many bytes. */
function section(bytes: u64, alignment: u64 = 8): usize {
  const at = (end + alignment - 1) & -alignment;
  end = at + bytes;
  return <usize>at;
}

/**
 * Sets the variables by the counts in the header of the file that is there. False where the model is not suited, and then not all of
 * them are set.
 */
export function layOut(): bool {
  numTags = load<u32>(FILE_AT, 24);
  numAttributes = load<u32>(FILE_AT, 28);
  numWeights = load<u32>(FILE_AT, 32);
  numEndings = load<u32>(FILE_AT, 36);
  numSlots = load<u32>(FILE_AT, 40);
  numPrefixes = load<u32>(FILE_AT, 44);
  tagBytes = load<u32>(FILE_AT, 48);
  endingBytes = load<u32>(FILE_AT, 52);
  if (numTags > MAX_TAGS) return false;
  maskBytes = numTags > MAX_MASKED_TAGS ? 0 : (numTags + 7) >> 3;
  const listed = maskBytes == 0;
  end = FILE_AT + HEADER_BYTES;
  transitions = section(8 * <u64>numTags * numTags);
  stateWeights = section(8 * <u64>numWeights);
  slots = section(4 * <u64>numSlots);
  endings = section(RECORD_BYTES * ((<u64>numEndings + BLOCK - 1) / BLOCK), RECORD_BYTES);
  prefixes = section(numAttributes);
  rowMasks = section(<u64>maskBytes * numAttributes);
  rowSizes = section(listed ? 2 * <u64>numAttributes : 0);
  rowTags = section(listed ? 2 * <u64>numWeights : 0);
  tagOffsets = section(4 * (<u64>numTags + 1));
  tagNames = section(tagBytes);
  endingNames = section(endingBytes);
  section(0);
  fileBytes = end - FILE_AT;
  // What is read past the end of a section is that of the next one.
  stride = numTags + (numTags & 1);
  maxTokens = max(LEAST_TOKENS, SCORES / max(stride, 1));
  input = room(INPUT_BYTES);
  lengths = room(4 * MAX_NAMES);
  counts = room(4 * MAX_TOKENS);
  cache = room(CACHE_BYTES);
  found = room(4 * MAX_NAMES);
  missing = room(ITEM * (MAX_NAMES + 1));
  edges = room(8 * <u64>numTags * stride);
  edgesByTo = room(8 * <u64>numTags * stride);
  path = room(2 * <u64>maxTokens);
  scores = room(8 * <u64>maxTokens * stride);
  best = room(8 * <u64>maxTokens * stride);
  room(0);
  return end <= <u64>u32.MAX_VALUE;
}

/** Room for work, after which 16 bytes can be read. */
function room(bytes: u64): usize {
  end += 16;
  return section(bytes, 64);
}

/**
 * Makes the memory as large as `layOut` needs it; false where that cannot be. The host's arrays of it come to an end with that, even if it
 * was large enough, so that nobody can change a model through them.
 */
export function grow(): bool {
  const pages = <i32>((end + PAGE - 1) / PAGE);
  return memory.grow(max(0, pages - memory.size())) >= 0;
}
