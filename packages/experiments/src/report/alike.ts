import { canonicalJson } from '../grid/setting.js';
import type { Cell } from './cells.js';

/** What a setting consists of, beside μ and threads. */
const fields = [
  ...['data', 'limits', 'target', 'sources', 'sourceSize', 'size', 'unlabelled'],
  ...['recipe', 'script', 'sharing', 'variant'],
] as const satisfies readonly (keyof Cell)[];

export type CellField =
  'sources' | 'sourceSize' | 'size' | 'unlabelled' | 'recipe' | 'script' | 'sharing' | 'variant' | 'mu';

/**
 * Whether two settings are the same in everything but the given fields. Every comparison goes by this, so that none leaves a field out. What
 * a field brings with it is no difference: the corpora of other sources, the μ of another recipe, threads where one side has nothing random.
 */
export function alike(a: Cell, b: Cell, but: readonly CellField[]): boolean {
  const free = new Set<string>(but);
  return (
    fields.every(
      (field) => free.has(field) || canonicalJson(a[field] ?? '') === canonicalJson(b[field] ?? ''),
    ) &&
    // Of other sources there are other corpora, but the target's are the same.
    Object.entries(a.digests).every(([part, digest]) => (b.digests[part] ?? digest) === digest) &&
    (free.has('mu') || (!a.swept && !b.swept) || a.mu === b.mu) &&
    (a.threads === undefined || b.threads === undefined || a.threads === b.threads)
  );
}
