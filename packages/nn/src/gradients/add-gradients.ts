import { addRows } from './sparse-rows.js';
import type { Gradients } from './types.js';

/** Loss 0 and no gradients: what sums start from. */
export function noGradients(): Gradients {
  return { loss: 0, dense: new Map(), sparse: new Map() };
}

/** Adds `scale` times `from`, its loss too, to `into`. Throws a RangeError that names the parameter if the sizes differ. */
export function addGradients(into: Gradients, from: Gradients, scale = 1): void {
  for (const [name, gradient] of from.dense) {
    const sum = into.dense.get(name);
    if (sum && sum.length !== gradient.length) {
      throw new RangeError(
        `gradient of '${name}': expected ${sum.length} values to add, got ${gradient.length}`,
      );
    }
  }
  for (const [name, { rows, values }] of from.sparse) {
    const sum = into.sparse.get(name);
    if (sum && sum.values.length * rows.length !== values.length * sum.rows.length) {
      throw new RangeError(`gradient of '${name}': the rows to add have another number of columns`);
    }
  }
  into.loss += scale * from.loss;
  for (const [name, gradient] of from.dense) {
    const sum = into.dense.get(name) ?? new Float32Array(gradient.length);
    for (let i = 0; i < gradient.length; i++) sum[i] += scale * gradient[i];
    into.dense.set(name, sum);
  }
  for (const [name, rows] of from.sparse) {
    const sum = into.sparse.get(name) ?? { rows: new Int32Array(0), values: new Float32Array(0) };
    const columns = rows.rows.length > 0 ? rows.values.length / rows.rows.length : 0;
    if (columns > 0) into.sparse.set(name, addRows(sum, rows, columns, scale));
  }
}
