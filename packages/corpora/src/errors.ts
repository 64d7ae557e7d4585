/** What a {@link CorpusError} is made from. */
export interface CorpusErrorDetails {
  /** The file, as the caller named it; an archive's member is `archive!member`. */
  readonly file?: string | undefined;
  /** Line in the file, from 1. */
  readonly line?: number | undefined;
  readonly expected: string;
  readonly actual: string;
  /** What would help: an option, another function. */
  readonly hint?: string | undefined;
  readonly cause?: unknown;
}

/** Data or an argument that is not what a function of this package takes: what was expected, what came, and where. */
export class CorpusError extends Error {
  override name = 'CorpusError';
  readonly file: string | undefined;
  /** Line in the file, from 1. */
  readonly line: number | undefined;
  readonly expected: string;
  readonly actual: string;
  readonly hint: string | undefined;

  constructor({ file, line, expected, actual, hint, cause }: CorpusErrorDetails) {
    const place = placeOf(file, line);
    super(`${place}expected ${expected}, got ${actual}${hint === undefined ? '' : ` (${hint})`}`, { cause });
    this.file = file;
    this.line = line;
    this.expected = expected;
    this.actual = actual;
    this.hint = hint;
  }
}

/** `file:12: `, `line 12: `, `file: ` or nothing. */
function placeOf(file: string | undefined, line: number | undefined): string {
  if (file === undefined) return line === undefined ? '' : `line ${line}: `;
  return line === undefined ? `${file}: ` : `${file}:${line}: `;
}

/** A value of any kind, as an error message shows it: short, and on one line. */
export function shown(value: unknown): string {
  if (typeof value === 'string')
    return JSON.stringify(value.length > 80 ? `${value.slice(0, 77)}...` : value);
  if (typeof value === 'object' && value !== null) return Array.isArray(value) ? 'an array' : 'an object';
  return typeof value === 'function' ? 'a function' : String(value);
}

/** `a, b or c`, each quoted. */
export const oneOf = (names: readonly string[]): string =>
  names
    .map((name) => `"${name}"`)
    .join(', ')
    .replace(/, ([^,]*)$/, ' or $1');
