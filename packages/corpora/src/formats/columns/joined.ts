import type { TagEntry } from './tag-table.js';

/** What holds these is an address or a path, not joined words. */
const address = /[:@\\]|www\./i;

/** The words of a token that joins several; undefined for one that stays whole. */
export function splitJoined(token: string, joiners: readonly string[]): string[] | undefined {
  if (!joiners.some((joiner) => token.includes(joiner)) || address.test(token)) return undefined;
  let parts = [token];
  for (const joiner of joiners) parts = parts.flatMap((part) => part.split(joiner));
  return parts.includes('') ? undefined : parts;
}

/** By prefix: that of the first, the inner and the last part. B and I need no change: what follows them is inside. */
const spread: Readonly<Record<string, readonly [string, string, string]>> = {
  B: ['B', 'I', 'I'],
  I: ['I', 'I', 'I'],
  E: ['I', 'I', 'E'],
  L: ['I', 'I', 'L'],
  S: ['B', 'I', 'E'],
  U: ['B', 'I', 'L'],
};

/** The tags of the parts of a token: the entity of the whole, over all of them. */
export function spreadTag(entry: TagEntry, parts: number): TagEntry[] {
  if (entry.outside) return new Array<TagEntry>(parts).fill(entry);
  const [first, inner, last] = spread[entry.prefix];
  return Array.from({ length: parts }, (_, part) => {
    const prefix = part === 0 ? first : part === parts - 1 ? last : inner;
    return { ...entry, prefix, tag: entry.label === '' ? prefix : `${prefix}-${entry.label}` };
  });
}
