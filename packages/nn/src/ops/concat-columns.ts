import { engine, type NamedTensorMap, type Tensor, type Tensor2D } from '@tensorflow/tfjs-core';
import { attributes, ensureKernel, type KernelBody } from '../kernels/register.js';

const KERNEL = 'CognateConcatColumns';
const SLICE_KERNEL = 'CognateSliceColumns';

/**
 * Matrices of equally many rows side by side.
 *
 * @param xs one or more of shape `[rows, columns of its own]`
 * @returns `[rows, sum of the columns]`
 * @throws on matrices of unequally many rows
 */
export function concatColumns(...xs: readonly Tensor[]): Tensor2D {
  checkMatrices(xs);
  ensureKernel(KERNEL);
  ensureKernel(SLICE_KERNEL);
  const [rows] = xs[0].shape;
  const names = xs.map((_, i) => `x${i}`);
  const widths = xs.map(({ shape }): number => (shape as number[])[1]);
  let total = 0;
  const starts = widths.map((width) => (total += width) - width);
  const inputs: NamedTensorMap = Object.fromEntries(xs.map((x, i) => [names[i], x]));

  const concat: KernelBody = (given, tensors) => {
    const { tensor, values } = tensors.create([rows, total]);
    names.forEach((name, i) => {
      copyColumns(tensors.read(given[name]), widths[i], 0, values, total, starts[i], rows, widths[i]);
    });
    return tensor;
  };
  const slice =
    (i: number): KernelBody =>
    (given, tensors) => {
      const { tensor, values } = tensors.create([rows, widths[i]]);
      copyColumns(tensors.read(given.dy), total, starts[i], values, widths[i], 0, rows, widths[i]);
      return tensor;
    };
  const gradients = (dy: Tensor) =>
    Object.fromEntries(
      names.map((name, i) => [
        name,
        () => engine().runKernel<Tensor>(SLICE_KERNEL, { dy }, attributes({ body: slice(i) })),
      ]),
    );
  return engine().runKernel<Tensor2D>(KERNEL, inputs, attributes({ body: concat, gradients }));
}

/** Columns of one matrix into another; strides and first columns of each. */
function copyColumns(
  source: Float32Array,
  sourceStride: number,
  sourceStart: number,
  out: Float32Array,
  outStride: number,
  outStart: number,
  rows: number,
  columns: number,
): void {
  for (let row = 0; row < rows; row++) {
    const from = row * sourceStride + sourceStart;
    const to = row * outStride + outStart;
    for (let j = 0; j < columns; j++) out[to + j] = source[from + j];
  }
}

function checkMatrices(xs: readonly Tensor[]): void {
  if (xs.length === 0) throw new Error('expected at least one matrix, got none');
  xs.forEach(({ dtype, shape }, i) => {
    if (shape.length !== 2 || dtype !== 'float32' || shape[0] !== xs[0].shape[0]) {
      throw new Error(
        `expected float32 matrices of ${xs[0].shape[0]} rows, got ${dtype} of shape [${shape.join(', ')}] at ${i}`,
      );
    }
  });
}
