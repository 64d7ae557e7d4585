/**
 * A result of this package as JSON text: every field of it, NaN as null (the convention says that 0/0 is NaN), labels and languages
 * as they are.
 */
export function jsonReport(result: object, indent = 2): string {
  return `${JSON.stringify(result, undefined, indent)}\n`;
}
