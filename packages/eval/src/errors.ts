/** An argument that is not what the function takes: the message says what was expected, what came, and where. */
export class EvaluationError extends Error {
  override name = 'EvaluationError';
}

/** A value of any kind, as an error message shows it. */
export function shown(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'object' && value !== null) return Array.isArray(value) ? 'an array' : 'an object';
  return typeof value === 'function' ? 'a function' : String(value);
}
