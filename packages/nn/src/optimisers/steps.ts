/** A float32 for each step, from 1, computed once: a factor that depends on the number of the step alone. */
export class StepTable {
  #values = new Float32Array(256);
  #known = 0;

  constructor(private readonly at: (step: number) => number) {}

  value(step: number): number {
    this.#reach(step);
    return this.#values[step - 1];
  }

  /** The values of the steps `first` to `last`. */
  range(first: number, last: number): Float32Array {
    this.#reach(last);
    return this.#values.subarray(first - 1, last);
  }

  #reach(step: number): void {
    if (step > this.#values.length) {
      const longer = new Float32Array(Math.max(step, 2 * this.#values.length));
      longer.set(this.#values);
      this.#values = longer;
    }
    for (; this.#known < step; this.#known++) this.#values[this.#known] = this.at(this.#known + 1);
  }
}
