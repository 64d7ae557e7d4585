import type { Gradients, ParameterSet } from '@cognate/nn';

/** What an {@link Average} needs to go on. */
export interface AverageState {
  readonly steps: number;
  readonly logKept: number;
  /** By name of the parameter. */
  readonly values: ReadonlyMap<string, Float32Array>;
  /** Of tables only. */
  readonly seenAt: ReadonlyMap<string, Float64Array>;
}

/**
 * The exponential moving average of a set of parameters: after step n, a ← d a + (1 - d) x with d = min(decay, (1 + n) / (10 + n)).
 *
 * A row of a table that stays as it is for some steps approaches its value by the product of their factors, in one go when it
 * is next needed. So a step costs as much as the rows that it changes. Rows that an optimiser moves without a gradient (Adam,
 * momentum) count as moved when they were next read.
 */
export class Average {
  #steps = 0;
  /** Σ log d over all steps: how much of a value is kept between two steps is a difference of these. */
  #logKept = 0;
  /** Same shapes as the parameters. */
  readonly #values = new Map<string, Float32Array>();
  /** seenAt[row] of a table: `#logKept` when the row was last brought up to date. */
  readonly #seenAt = new Map<string, Float64Array>();

  /** Begins with the values as they are. */
  constructor(
    private readonly parameters: ParameterSet,
    private readonly decay: number,
  ) {
    for (const { name, shape, values, sparse } of parameters) {
      this.#values.set(name, Float32Array.from(values));
      if (sparse) this.#seenAt.set(name, new Float64Array(shape[0]));
    }
  }

  /** To be called before a step: rows that are about to change are brought up to date with what they were. */
  beforeStep(changed: Gradients['sparse']): void {
    for (const [name, { rows }] of changed) this.#catchUp(name, rows);
  }

  /** To be called after the step. */
  afterStep(changed: Gradients['sparse']): void {
    const n = ++this.#steps;
    const kept = Math.min(this.decay, (1 + n) / (10 + n));
    const taken = 1 - kept;
    this.#logKept += Math.log(kept);
    for (const [name, average] of this.#values) {
      const { values, shape, sparse } = this.parameters.get(name);
      if (!sparse) {
        for (let i = 0; i < average.length; i++) average[i] += taken * (values[i] - average[i]);
        continue;
      }
      const rows = changed.get(name)?.rows ?? [];
      const columns = shape[1];
      const seenAt = this.#seenAt.get(name) ?? new Float64Array(0);
      for (const row of rows) {
        const end = (row + 1) * columns;
        for (let i = row * columns; i < end; i++) average[i] += taken * (values[i] - average[i]);
        seenAt[row] = this.#logKept;
      }
    }
  }

  /** The averages by name, all rows up to date. The arrays themselves: don't write to them. */
  settled(): ReadonlyMap<string, Float32Array> {
    for (const [name, seenAt] of this.#seenAt) this.#catchUp(name, seenAt.keys());
    return this.#values;
  }

  /** Exchanges the parameters' values and the averages, and back when it is called again. */
  swap(): void {
    for (const [name, average] of this.settled()) {
      const { values } = this.parameters.get(name);
      for (let i = 0; i < average.length; i++) {
        const value = values[i];
        values[i] = average[i];
        average[i] = value;
      }
    }
    this.parameters.touch();
  }

  state(): AverageState {
    return { steps: this.#steps, logKept: this.#logKept, values: this.#values, seenAt: this.#seenAt };
  }

  load({ steps, logKept, values, seenAt }: AverageState): void {
    this.#steps = steps;
    this.#logKept = logKept;
    for (const [name, array] of this.#values) array.set(values.get(name) ?? []);
    for (const [name, array] of this.#seenAt) array.set(seenAt.get(name) ?? []);
  }

  #catchUp(name: string, rows: Iterable<number>): void {
    const seenAt = this.#seenAt.get(name);
    const average = this.#values.get(name);
    if (!seenAt || !average) return;
    const { values, shape } = this.parameters.get(name);
    const columns = shape[1];
    for (const row of rows) {
      if (seenAt[row] === this.#logKept) continue;
      const kept = Math.exp(this.#logKept - seenAt[row]);
      const end = (row + 1) * columns;
      for (let i = row * columns; i < end; i++) average[i] = values[i] + kept * (average[i] - values[i]);
      seenAt[row] = this.#logKept;
    }
  }
}
