import { CrfInputError, show } from '../errors.js';

/** How `readCrfppTemplate` takes what a first-order model over attributes has no features for. */
export interface CrfppTemplateOptions {
  /**
   * Bigram templates with macros (`B01:%x[0,0]`) speak for pairs of tags and an observation together. `refuse` (the default): an
   * error. `state`: they become attributes, which speak for single tags.
   */
  readonly bigrams?: 'refuse' | 'state' | undefined;
}

/** Templates of CRF++, as a function from the columns of a sentence to its attributes. */
export interface CrfppTemplate {
  /**
   * The attributes of each token: for each template its text with the macros replaced, `U01:the` say, in the order of the file.
   * `rows` has the columns of each token; the tag may be among them or not.
   *
   * @throws CrfInputError with the token's position for a row that has not the columns that the templates name.
   */
  attributes(rows: readonly (readonly string[])[]): string[][];
  /** Whether there is a template `B`: whether CRF++ would learn transitions. This package always does. */
  readonly transitions: boolean;
  /** Columns that a row must have at least. */
  readonly columns: number;
}

/** Text, or a macro: the column of the token that stands so many rows further on. */
type Part = string | { readonly row: number; readonly column: number };

const MACRO = /%x\[(-?\d+),(\d+)\]/y;

/**
 * Reads a template file of CRF++ (`U01:%x[0,0]`, `B`, `#` comments). Rows before the first token are `_B-1`, `_B-2` ..., those after
 * the last `_B+1`, `_B+2` ..., as there.
 *
 * @throws CrfInputError with the line for what is no template.
 */
export function readCrfppTemplate(text: string, options: CrfppTemplateOptions = {}): CrfppTemplate {
  const { bigrams = 'refuse' } = options;
  const given: unknown = text;
  if (typeof given !== 'string') {
    throw new CrfInputError(`template: expected the text of a template file, got ${show(given)}`);
  }
  if (!['refuse', 'state'].includes(bigrams)) {
    throw new CrfInputError(`bigrams: expected 'refuse' or 'state', got ${show(bigrams)}`);
  }
  const templates: Part[][] = [];
  let transitions = false;
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    if (line.trim() === '' || line.startsWith('#')) continue;
    const parts = readLine(line, index + 1);
    if (line.startsWith('B')) {
      const hasMacro = parts.some((part) => typeof part !== 'string');
      if (!hasMacro) transitions = true;
      else if (bigrams === 'refuse') {
        throw new CrfInputError(
          `template, line ${index + 1}: expected B without macros (else say { bigrams: 'state' }), got ${show(line)}`,
        );
      } else templates.push(parts);
    } else {
      templates.push(parts);
    }
  }
  const macros = templates.flat().filter((part) => typeof part !== 'string');
  const columns = macros.reduce((most, { column }) => Math.max(most, column + 1), 0);
  return {
    transitions,
    columns,
    attributes(rows) {
      checkRows(rows, columns);
      return rows.map((_, t) => templates.map((parts) => expand(parts, rows, t)));
    },
  };
}

function readLine(line: string, number: number): Part[] {
  const fail = (expected: string, got: string): CrfInputError =>
    new CrfInputError(`template, line ${number}: expected ${expected}, got ${show(got)}`);
  if (!/^[UB]/.test(line)) throw fail('U or B at its start, or # before a comment', line);
  const parts: Part[] = [];
  let textFrom = 0;
  for (let at = line.indexOf('%'); at >= 0; at = line.indexOf('%', textFrom)) {
    MACRO.lastIndex = at;
    const match = MACRO.exec(line);
    if (match === null) throw fail('macros as %x[row,column]', line.slice(at));
    if (at > textFrom) parts.push(line.slice(textFrom, at));
    parts.push({ row: Number(match[1]), column: Number(match[2]) });
    textFrom = MACRO.lastIndex;
  }
  if (textFrom < line.length) parts.push(line.slice(textFrom));
  return parts;
}

function checkRows(rows: unknown, columns: number): void {
  if (!Array.isArray(rows)) {
    throw new CrfInputError(`rows: expected an array with the columns of each token, got ${show(rows)}`);
  }
  for (const [t, row] of rows.entries()) {
    const given: unknown = row;
    if (Array.isArray(given) && given.length >= columns) continue;
    const got = Array.isArray(given) ? `${given.length}` : show(given);
    throw new CrfInputError(
      `rows, token ${t} (counted from 0): expected at least ${columns} columns, got ${got}`,
      undefined,
      t,
    );
  }
}

function expand(parts: readonly Part[], rows: readonly (readonly string[])[], t: number): string {
  let text = '';
  for (const part of parts) {
    if (typeof part === 'string') {
      text += part;
      continue;
    }
    const at = t + part.row;
    if (at < 0) text += `_B${at}`;
    else if (at >= rows.length) text += `_B+${at - rows.length + 1}`;
    else text += rows[at][part.column];
  }
  return text;
}
