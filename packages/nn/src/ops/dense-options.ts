import type { Tensor } from '@tensorflow/tfjs-core';

export type Activation = 'linear' | 'tanh';

const activations: readonly Activation[] = ['linear', 'tanh'];

/** Further columns of x that many of its rows have in common: the vector of their sentence's language, say. */
export interface DenseContext {
  /** `[contexts, columns]` */
  readonly values: Tensor;
  /** `[rows of x]`: the row of `values` that each row of x has. */
  readonly index: Int32Array;
}

/** Checks everything that is given to `dense`. */
export function checkDense(
  x: Tensor,
  weights: Tensor,
  bias: Tensor,
  activation: Activation,
  context: DenseContext | undefined,
): void {
  if (context) checkContext(x, context);
  const shapes = [x, weights, bias].map(({ shape }) => `[${shape.join(', ')}]`).join(', ');
  const columns = (x.shape[1] ?? 0) + (context?.values.shape[1] ?? 0);
  const fits =
    x.rank === 2 &&
    weights.rank === 2 &&
    bias.rank === 1 &&
    x.shape[0] > 0 &&
    columns === weights.shape[0] &&
    weights.shape[1] === bias.shape[0];
  if (!fits) {
    const rows = context ? 'size + columns of the context' : 'size';
    throw new Error(
      `expected x, weights, bias of shapes [rows, size], [${rows}, units], [units], got ${shapes}`,
    );
  }
  for (const { dtype } of [x, weights, bias]) {
    if (dtype !== 'float32') throw new Error(`expected x, weights and bias to be float32, got ${dtype}`);
  }
  if (!activations.includes(activation)) {
    throw new Error(`expected the activation to be 'linear' or 'tanh', got ${activation}`);
  }
}

function checkContext(x: Tensor, { values, index }: DenseContext): void {
  const { rank, dtype, shape } = values;
  if (rank !== 2 || dtype !== 'float32' || shape[0] === 0) {
    throw new Error(
      `expected context.values to be a float32 matrix of at least one row, got ${dtype} of shape [${shape.join(', ')}]`,
    );
  }
  if (!(index instanceof Int32Array)) throw new Error('expected context.index to be an Int32Array');
  if (index.length !== x.shape[0]) {
    throw new Error(
      `expected context.index to have ${x.shape[0]} entries, a row of x each, got ${index.length}`,
    );
  }
  const wrong = index.findIndex((row) => row < 0 || row >= shape[0]);
  if (wrong >= 0) {
    throw new Error(
      `expected context.index to name rows of context.values, 0 to ${shape[0] - 1}, got ${index[wrong]} at ${wrong}`,
    );
  }
}
