/** Thrown where something is asked of the allowed tag sequences and there is none. */
export class NoPathError extends Error {
  override readonly name = 'NoPathError';
  /** The first position that no allowed sequence gets past: token index, from 0. */
  readonly position: number;

  constructor(position: number, length: number) {
    const where =
      position === length
        ? `no tag that token ${length - 1} (the last) can be reached with may end the sequence`
        : `token ${position} of ${length} cannot be reached with any tag that is allowed on it`;
    super(`no tag sequence is allowed: ${where} (scores of -Infinity and constraints forbid all)`);
    this.position = Math.min(position, length - 1);
  }
}
