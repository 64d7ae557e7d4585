/*
 * A model file in memory and what is needed to tag with it. The host sets these variables before it calls anything else. Addresses are
 * in bytes; the host's model-format.ts says what the sections hold.
 */

export let numTags: u32 = 0;
export let numAttributes: u32 = 0;
export let numWeights: u32 = 0;
export let numEndings: u32 = 0;
export let numSlots: u32 = 0;
export let numPrefixes: u32 = 0;
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
export let endingNames: usize = 0;

/** Numbers in a row of tags: numTags, padded to an even number. */
export let stride: u32 = 0;
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

/** Sets all of them from u32s at an address, which are in the order of the host's `planOf` and its `scratchAt`. */
export function setPlan(at: usize): void {
  numTags = load<u32>(at);
  numAttributes = load<u32>(at, 4);
  numWeights = load<u32>(at, 8);
  numEndings = load<u32>(at, 12);
  numSlots = load<u32>(at, 16);
  numPrefixes = load<u32>(at, 20);
  endingBytes = load<u32>(at, 24);
  maskBytes = load<u32>(at, 28);
  transitions = load<u32>(at, 32);
  stateWeights = load<u32>(at, 36);
  slots = load<u32>(at, 40);
  endings = load<u32>(at, 44);
  prefixes = load<u32>(at, 48);
  rowMasks = load<u32>(at, 52);
  rowSizes = load<u32>(at, 56);
  rowTags = load<u32>(at, 60);
  endingNames = load<u32>(at, 64);
  stride = load<u32>(at, 68);
  input = load<u32>(at, 72);
  lengths = load<u32>(at, 76);
  counts = load<u32>(at, 80);
  cache = load<u32>(at, 84);
  found = load<u32>(at, 88);
  missing = load<u32>(at, 92);
  edges = load<u32>(at, 96);
  edgesByTo = load<u32>(at, 100);
  path = load<u32>(at, 104);
  scores = load<u32>(at, 108);
  best = load<u32>(at, 112);
}
