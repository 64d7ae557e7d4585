import { engine, type NamedTensorMap, type Tensor, type Tensor2D } from '@tensorflow/tfjs-core';
import { withHolding, type Holding } from '../kernels/holding.js';
import { attributes, ensureKernel, type KernelBody, type TensorAccess } from '../kernels/register.js';

const KERNEL = 'CognateDense';
const GRADIENT_KERNEL = 'CognateDenseGradient';

export type Activation = 'linear' | 'tanh';

const activations: readonly Activation[] = ['linear', 'tanh'];

/** Sizes and places of one call: x[rows, size] weights[size, units] = y[rows, units]. */
interface DenseCall {
  readonly rows: number;
  readonly size: number;
  readonly units: number;
  readonly activation: Activation;
  x: number;
  weights: number;
  y: number;
}

/**
 * `activation(x weights + bias)` in one operation, with its gradients.
 *
 * @param x `[rows, size]`
 * @param weights `[size, units]`
 * @param bias `[units]`
 * @returns `[rows, units]`
 * @throws on shapes that do not fit each other
 */
export function dense(x: Tensor, weights: Tensor, bias: Tensor, activation: Activation = 'linear'): Tensor2D {
  checkDense(x, weights, bias, activation);
  ensureKernel(KERNEL);
  ensureKernel(GRADIENT_KERNEL);
  const [rows, size] = x.shape;
  const units = bias.size;
  const inputs: NamedTensorMap = { weights, bias, x };
  return withHolding((holding) => {
    const call: DenseCall = { rows, size, units, activation, x: 0, weights: 0, y: 0 };
    const body: KernelBody = (given, tensors) => {
      const { run, heap } = holding.kernels;
      call.x = holding.place(tensors.read(given.x));
      call.weights = holding.place(tensors.read(given.weights));
      const biasRow = holding.place(tensors.read(given.bias));
      call.y = holding.allocate(rows * units);
      const panels = holding.allocate(size * Math.ceil(units / 8) * 8);
      run.packPanels(call.weights, units, size, units, panels);
      run.gemm(call.x, size, panels, call.y, units, biasRow, 0, rows, size, units);
      if (activation === 'tanh') run.applyTanh(call.y, rows * units);
      holding.release(panels);
      holding.release(biasRow);
      return tensors.write(heap.floats(call.y, rows * units), [rows, units]);
    };
    const gradients = (dy: Tensor) => denseGradients(holding, call, dy);
    return engine().runKernel<Tensor2D>(KERNEL, inputs, attributes({ body, gradients }));
  });
}

function denseGradients(holding: Holding, call: DenseCall, dy: Tensor): Record<string, () => Tensor> {
  const { run, heap } = holding.kernels;
  const { rows, size, units } = call;
  const wanted = new Set(['weights', 'bias', 'x']);
  /** The gradient of the activation's argument, once it has been computed. */
  let dz = 0;

  const gradient =
    (name: string, shape: number[], compute: (dz: number, out: number) => void) => (): Tensor => {
      const body: KernelBody = (given, tensors: TensorAccess) => {
        if (dz === 0) {
          dz = holding.place(tensors.read(given.dy));
          if (call.activation === 'tanh') run.tanhGradient(call.y, dz, rows * units);
        }
        const count = shape.reduce((a, b) => a * b, 1);
        const out = holding.allocate(count);
        compute(dz, out);
        const result = tensors.write(heap.floats(out, count), shape);
        holding.release(out);
        return result;
      };
      const result = engine().runKernel<Tensor>(GRADIENT_KERNEL, { dy }, attributes({ body }));
      wanted.delete(name);
      if (wanted.size === 0) holding.releaseAll();
      return result;
    };

  return {
    weights: gradient('weights', [size, units], (dz, out) => {
      const panels = holding.allocate(rows * Math.ceil(units / 8) * 8);
      run.packPanels(dz, units, rows, units, panels);
      run.gemmTransposed(call.x, size, panels, out, units, false, size, rows, units);
      holding.release(panels);
    }),
    bias: gradient('bias', [units], (dz, out) => {
      run.sumRows(dz, units, rows, units, out);
    }),
    x: gradient('x', [rows, size], (dz, out) => {
      const panels = holding.allocate(units * Math.ceil(size / 8) * 8);
      run.packTransposed(call.weights, units, units, size, panels);
      run.gemm(dz, units, panels, out, size, 0, 0, rows, units, size);
      holding.release(panels);
    }),
  };
}

function checkDense(x: Tensor, weights: Tensor, bias: Tensor, activation: Activation): void {
  const shapes = [x, weights, bias].map(({ shape }) => `[${shape.join(', ')}]`).join(', ');
  const fits =
    x.rank === 2 &&
    weights.rank === 2 &&
    bias.rank === 1 &&
    x.shape[0] > 0 &&
    x.shape[1] === weights.shape[0] &&
    weights.shape[1] === bias.shape[0];
  if (!fits) {
    throw new Error(
      `expected x, weights, bias of shapes [rows, size], [size, units], [units], got ${shapes}`,
    );
  }
  for (const { dtype } of [x, weights, bias]) {
    if (dtype !== 'float32') throw new Error(`expected x, weights and bias to be float32, got ${dtype}`);
  }
  if (!activations.includes(activation)) {
    throw new Error(`expected the activation to be 'linear' or 'tanh', got ${activation}`);
  }
}
