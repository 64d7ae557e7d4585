import {
  engine,
  type NamedTensorMap,
  type Tensor,
  type Tensor2D,
  type TensorInfo,
} from '@tensorflow/tfjs-core';
import { withHolding } from '../kernels/holding.js';
import { attributes, ensureKernel, type KernelBody, type TensorAccess } from '../kernels/register.js';
import { backwardLayers, inputGradient, weightGradients, type WeightGradients } from './lstm-backward.js';
import { forwardLayer, inputAfter, placeInput, type LayerState, type LstmCall } from './lstm-forward.js';
import { drawMasks } from './lstm-masks.js';
import { checkLstm, type LstmOptions, type LstmWeights } from './lstm-options.js';
import { planLstm } from './lstm-plan.js';

export type { LstmDropout, LstmOptions, LstmWeights, RandomSource } from './lstm-options.js';

const KERNEL = 'CognateLstm';
const GRADIENT_KERNEL = 'CognateLstmGradient';
const parts = ['input', 'recurrent', 'bias'] as const;

const weightName = (layer: number, direction: number, part: string) => `${part}${layer}_${direction}`;

/**
 * A (bidirectional) LSTM of any number of layers over sequences of unequal length, without work on padding:
 *
 *     i, f, o = sigmoid(x W + h' U + b)   g = tanh(x W + h' U + b)   c = f c' + i g   h = o tanh(c)
 *
 * in one operation, with its gradients for x and all weights.
 *
 * @param x `[sum(lengths), size]`, sequence after sequence; with `options.inputIndex`, `[distinct inputs, size]`
 * @param lengths numbers of elements, each at least 1
 * @param layers `layers[l][d]`: the weights of layer l; d = 0 forward, d = 1 backward if the LSTM is bidirectional
 * @returns `[sum(lengths), directions * h]`, or with `returns: 'last'` `[sequences, directions * h]`; sequences in the order given, the forward
 *   direction's columns first
 * @throws on an empty batch, an empty sequence, and shapes that do not fit each other
 */
export function lstm(
  x: Tensor,
  lengths: Int32Array,
  layers: readonly (readonly LstmWeights[])[],
  options: LstmOptions = {},
): Tensor2D {
  const sizes = checkLstm(x, lengths, layers, options);
  const plan = planLstm(lengths);
  const masks = drawMasks(plan, sizes, options.dropout);
  ensureKernel(KERNEL);
  ensureKernel(GRADIENT_KERNEL);

  // x last: its gradient is the only one that may not be wanted, and the last one gives back the memory.
  const inputs: NamedTensorMap = {};
  layers.forEach((layer, l) => {
    layer.forEach((weights, d) => {
      for (const part of parts) inputs[weightName(l, d, part)] = weights[part];
    });
  });
  inputs.x = x;

  return withHolding((holding) => {
    const { inputIndex } = options;
    const call: LstmCall = {
      holding,
      plan,
      sizes,
      masks,
      index: inputIndex === undefined ? 0 : holding.place(plan.givenRow.map((row) => inputIndex[row])),
      givenRow: holding.place(plan.givenRow),
      packedRow: holding.place(plan.packedRow),
      inputGates: new Map(),
    };
    const states: LayerState[] = [];
    const last = options.returns === 'last';
    const body: KernelBody = (given, tensors) => {
      let input = placeInput(call, tensors.read(given.x));
      for (let l = 0; l < sizes.layers; l++) {
        const weights = Array.from({ length: sizes.directions }, (_, d) => {
          const value = (part: string) => () => tensors.read(given[weightName(l, d, part)]);
          return { input: value('input'), recurrent: value('recurrent'), bias: value('bias') };
        });
        const state = forwardLayer(call, l, input, weights);
        states.push(state);
        if (l + 1 < sizes.layers) input = inputAfter(call, state);
      }
      return last
        ? writeLast(call, states[sizes.layers - 1].y, lengths, tensors)
        : writeAll(call, states[sizes.layers - 1].y, tensors);
    };
    const gradients = (dy: Tensor) => lstmGradients(call, states, dy, inputs, last ? lengths : undefined);
    return engine().runKernel<Tensor2D>(KERNEL, inputs, attributes({ body, gradients }));
  });
}

/** The packed rows as the caller has them. */
function writeAll(
  { holding, plan, sizes, packedRow }: LstmCall,
  y: number,
  tensors: TensorAccess,
): TensorInfo {
  const { run, heap } = holding.kernels;
  const width = sizes.directions * sizes.hidden;
  const given = holding.allocate(plan.rows * width);
  run.gatherRows(y, width, packedRow, plan.rows, width, given, width);
  const result = tensors.write(heap.floats(given, plan.rows * width), [plan.rows, width]);
  holding.release(given);
  return result;
}

/** The packed row in which a direction ends, for each sequence as given. */
function lastRows({ plan }: LstmCall, lengths: Int32Array, direction: number): Int32Array {
  return plan.rank.map((rank, s) => (direction === 0 ? plan.offsets[lengths[s] - 1] + rank : rank));
}

function writeLast(call: LstmCall, y: number, lengths: Int32Array, tensors: TensorAccess): TensorInfo {
  const { holding, plan, sizes } = call;
  const { run, heap } = holding.kernels;
  const h = sizes.hidden;
  const width = sizes.directions * h;
  const final = holding.allocate(plan.sequences * width);
  for (let d = 0; d < sizes.directions; d++) {
    const index = holding.place(lastRows(call, lengths, d));
    run.gatherRows(y + d * h * 4, width, index, plan.sequences, h, final + d * h * 4, width);
    holding.release(index);
  }
  const result = tensors.write(heap.floats(final, plan.sequences * width), [plan.sequences, width]);
  holding.release(final);
  return result;
}

/** The gradient of the packed output. `lengths` if only the last states were returned. */
function placeOutputGradient(call: LstmCall, values: Float32Array, lengths: Int32Array | undefined): number {
  const { holding, plan, sizes } = call;
  const { run } = holding.kernels;
  const h = sizes.hidden;
  const width = sizes.directions * h;
  const given = holding.place(values);
  let packed;
  if (lengths === undefined) {
    packed = holding.allocate(plan.rows * width);
    run.gatherRows(given, width, call.givenRow, plan.rows, width, packed, width);
  } else {
    packed = holding.allocateZeros(plan.rows * width);
    for (let d = 0; d < sizes.directions; d++) {
      const index = holding.place(lastRows(call, lengths, d));
      run.scatterAddRows(given + d * h * 4, width, index, plan.sequences, h, packed + d * h * 4, width);
      holding.release(index);
    }
  }
  holding.release(given);
  return packed;
}

function lstmGradients(
  call: LstmCall,
  states: readonly LayerState[],
  dy: Tensor,
  inputs: NamedTensorMap,
  lengths: Int32Array | undefined,
): Record<string, () => Tensor> {
  const { holding } = call;
  const { heap } = holding.kernels;
  const names = Object.keys(inputs);
  const wanted = new Set(names);
  let recurrenceDone = false;
  const weights = new Map<string, WeightGradients>();

  const gradient = (name: string, compute: (tensors: TensorAccess) => TensorInfo) => () => {
    const body: KernelBody = (given, tensors) => {
      if (!recurrenceDone) {
        const packed = placeOutputGradient(call, tensors.read(given.dy), lengths);
        backwardLayers(call, states, packed);
        recurrenceDone = true;
      }
      return compute(tensors);
    };
    const result = engine().runKernel<Tensor>(GRADIENT_KERNEL, { dy }, attributes({ body }));
    wanted.delete(name);
    if (wanted.size === 0) holding.releaseAll();
    return result;
  };

  const result: Record<string, () => Tensor> = {};
  states.forEach((state, l) => {
    state.directions.forEach((_, d) => {
      for (const part of parts) {
        const name = weightName(l, d, part);
        result[name] = gradient(name, (tensors) => {
          const key = `${l}_${d}`;
          let computed = weights.get(key);
          if (computed === undefined) weights.set(key, (computed = weightGradients(call, state, d)));
          const { shape } = inputs[name];
          const size = shape.reduce((a, b) => a * b, 1);
          const info = tensors.write(heap.floats(computed[part], size), shape);
          return info;
        });
      }
    });
  });
  result.x = gradient('x', (tensors) => {
    const dx = inputGradient(call, states[0]);
    return writeInputGradient(call, dx, tensors);
  });
  return result;
}

function writeInputGradient(call: LstmCall, dx: number, tensors: TensorAccess): TensorInfo {
  const { holding, plan, sizes } = call;
  const { run, heap } = holding.kernels;
  const { input, inputRows } = sizes;
  const shape = [inputRows, input];
  if (call.index !== 0) return tensors.write(heap.floats(dx, inputRows * input), shape);
  const given = holding.allocate(plan.rows * input);
  run.gatherRows(dx, input, call.packedRow, plan.rows, input, given, input);
  const result = tensors.write(heap.floats(given, plan.rows * input), shape);
  holding.release(given);
  holding.release(dx);
  return result;
}
