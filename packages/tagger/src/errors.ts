/** An argument that is not what the function takes: the message says what was expected, what came, and where. */
export class TaggerError extends Error {
  override name = 'TaggerError';
}

/** A model's files that are damaged, incomplete, or of another kind. */
export class ModelFormatError extends TaggerError {
  override name = 'ModelFormatError';
}

/** A value of any kind, as an error message shows it. */
export function shown(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value.length > 60 ? `${value.slice(0, 60)}…` : value);
  if (typeof value === 'object' && value !== null) return Array.isArray(value) ? 'an array' : 'an object';
  return typeof value === 'function' ? 'a function' : String(value);
}
