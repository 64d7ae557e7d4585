import type { Scheme } from '@cognate/tag-scheme';
import type { RankedTagging } from './tagger.js';

/** Taggings that are looked at for one list, so that long runs of one label, which have very many readings, do not fill the memory. */
const MOST = 1 << 14;

/**
 * The `k` best taggings as they are written, each once. In IO several are written alike, which differ in where one entity ends and another
 * of its label begins: the best of them stands for all. Fewer than `k` if there are not so many, or if the best 16,384 readings have fewer.
 *
 * @param best the `count` best taggings as they are written, best first; fewer if there are not so many
 */
export function distinctTaggings(
  k: number,
  scheme: Scheme,
  best: (count: number) => RankedTagging[],
): RankedTagging[] {
  if (scheme !== 'IO') return best(k);
  for (let count = k; ; count *= 4) {
    const readings = best(count);
    const written = new Map<string, RankedTagging>();
    for (const reading of readings) {
      const text = reading.tags.join('\n');
      if (!written.has(text)) written.set(text, reading);
    }
    if (written.size >= k || readings.length < count || count >= MOST)
      return [...written.values()].slice(0, k);
  }
}
