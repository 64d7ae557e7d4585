/**
 * A number with a fixed number of decimals, rounded as C's `printf("%.2f")` and Python's `format` do: the exact value of
 * the double, a tie to the even digit. `toFixed` differs in ties only: it gives 3.13 for 3.125, they give 3.12.
 */
export function fixed(value: number, decimals: number): string {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? 'nan' : value > 0 ? 'inf' : '-inf';
  // A double lies exactly between two decimals only if it is an odd multiple of 2^-(decimals+1).
  const halves = value * 2 ** (decimals + 1);
  const tie = Number.isInteger(halves) && halves % 2 !== 0;
  if (!tie) return value.toFixed(decimals);
  const below = Math.floor(value * 10 ** decimals);
  const even = below % 2 === 0 ? below : below + 1;
  return `${even === 0 && value < 0 ? '-' : ''}${(even / 10 ** decimals).toFixed(decimals)}`;
}

/** Bytes of the text in UTF-8. */
export function utf8Length(text: string): number {
  let bytes = 0;
  for (const character of text) {
    const point = character.codePointAt(0) ?? 0;
    bytes += point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
  }
  return bytes;
}

/** A share as a percentage with two decimals: `66.67`. */
export const percent = (share: number): string => fixed(100 * share, 2);
