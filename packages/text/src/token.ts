/** What a token is made of. `word` covers everything with letters, and words that begin with a digit (`4-е`, `24-hour`). */
export type TokenKind =
  'word' | 'number' | 'punctuation' | 'symbol' | 'emoji' | 'url' | 'email' | 'hashtag' | 'mention';

/** A piece of the caller's own string: `source.slice(start, end) === text`. */
export interface Token {
  readonly text: string;
  /** First UTF-16 code unit of the token in the caller's string. */
  readonly start: number;
  /** UTF-16 code unit just behind the token: the span is half-open. */
  readonly end: number;
  readonly kind: TokenKind;
}
