/*
 * Where the data of a training set lie in memory, and its counts. The host sets them by name before it calls anything else.
 * Addresses are in bytes, offsets and places of weights in elements. Each thread has an instance of the module and with it
 * variables of its own; what differs between threads is said.
 */

export let numTags: i32 = 0;
/** Weights in a row of tags: numTags, padded to an even number. */
export let stride: i32 = 0;

/** u32 [numSequences + 1], in tokens. */
export let sequenceOffsets: usize = 0;
/** u16 [numTokens] */
export let tags: usize = 0;
/** f64 [numSequences]: how much each sequence counts; 0 = each counts 1. */
export let sequenceWeights: usize = 0;

/*
 * The attributes of tokens, in four lists by the arrangement of their weights (`Rows` in the host's code). Each has offsets
 * u32 [numTokens + 1] into its places u32, and the attributes' values f64, or address 0 if all are 1.
 */

/** Places of dense rows: `stride` weights, one a tag. */
export let denseOffsets: usize = 0;
export let densePlaces: usize = 0;
export let denseValues: usize = 0;

/** Places of lone weights: of attributes that only ever come with one tag, that of the token. */
export let loneOffsets: usize = 0;
export let lonePlaces: usize = 0;
export let loneValues: usize = 0;

/** As the last, but of attributes that come once: their weights lie in the order of tokens, so there is no list of places. */
export let onceOffsets: usize = 0;
export let onceValues: usize = 0;

/** Numbers of compressed rows. */
export let sparseOffsets: usize = 0;
export let sparseRows: usize = 0;
export let sparseValues: usize = 0;
/** u32 [rows + 1]: the weights of a row are table[sparseStarts[row] .. sparseStarts[row + 1]]. */
export let sparseStarts: usize = 0;
/** u16: the tag of table[sparseBase + i] is sparseTags[i]. */
export let sparseTags: usize = 0;
export let sparseBase: u32 = 0;

/**
 * f64: the weights, in the places where the passes read them. First a row of `stride` for each tag, the transitions from it;
 * then dense rows, lone weights, compressed rows; then those of attributes that come once. What is no feature is 0.
 */
export let table: usize = 0;
/** f64: this thread's share of the expected frequencies, in the same places; those of attributes that come once are apart. */
export let expected: usize = 0;
/** The place of the first weight of an attribute that comes once. */
export let onceBase: u32 = 0;
/** f64, common to the threads: expected frequencies of the weights from `onceBase` on. */
export let onceExpected: usize = 0;

/* Scratch memory, of this thread. */

/** f64 [longest sequence * stride]: state scores, then factors, then probabilities. */
export let scores: usize = 0;
/** f64 [longest sequence * stride] */
export let alpha: usize = 0;
/** f64 [longest sequence * stride] */
export let ahead: usize = 0;
/** f64 [longest sequence] */
export let scales: usize = 0;
/** f64 [numTags * stride] each; see chain.ts. */
export let factors: usize = 0;
export let factorsByTo: usize = 0;
/** f64 [stride * stride] */
export let pairs: usize = 0;
