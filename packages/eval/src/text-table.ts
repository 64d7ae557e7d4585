/** Rows under a header, in columns as wide as they need: the first aligned to the left, the others to the right. */
export function textTable(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const lines = [header, ...rows];
  const widths = header.map((_, column) =>
    Math.max(...lines.map((line) => characters(line.at(column) ?? ''))),
  );
  return lines
    .map((line) => {
      const cells = line.map((cell, column) => {
        const space = ' '.repeat(widths[column] - characters(cell));
        return column === 0 ? cell + space : space + cell;
      });
      return `${cells.join('  ').trimEnd()}\n`;
    })
    .join('');
}

/** Code points without marks that take no space: the columns of a terminal, but for the wide characters of East Asia. */
const characters = (text: string): number => Array.from(text.replace(/[\p{Mn}\p{Me}]/gu, '')).length;
