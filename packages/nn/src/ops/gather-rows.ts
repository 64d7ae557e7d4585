import { engine, type Tensor, type Tensor2D } from '@tensorflow/tfjs-core';
import { attributes, ensureKernel, type KernelBody } from '../kernels/register.js';

const KERNEL = 'CognateGatherRows';
const SCATTER_KERNEL = 'CognateScatterRows';

/**
 * Rows of a matrix by their numbers, in any order and as often as wanted. The gradient is added up over all readers of a row, in their order. tfjs's own `tf.gather`
 * has no gradient on the wasm backend.
 *
 * @param x `[rows, columns]`
 * @param ids numbers of rows, at least one
 * @returns `[ids.length, columns]`
 * @throws on a number that is no row's, naming it
 */
export function gatherRows(x: Tensor, ids: Int32Array): Tensor2D {
  checkGather(x, ids);
  ensureKernel(KERNEL);
  ensureKernel(SCATTER_KERNEL);
  const [rows, columns] = x.shape;
  const gather: KernelBody = (inputs, tensors) => {
    const { tensor, values: out } = tensors.create([ids.length, columns]);
    const source = tensors.read(inputs.x);
    for (let i = 0; i < ids.length; i++) {
      const from = ids[i] * columns;
      const to = i * columns;
      for (let j = 0; j < columns; j++) out[to + j] = source[from + j];
    }
    return tensor;
  };
  const scatter: KernelBody = (inputs, tensors) => {
    const { tensor, values: out } = tensors.create([rows, columns]);
    out.fill(0);
    const source = tensors.read(inputs.dy);
    for (let i = 0; i < ids.length; i++) {
      const from = i * columns;
      const to = ids[i] * columns;
      for (let j = 0; j < columns; j++) out[to + j] += source[from + j];
    }
    return tensor;
  };
  const gradients = (dy: Tensor) => ({
    x: () => engine().runKernel<Tensor>(SCATTER_KERNEL, { dy }, attributes({ body: scatter })),
  });
  return engine().runKernel<Tensor2D>(KERNEL, { x }, attributes({ body: gather, gradients }));
}

function checkGather(x: Tensor, ids: Int32Array): void {
  if (x.rank !== 2 || x.dtype !== 'float32') {
    throw new Error(`expected x to be a float32 matrix, got ${x.dtype} of shape [${x.shape.join(', ')}]`);
  }
  if (!(ids instanceof Int32Array)) throw new Error('expected ids to be an Int32Array');
  if (ids.length === 0) throw new Error('expected at least one row to gather, got none');
  const rows = x.shape[0];
  ids.forEach((id, i) => {
    if (id < 0 || id >= rows) throw new Error(`expected ids in 0 .. ${rows - 1}, got ${id} at ${i}`);
  });
}
