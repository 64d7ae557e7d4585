import { EvaluationError } from './errors.js';

export interface ColumnOptions {
  /** What parts the columns; by default any run of spaces and tabs. */
  readonly separator?: string | RegExp | undefined;
  /** The column of the gold tags, from 0, or from the end if negative; by default -2, as in conlleval. */
  readonly goldColumn?: number | undefined;
  /** The column of the predicted tags; by default -1. */
  readonly predictedColumn?: number | undefined;
  /** The column of the words; by default 0. */
  readonly tokenColumn?: number | undefined;
  /** A line whose first column is this ends the sentence as an empty one does; by default `-X-`, as in conlleval. */
  readonly boundary?: string | undefined;
}

/** Both tag columns of an output file, sentence by sentence: what `evaluate` takes. */
export interface TagColumns {
  /** `[sentence][token]` */
  readonly tokens: string[][];
  readonly gold: string[][];
  readonly predicted: string[][];
}

/**
 * Sorts the lines of a tagger's output into sentences: one token a line, an empty line between sentences. Reads no file: the
 * lines come from the caller, with or without their line breaks.
 *
 * @throws EvaluationError where a line has another number of columns than the first one, or not enough; it names the line, from 1.
 */
export function tagColumns(lines: Iterable<string>, options: ColumnOptions = {}): TagColumns {
  const { separator = /[ \t]+/, goldColumn = -2, predictedColumn = -1, tokenColumn = 0 } = options;
  const { boundary = '-X-' } = options;
  const result: TagColumns = { tokens: [], gold: [], predicted: [] };
  let open = false;
  let line = 0;
  let columns = 0;
  for (const raw of lines) {
    line++;
    const text = (line === 1 ? raw.replace(/^\uFEFF/, '') : raw).replace(/[\r\n]+$/, '');
    const fields = (typeof separator === 'string' ? text : text.replace(/[ \t]+$/, '')).split(separator);
    if (text.trim() === '' || fields[0] === boundary) {
      open = false;
      continue;
    }
    if (columns === 0) columns = fields.length;
    if (fields.length !== columns) {
      throw new EvaluationError(`line ${line}: expected ${columns} columns as before, got ${fields.length}`);
    }
    const pick = (column: number, name: string): string => {
      const value = fields.at(column);
      if (value === undefined) {
        throw new EvaluationError(
          `line ${line}: expected ${name} in column ${column}, got ${columns} columns`,
        );
      }
      return value;
    };
    if (!open) {
      result.tokens.push([]);
      result.gold.push([]);
      result.predicted.push([]);
      open = true;
    }
    result.tokens[result.tokens.length - 1].push(pick(tokenColumn, 'a word'));
    result.gold[result.gold.length - 1].push(pick(goldColumn, 'a gold tag'));
    result.predicted[result.predicted.length - 1].push(pick(predictedColumn, 'a predicted tag'));
  }
  return result;
}
