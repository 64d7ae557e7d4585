import Table from 'cli-table3';
import type { Palette } from './colour.js';

export interface TableOptions {
  readonly head: readonly string[];
  /** Columns that hold numbers are flush right; the first column never is. */
  readonly rows: readonly (readonly string[])[];
  readonly palette: Palette;
}

/** A plain table: no boxes, two spaces between columns, a rule under the head. Wide scripts keep their columns. */
export function table({ head, rows, palette }: TableOptions): string {
  const numeric = head.map(
    (_, column) => column > 0 && rows.every((row) => /^[-+±.,%\d\s–]*$/.test(row[column])),
  );
  const grid = new Table({
    head: head.map((cell) => palette.bold(cell)),
    colAligns: numeric.map((right) => (right ? 'right' : 'left')),
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 2 },
    chars: {
      top: '',
      'top-mid': '',
      'top-left': '',
      'top-right': '',
      bottom: '',
      'bottom-mid': '',
      'bottom-left': '',
      'bottom-right': '',
      left: '',
      'left-mid': '',
      mid: '',
      'mid-mid': '',
      right: '',
      'right-mid': '',
      middle: '',
    },
  });
  for (const row of rows) grid.push([...row]);
  return grid
    .toString()
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n');
}

/** A share from 0 to 1 in per cent, two digits behind the point; a dash where there is none. */
export function percent(share: number): string {
  return Number.isNaN(share) ? '–' : (100 * share).toFixed(2);
}
