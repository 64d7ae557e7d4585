/**
 * Something handed to the linear model is not what it should be. The message says what was expected, what came and
 * where; `sequence` and `position` count from 0 and are set where they are known.
 */
export class CrfInputError extends Error {
  override readonly name = 'CrfInputError';

  constructor(
    message: string,
    readonly sequence?: number,
    readonly position?: number,
  ) {
    super(message);
  }
}

/** A model file that is damaged, truncated or of another kind; `offset` is the byte at which reading stopped. */
export class ModelFileError extends Error {
  override readonly name = 'ModelFileError';

  constructor(
    expected: string,
    got: string,
    readonly offset: number,
  ) {
    super(`expected ${expected}, got ${got}, at byte ${offset}`);
  }
}

/** A checkpoint of a training that is damaged, or of another training than the one that is to go on. */
export class CheckpointError extends Error {
  override readonly name = 'CheckpointError';
}

/** A value as an error message shows it: short, and never throwing itself. */
export function show(value: unknown): string {
  if (typeof value === 'string') {
    return JSON.stringify(value.length > 60 ? `${value.slice(0, 57)}...` : value);
  }
  if (value === null || value === undefined) return `${value}`;
  if (typeof value === 'number' || typeof value === 'boolean') return `${value}`;
  if (typeof value === 'bigint') return `${value.toString()}n`;
  if (Array.isArray(value)) return 'an array';
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}
