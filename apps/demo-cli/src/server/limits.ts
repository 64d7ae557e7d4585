/** What one request may cost. */
export interface Limits {
  /** Bytes of a request's body. */
  readonly bodyBytes: number;
  /** Tokens of one sentence: it is tagged at one go, and whoever else is there waits meanwhile. */
  readonly sentenceTokens: number;
  /** Milliseconds for a request to arrive, and again for its answer to be worked out. */
  readonly milliseconds: number;
  /** Requests under way at once; further ones are turned away. */
  readonly pending: number;
}

export const defaultLimits: Limits = {
  bodyBytes: 1_000_000,
  sentenceTokens: 2000,
  milliseconds: 10_000,
  pending: 256,
};
