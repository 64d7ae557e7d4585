import type { Tensor } from '@tensorflow/tfjs-core';

/** The weights of one direction of one layer; h is the hidden size, the gates stand in the order input, forget, cell, output. */
export interface LstmWeights {
  /** `[size of the input, 4h]` */
  readonly input: Tensor;
  /** `[h, 4h]` */
  readonly recurrent: Tensor;
  /** `[4h]` */
  readonly bias: Tensor;
}

/** Numbers in [0, 1), one after another. */
export interface RandomSource {
  next(): number;
}

export interface LstmDropout {
  /** Share of the values that are dropped on the way from one layer to the next, in [0, 1). Default 0. */
  readonly between?: number;
  /**
   * Share of the hidden state's units that are dropped on the way to the next step, in [0, 1), the same units at all steps of a sequence (Gal and
   * Ghahramani 2016). Default 0.
   */
  readonly recurrent?: number;
  readonly random: RandomSource;
}

export interface LstmOptions {
  /**
   * `all` (the default): the states of all steps, `[sum(lengths), directions * h]`. `last`: the final state of each direction (for the backward one,
   * at the first element), `[sequences, directions * h]`.
   */
  readonly returns?: 'all' | 'last';
  /**
   * Which row of x each element reads, `sum(lengths)` numbers. Then x has one row for each distinct input, in any order, and its product with the input
   * weights is computed once for each.
   */
  readonly inputIndex?: Int32Array;
  readonly dropout?: LstmDropout;
}

/** Sizes that the checks have found. */
export interface LstmSizes {
  readonly layers: number;
  readonly directions: number;
  readonly hidden: number;
  /** Columns of x. */
  readonly input: number;
  /** Rows of x. */
  readonly inputRows: number;
}

const outputs: readonly NonNullable<LstmOptions['returns']>[] = ['all', 'last'];

const shapeText = (shape: readonly number[]) => `[${shape.join(', ')}]`;

function checkTensor(
  tensor: Tensor,
  what: string,
  expected: readonly (number | string)[],
  fits: (shape: number[]) => boolean,
): void {
  const { shape, dtype, isDisposed } = tensor;
  if (isDisposed) throw new Error(`${what}: the tensor is disposed`);
  if (dtype !== 'float32' || shape.length !== expected.length || !fits(shape)) {
    throw new Error(
      `expected ${what} to be float32 of shape [${expected.join(', ')}], got ${dtype} of shape ${shapeText(shape)}`,
    );
  }
}

function checkLengths(lengths: Int32Array): number {
  if (!(lengths instanceof Int32Array)) throw new Error('expected lengths to be an Int32Array');
  if (lengths.length === 0) throw new Error('expected at least one sequence, got a batch of none');
  let rows = 0;
  lengths.forEach((length, sequence) => {
    if (length < 1) {
      throw new Error(
        `expected every sequence to have an element, got length ${length} of sequence ${sequence}`,
      );
    }
    rows += length;
  });
  return rows;
}

function checkIndex(index: Int32Array, rows: number, inputRows: number): void {
  if (!(index instanceof Int32Array)) throw new Error('expected inputIndex to be an Int32Array');
  if (index.length !== rows) {
    throw new Error(`expected inputIndex to have sum(lengths) = ${rows} entries, got ${index.length}`);
  }
  index.forEach((row, i) => {
    if (row < 0 || row >= inputRows) {
      throw new Error(`expected inputIndex to name rows of x, 0 to ${inputRows - 1}, got ${row} at ${i}`);
    }
  });
}

function checkRate(rate: number | undefined, what: string): void {
  if (rate !== undefined && !(rate >= 0 && rate < 1)) {
    throw new Error(`expected dropout.${what} to be in [0, 1), got ${rate}`);
  }
}

/** Checks everything that is given to `lstm`; the sizes. */
export function checkLstm(
  x: Tensor,
  lengths: Int32Array,
  layers: readonly (readonly LstmWeights[])[],
  { inputIndex, dropout, returns }: LstmOptions,
): LstmSizes {
  const rows = checkLengths(lengths);
  checkTensor(x, 'x', ['rows', 'columns'], () => true);
  const [inputRows, input] = x.shape;
  if (inputIndex !== undefined) checkIndex(inputIndex, rows, inputRows);
  else if (inputRows !== rows) {
    throw new Error(`expected x to have sum(lengths) = ${rows} rows, got shape ${shapeText(x.shape)}`);
  }
  if (returns !== undefined && !outputs.includes(returns)) {
    throw new Error(`expected returns to be 'all' or 'last', got ${returns}`);
  }
  checkRate(dropout?.between, 'between');
  checkRate(dropout?.recurrent, 'recurrent');

  if (layers.length === 0) throw new Error('expected at least one layer of weights, got none');
  const directions = layers[0].length;
  if (directions !== 1 && directions !== 2) {
    throw new Error(`expected one or two directions in a layer, got ${directions}`);
  }
  const hidden = layers[0][0].recurrent.shape[0];
  layers.forEach((layer, l) => {
    if (layer.length !== directions) {
      throw new Error(
        `expected ${directions} direction(s) in every layer, got ${layer.length} in layer ${l}`,
      );
    }
    const size = l === 0 ? input : directions * hidden;
    layer.forEach((weights, d) => {
      const of = `weights of layer ${l}, direction ${d}`;
      checkTensor(
        weights.input,
        `the input ${of}`,
        [size, 4 * hidden],
        ([a, b]) => a === size && b === 4 * hidden,
      );
      checkTensor(
        weights.recurrent,
        `the recurrent ${of}`,
        [hidden, 4 * hidden],
        ([a, b]) => a === hidden && b === 4 * hidden,
      );
      checkTensor(weights.bias, `the bias ${of}`, [4 * hidden], ([a]) => a === 4 * hidden);
    });
  });
  return { layers: layers.length, directions, hidden, input, inputRows };
}
