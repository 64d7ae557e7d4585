/** Numbers the lists of values that properties of words have: words with the same shape share one. The empty list is -1. */
export class ValueLists {
  /** By number. */
  readonly lists: (readonly string[])[] = [];
  readonly #single = new Map<string, number>();
  readonly #several = new Map<string, number>();

  numberOf(values: readonly string[]): number {
    if (values.length === 0) return -1;
    const several = values.length > 1;
    const numbers = several ? this.#several : this.#single;
    const key = several ? JSON.stringify(values) : values[0];
    const known = numbers.get(key);
    if (known !== undefined) return known;
    numbers.set(key, this.lists.length);
    return this.lists.push(values) - 1;
  }
}
