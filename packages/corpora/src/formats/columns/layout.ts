import { shown } from '../../errors.js';
import { separatorName } from './fields.js';
import type { Column, ColumnRules } from './options.js';

/** The columns of a file, as positions; known from its first line of data on. */
export interface Layout {
  /** 0 for any number. */
  readonly width: number;
  readonly token: number;
  /** From the end where negative; undefined without tags. */
  readonly tag: number | undefined;
  readonly sentence: number | undefined;
  /** The line that the width was taken from; 0 where an option or a header told it. */
  readonly line: number;
}

/** A line, as those see it who say where its columns are. */
export interface LineOfFields {
  readonly fields: readonly string[];
  readonly line: string;
  /** Number of the line. */
  readonly number: number;
  /** Makes the error for what is wrong with it. */
  readonly error: (expected: string, actual: string, hint: string) => Error;
}

/** The layout that the options give, for lines with as many columns as the first. */
export function findLayout(rules: ColumnRules, names: readonly string[], first: LineOfFields): Layout {
  const { columns, token, tag, sentence } = rules;
  const { fields } = first;
  const position = (column: Column, option: string): number => positionOf(column, option, names, first);
  const layout: Layout = {
    width: columns === 'variable' ? 0 : (columns ?? fields.length),
    token: position(token, 'tokenColumn'),
    tag: tag === null ? undefined : position(tag, 'tagColumn'),
    sentence: sentence === null ? undefined : position(sentence, 'sentenceColumn'),
    line: columns === undefined ? first.number : 0,
  };
  checkReach(rules, layout, first);
  // A negative position means the same column on every line where all lines have as many.
  const fixed = (at: number): number => (at < 0 ? fields.length + at : at);
  return {
    ...layout,
    token: fixed(layout.token),
    tag: layout.tag === undefined || layout.width === 0 ? layout.tag : fixed(layout.tag),
    sentence: layout.sentence === undefined ? undefined : fixed(layout.sentence),
  };
}

/** Holds a line to the layout. */
export function checkWidth(rules: ColumnRules, layout: Layout, line: LineOfFields): void {
  const { length } = line.fields;
  if (layout.width === 0) checkReach(rules, layout, line);
  if (length === layout.width || layout.width === 0) return;
  const { separator, runs } = rules;
  const from = layout.line > 0 ? `, as on line ${layout.line}` : '';
  throw line.error(
    `${layout.width} columns parted by ${separatorName(separator, runs)}${from}`,
    `${length} on the line ${shown(line.line)}`,
    "option separator, or columns: 'variable' where lines differ",
  );
}

function positionOf(
  column: Column,
  option: string,
  names: readonly string[],
  { fields, error }: LineOfFields,
): number {
  if (typeof column === 'number') return column;
  const position = names.indexOf(column);
  if (position >= 0) return position;
  throw error(
    `a column named "${column}"`,
    names.length > 0 ? `the columns ${names.join(', ')}` : `${fields.length} columns without names`,
    `option ${option}; names come from header: true or # global.columns`,
  );
}

/** There must be the token, and another column with the tag. */
function checkReach(rules: ColumnRules, layout: Layout, { fields, line, error }: LineOfFields): void {
  const { length } = fields;
  const at = (position: number): number => (position < 0 ? length + position : position);
  const { index, separator, runs } = rules;
  const used = [layout.token, layout.tag, layout.sentence].flatMap((p) => (p === undefined ? [] : [at(p)]));
  const taken = index === null ? used : [...used, index];
  if (taken.every((p) => p >= 0 && p < length) && new Set(taken).size === taken.length) return;
  const needed = Math.max(taken.length, ...taken.map((p) => p + 1));
  throw error(
    `at least ${needed} columns parted by ${separatorName(separator, runs)}`,
    `${length} on the line ${shown(line)}`,
    separatorHint(rules, line),
  );
}

function separatorHint({ separator, runs }: ColumnRules, line: string): string {
  if (!runs && separator === '\t' && /\S +\S/.test(line))
    return "option separator: 'whitespace' parts at spaces";
  if (separator !== '\t' && line.includes('\t')) return "option separator: 'tab' parts at tabs";
  return 'options separator, tokenColumn, tagColumn; tagColumn: null where there are no tags';
}
