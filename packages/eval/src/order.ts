/**
 * Compares by code points, which is the order of UTF-8 bytes (Perl's `sort`) and of Python's `sorted`. JavaScript's own `<` compares
 * UTF-16 code units and puts U+1F600 before U+FB00.
 */
export function compareCodePoints(a: string, b: string): number {
  const shorter = Math.min(a.length, b.length);
  for (let i = 0; i < shorter; i++) {
    const x = a.charCodeAt(i);
    const y = b.charCodeAt(i);
    if (x !== y) return rank(x) - rank(y);
  }
  return a.length - b.length;
}

/** Surrogates stand for code points above all others, but sit below U+E000 to U+FFFF. */
const rank = (unit: number): number =>
  unit >= 0xe000 ? unit - 0x800 : unit >= 0xd800 ? unit + 0x2000 : unit;
