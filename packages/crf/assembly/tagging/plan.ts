/*
 * A model file in memory and what is needed to tag with it. The host sets these variables before it calls anything else. Addresses are
 * in bytes; the host's model-file.ts says what the sections hold.
 */

export let numTags: u32 = 0;
export let numAttributes: u32 = 0;
export let numSlots: u32 = 0;

export let transitions: usize = 0;
export let stateWeights: usize = 0;
export let slots: usize = 0;
export let blocks: usize = 0;
/** 1 where the file has them as u8, 2 as u16: the tags of weights and the sizes of rows. */
export let tagBytes: u32 = 1;
export let rowTags: usize = 0;
export let prefixOffsets: usize = 0;
export let prefixNames: usize = 0;
export let names: usize = 0;

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
/** f64 [tokens * stride] each: state scores; scores of the best ways to each tag. */
export let scores: usize = 0;
export let best: usize = 0;
/** f64 [numTags * stride]: transition weights by the tag before, and by the tag after; -Infinity in the padding. */
export let edges: usize = 0;
export let edgesByTo: usize = 0;
/** u16 [tokens] */
export let path: usize = 0;
