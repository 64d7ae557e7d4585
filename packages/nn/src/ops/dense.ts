import { engine, type NamedTensorMap, type Tensor, type Tensor2D } from '@tensorflow/tfjs-core';
import { withHolding, type Holding } from '../kernels/holding.js';
import { attributes, ensureKernel, type KernelBody, type TensorAccess } from '../kernels/register.js';
import { checkDense, type Activation, type DenseContext } from './dense-options.js';

export type { Activation, DenseContext } from './dense-options.js';

const KERNEL = 'CognateDense';
const GRADIENT_KERNEL = 'CognateDenseGradient';

/**
 * Sizes and places of one call: y[rows, units] = x[rows, size] W[0 .. size] + (c[contexts, width] W[size ..] + b)[index]. Without a context
 * `index` is 0.
 */
interface DenseCall {
  readonly rows: number;
  readonly size: number;
  readonly units: number;
  readonly activation: Activation;
  readonly contexts: number;
  readonly width: number;
  index: number;
  x: number;
  c: number;
  weights: number;
  y: number;
}

/**
 * `activation(x weights + bias)` in one operation, with its gradients. With a context, as if each row of x were followed by
 * a row of `context.values`, whose part is computed once for each of these, however many rows of x have it.
 *
 * @param x `[rows, size]`
 * @param weights `[size, units]`; with a context `[size + its columns, units]`
 * @param bias `[units]`
 * @returns `[rows, units]`
 * @throws on shapes that do not fit each other
 */
export function dense(
  x: Tensor,
  weights: Tensor,
  bias: Tensor,
  activation: Activation = 'linear',
  context?: DenseContext,
): Tensor2D {
  checkDense(x, weights, bias, activation, context);
  ensureKernel(KERNEL);
  ensureKernel(GRADIENT_KERNEL);
  const [rows, size] = x.shape;
  const units = bias.size;
  const [contexts, width] = context?.values.shape ?? [0, 0];
  const inputs: NamedTensorMap = { weights, bias, ...(context && { context: context.values }), x };
  return withHolding((holding) => {
    const places = { index: 0, x: 0, c: 0, weights: 0, y: 0 };
    const call: DenseCall = { rows, size, units, activation, contexts, width, ...places };
    const body: KernelBody = (given, tensors) => {
      const { run, heap } = holding.kernels;
      call.x = holding.place(tensors.read(given.x));
      call.weights = holding.place(tensors.read(given.weights));
      const biasRow = holding.place(tensors.read(given.bias));
      call.y = holding.allocate(rows * units);
      if (context) {
        call.index = holding.place(context.index);
        call.c = holding.place(tensors.read(given.context));
        addContext(holding, call, biasRow);
      }
      const panels = holding.allocate(size * Math.ceil(units / 8) * 8);
      run.packPanels(call.weights, units, size, units, panels);
      const init = context ? call.y : biasRow;
      run.gemm(call.x, size, panels, call.y, units, init, context ? units : 0, rows, size, units);
      if (activation === 'tanh') run.applyTanh(call.y, rows * units);
      holding.release(panels);
      holding.release(biasRow);
      return tensors.write(heap.floats(call.y, rows * units), [rows, units]);
    };
    const gradients = (dy: Tensor) => denseGradients(holding, call, dy);
    return engine().runKernel<Tensor2D>(KERNEL, inputs, attributes({ body, gradients }));
  });
}

/** y[rows, units] = (c W + b)[index]. */
function addContext(holding: Holding, call: DenseCall, biasRow: number): void {
  const { run } = holding.kernels;
  const { rows, units, contexts, width } = call;
  const panels = holding.allocate(width * Math.ceil(units / 8) * 8);
  const projected = holding.allocate(contexts * units);
  run.packPanels(contextWeights(call), units, width, units, panels);
  run.gemm(call.c, width, panels, projected, units, biasRow, 0, contexts, width, units);
  run.gatherRows(projected, units, call.index, rows, units, call.y, units);
  holding.release(projected);
  holding.release(panels);
}

/** Where the weights of the context stand, below those of x. */
const contextWeights = ({ weights, size, units }: DenseCall): number => weights + size * units * 4;

function denseGradients(holding: Holding, call: DenseCall, dy: Tensor): Record<string, () => Tensor> {
  const { run, heap } = holding.kernels;
  const { rows, size, units, contexts, width } = call;
  const withContext = call.index !== 0;
  const wanted = new Set(['weights', 'bias', 'x', ...(withContext ? ['context'] : [])]);
  /** The gradient of the activation's argument, once it has been computed, and its sums over the rows of each context. */
  let dz = 0;
  let sums = 0;

  const gradient = (name: string, shape: number[], compute: (out: number) => void) => (): Tensor => {
    const body: KernelBody = (given, tensors: TensorAccess) => {
      if (dz === 0) {
        dz = holding.place(tensors.read(given.dy));
        if (call.activation === 'tanh') run.tanhGradient(call.y, dz, rows * units);
        if (withContext) {
          sums = holding.allocateZeros(contexts * units);
          run.scatterAddRows(dz, units, call.index, rows, units, sums, units);
        }
      }
      const count = shape.reduce((a, b) => a * b, 1);
      const out = holding.allocate(count);
      compute(out);
      const result = tensors.write(heap.floats(out, count), shape);
      holding.release(out);
      return result;
    };
    const result = engine().runKernel<Tensor>(GRADIENT_KERNEL, { dy }, attributes({ body }));
    wanted.delete(name);
    if (wanted.size === 0) holding.releaseAll();
    return result;
  };

  /** out[columns, units] = a[rows, columns]^T d[rows, units] */
  const weightGradient = (a: number, columns: number, d: number, depth: number, out: number): void => {
    const panels = holding.allocate(depth * Math.ceil(units / 8) * 8);
    run.packPanels(d, units, depth, units, panels);
    run.gemmTransposed(a, columns, panels, out, units, false, columns, depth, units);
    holding.release(panels);
  };
  /** out[rows, columns] = d[rows, units] w[columns, units]^T */
  const inputGradient = (d: number, depth: number, weights: number, columns: number, out: number): void => {
    const panels = holding.allocate(units * Math.ceil(columns / 8) * 8);
    run.packTransposed(weights, units, units, columns, panels);
    run.gemm(d, units, panels, out, columns, 0, 0, depth, units, columns);
    holding.release(panels);
  };

  return {
    weights: gradient('weights', [size + width, units], (out) => {
      weightGradient(call.x, size, dz, rows, out);
      if (withContext) weightGradient(call.c, width, sums, contexts, out + size * units * 4);
    }),
    bias: gradient('bias', [units], (out) => {
      run.sumRows(dz, units, rows, units, out);
    }),
    ...(withContext && {
      context: gradient('context', [contexts, width], (out) => {
        inputGradient(sums, contexts, contextWeights(call), width, out);
      }),
    }),
    x: gradient('x', [rows, size], (out) => {
      inputGradient(dz, rows, call.weights, size, out);
    }),
  };
}
