/** Random order from a small generator (mulberry32), so that contenders see comparable batches. */
export function shuffledBatches<T>(items: readonly T[], size: number, seed: number): T[][] {
  const order = [...items];
  let state = seed;
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  for (let i = order.length - 1; i > 0; i--) {
    const j = Math.floor(next() * (i + 1));
    [order[i], order[j]] = [order[j], order[i]];
  }
  return Array.from({ length: Math.ceil(order.length / size) }, (_, b) =>
    order.slice(b * size, (b + 1) * size),
  );
}
