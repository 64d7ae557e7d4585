/** Cuts a line at every separator, or at every run of spaces and tabs; runs at its ends cut nothing off. */
export function splitFields(line: string, separator: string, runs: boolean): string[] {
  if (!runs) return line.split(separator);
  const trimmed = line.replace(/^[ \t]+|[ \t]+$/g, '');
  return trimmed === '' ? [''] : trimmed.split(/[ \t]+/);
}

/** Whether nothing but spaces and tabs is on a line. */
export const isBlank = (line: string): boolean => line === '' || /^[ \t]+$/.test(line);

/** How an error message calls a separator. */
export function separatorName(separator: string, runs: boolean): string {
  if (runs) return 'white space';
  return separator === '\t' ? 'tabs' : separator === ' ' ? 'single spaces' : JSON.stringify(separator);
}
