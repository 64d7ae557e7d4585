/** A seeded stream of uniform numbers in [0, 1): mulberry32. Good enough for test data, and the same everywhere. */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** A whole number from 0 to `below` - 1. */
export function randomInteger(random: () => number, below: number): number {
  return Math.floor(random() * below);
}

/** One of the given items. */
export function randomChoice<T>(random: () => number, items: readonly T[]): T {
  return items[randomInteger(random, items.length)];
}
