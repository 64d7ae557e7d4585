/** Uniform numbers in [0, 1). */
export interface Uniform {
  next(): number;
}

/** Brings the items into a random order, in place; each order is as likely as any other (Fisher and Yates). */
export function shuffle(items: { length: number; [index: number]: unknown }, random: Uniform): void {
  for (let i = items.length - 1; i > 0; i--) {
    const j = Math.floor(random.next() * (i + 1));
    const item = items[i];
    items[i] = items[j];
    items[j] = item;
  }
}
