/** A table of texts. Columns from `numbersFrom` on hold numbers and are flush right. */
export interface ReportTable {
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
  readonly numbersFrom: number;
}

/** A GitHub table. */
export function markdownTable({ head, rows, numbersFrom }: ReportTable): string {
  // A name such as <unk> would be an element of the page, which nobody sees.
  const plain = (cell: string): string =>
    cell
      .replaceAll('|', '\\|')
      .replaceAll('\n', ' ')
      .replaceAll(/<(?=[a-z/!?])/giu, '\\<');
  const line = (cells: readonly string[]): string => `| ${cells.map(plain).join(' | ')} |`;
  const rule = head.map((_, column) => (column < numbersFrom ? '---' : '---:'));
  return `${[line(head), line(rule), ...rows.map(line)].join('\n')}\n`;
}

/** A number, or `+1.20 to −3.40`: a spreadsheet makes no formula of it, and programs read its sign. */
const isNumbers = /^[-+−]?[\d.]+(?: to [-+−]?[\d.]+)?$/u;

/** Comma-separated values (RFC 4180). Numbers and signs are plain; what a spreadsheet would take for a formula is not. */
export function csv(
  head: readonly string[],
  rows: readonly (readonly (string | number | undefined)[])[],
): string {
  const cell = (value: string | number | undefined): string => {
    if (value === undefined) return '';
    if (typeof value === 'number') return Number.isFinite(value) ? String(value) : '';
    const text = /^[-=+@\t\r]/u.test(value) && !isNumbers.test(value) ? `'${value}` : value;
    return /[",\r\n]/u.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  return [head, ...rows].map((row) => `${row.map(cell).join(',')}\r\n`).join('');
}

const minus = '−';

/** A share in per cent with two digits. */
export const percent = (share: number | undefined): string =>
  share === undefined || Number.isNaN(share) ? '–' : (100 * share).toFixed(2);

/** A difference of shares in points, with its sign. */
export const points = (difference: number | undefined): string => {
  if (difference === undefined || Number.isNaN(difference)) return '–';
  const text = Math.abs(100 * difference).toFixed(2);
  return `${difference < 0 && Number(text) !== 0 ? minus : '+'}${text}`;
};

/** Mean and standard deviation in per cent. */
export const spreadText = (
  spread: { readonly mean: number; readonly deviation: number | undefined } | undefined,
): string =>
  spread === undefined || Number.isNaN(spread.mean)
    ? '–'
    : `${percent(spread.mean)}${spread.deviation === undefined ? '' : ` ± ${percent(spread.deviation)}`}`;

/** A probability as papers write it. */
export const probability = (p: number | undefined): string =>
  p === undefined || Number.isNaN(p) ? '–' : p < 0.001 ? '< 0.001' : p.toFixed(3);

/** A number with three significant digits, without an exponent. */
export const short = (value: number | undefined): string =>
  value === undefined || Number.isNaN(value)
    ? '–'
    : Math.abs(value) >= 100
      ? Math.round(value).toLocaleString('en')
      : String(Number(value.toPrecision(3)));
