/** An argument or a file that is not what was expected: the message says what was, what came, and where. */
export class CharEncoderError extends Error {
  override name = 'CharEncoderError';
}

/** A value of any kind, as an error message shows it. */
export function shown(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value.length > 60 ? `${value.slice(0, 60)}…` : value);
  if (typeof value === 'object' && value !== null) return Array.isArray(value) ? 'an array' : 'an object';
  return typeof value === 'function' ? 'a function' : String(value);
}
