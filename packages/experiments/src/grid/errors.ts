/** A grid is not what it should be; the message names each field and what it may be. */
export class GridError extends Error {
  override readonly name = 'GridError';
}
