import type { Scheme } from './scheme.js';

/** An argument that is not what the function takes: the message says what was expected, what came, and where. */
export class TagSchemeError extends Error {
  override name = 'TagSchemeError';
}

/** A tag that breaks its scheme, under the repair policy `throw`. */
export class InvalidTagError extends TagSchemeError {
  override name = 'InvalidTagError';

  constructor(
    /** Position of the tag in its sentence, from 0. */
    readonly index: number,
    readonly tag: string,
    readonly scheme: Scheme,
    /** What the scheme wants in this place. */
    readonly reason: string,
  ) {
    super(`tag ${index} ("${tag}") breaks ${scheme}: ${reason}`);
  }
}

/** A value of any kind, as an error message shows it. */
export function shown(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'object' && value !== null) return Array.isArray(value) ? 'an array' : 'an object';
  return typeof value === 'function' ? 'a function' : String(value);
}
