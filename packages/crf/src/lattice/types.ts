import type { PreparedTransitions } from './prepared-transitions.js';

/** Scores in the logarithm of any unit: finite numbers, or -Infinity for what is forbidden. */
export type Scores = Float64Array | Float32Array;

/** The scores of a linear-chain CRF that do not depend on the position. */
export interface TransitionScores {
  readonly numTags: number;
  /** `[from * numTags + to]`: added wherever tag `to` directly follows tag `from`. */
  readonly transitions: Scores;
  /** `[numTags]`: added for the tag of the first token; without it, nothing is. */
  readonly startTransitions?: Scores | undefined;
  /** `[numTags]`: added for the tag of the last token; without it, nothing is. */
  readonly endTransitions?: Scores | undefined;
}

/**
 * All taggings of one sentence, with a score for each: the sum of its emissions and of its transitions. The
 * probability of a tagging is `exp(score - logPartition)`.
 */
export interface Lattice extends TransitionScores {
  /** Number of tokens, 0 or more. */
  readonly length: number;
  /** `[t * numTags + tag]`: added where token `t` has the tag. */
  readonly emissions: Scores;
}

/** A lattice whose transitions {@link prepareTransitions} has made ready once for many sentences. */
export interface PreparedLattice {
  readonly length: number;
  /** `[t * numTags + tag]` */
  readonly emissions: Scores;
  /** Start and end transitions and masks of transitions included. */
  readonly transitions: PreparedTransitions;
}

/** Which tags may follow each other, start and end a sentence. A `TransitionMask` of `@cognate/tag-scheme` fits. */
export interface TransitionConstraints {
  /** `[from * numTags + to]`, 0 = forbidden. */
  readonly transitions?: Uint8Array | undefined;
  /** `[numTags]`, 0 = may not be the first tag. */
  readonly start?: Uint8Array | undefined;
  /** `[numTags]`, 0 = may not be the last tag. */
  readonly end?: Uint8Array | undefined;
}

/**
 * Which paths of a lattice count; every other is treated as if it scored -Infinity. The fields combine: a path has to
 * satisfy each of those given.
 */
export interface Constraints extends TransitionConstraints {
  /** `[length]`: the tag that token `t` must have, or -1 where any will do. */
  readonly tags?: ArrayLike<number> | undefined;
  /** `[t * numTags + tag]`, 0 = token `t` may not have the tag. */
  readonly allowed?: Uint8Array | undefined;
}

/** One tagging of the sentence. */
export interface Path {
  /** `[length]` */
  readonly tags: Int32Array;
  /** What `scoreTags` gives for these tags. */
  readonly score: number;
}

/**
 * A run of tokens with given tags: in a BIO scheme an entity is `tags = [B-X, I-X, ...]`, `followedBy` = all tags but
 * `I-X`.
 */
export interface SpanPattern {
  /** The token on which the pattern starts. */
  readonly start: number;
  /** The tags of tokens `start` to `start + tags.length - 1`; at least one. */
  readonly tags: readonly number[];
  /** `[numTags]`, 0 = may not stand directly before the pattern. Where the pattern starts the sentence it fits always. */
  readonly precededBy?: Uint8Array | undefined;
  /** `[numTags]`, 0 = may not stand directly after the pattern. Where the pattern ends the sentence it fits always. */
  readonly followedBy?: Uint8Array | undefined;
}
