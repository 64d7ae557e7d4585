import { closest, distance } from 'fastest-levenshtein';

const sorted = (text: string): string => Array.from(text).sort().join('');

/** ` Did you mean NAME?` where one of the names is nearly what came; else nothing. */
export function didYouMean(given: string, names: readonly string[]): string {
  if (names.length === 0) return '';
  const byLowerCase = new Map(names.map((name) => [name.toLowerCase(), name]));
  const lower = given.toLowerCase();
  const nearest = closest(lower, [...byLowerCase.keys()]);
  // Letters in another order are two changes, and one slip of the hand.
  const near =
    sorted(lower) === sorted(nearest) ||
    distance(lower, nearest) <= Math.max(1, Math.floor(0.4 * Math.max(lower.length, nearest.length)));
  // Half a word, as `iterations` for `max_iterations`, is farther than that.
  const part = [...byLowerCase.keys()].find((name) => lower.length > 3 && name.includes(lower));
  const meant = near ? nearest : part;
  return meant === undefined ? '' : ` Did you mean ${String(byLowerCase.get(meant))}?`;
}
