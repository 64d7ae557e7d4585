import type { Holding } from '../kernels/holding.js';
import type { LstmMasks } from './lstm-masks.js';
import type { LstmSizes } from './lstm-options.js';
import type { LstmPlan } from './lstm-plan.js';

/** Where in the heap one direction of one layer has what it computes with. Rows are packed. */
export interface DirectionState {
  /** Weights as given: `[size of the input, 4h]`, `[h, 4h]`. */
  readonly input: number;
  readonly recurrent: number;
  /** `[rows, 4h]`: the values of the gates; on the way back, the gradients of their arguments. */
  readonly gates: number;
  /** `[rows, h]` each. */
  readonly c: number;
  readonly tanhC: number;
  /** `[sequences, h]` by rank, and the masked states of the preceding steps, `[rows, h]`; 0 without recurrent dropout. */
  readonly mask: number;
  readonly maskedPrevious: number;
}

export interface LayerState {
  /** Whether this is the layer that reads x, by the index if there is one. */
  readonly first: boolean;
  /** `[xRows, size]`. */
  readonly x: number;
  readonly xRows: number;
  readonly size: number;
  /** `[rows, directions * h]`. */
  readonly y: number;
  /** What the next layer's input was multiplied with, of the shape of y; 0 without dropout. */
  readonly mask: number;
  readonly directions: readonly DirectionState[];
}

/** Everything that the operation's both ways share. */
export interface LstmCall {
  readonly holding: Holding;
  readonly plan: LstmPlan;
  readonly sizes: LstmSizes;
  readonly masks: LstmMasks;
  /** Where the index of x's rows stands, in packed order; 0 if x has a row for each element. */
  readonly index: number;
  /** `[rows]`: packed rows as given, and given rows as packed. */
  readonly givenRow: number;
  readonly packedRow: number;
  /** On the way back, where an index says who reads what: the gradients of the gates' arguments by rows of x. */
  readonly inputGates: Map<DirectionState, number>;
}

/** Values of one direction's weights. */
export interface WeightValues {
  readonly input: () => Float32Array;
  readonly recurrent: () => Float32Array;
  readonly bias: () => Float32Array;
}

/** x in the heap: in packed order, or as given when an index says who reads what. */
export function placeInput(call: LstmCall, values: Float32Array): number {
  const { holding, plan, sizes, index } = call;
  const given = holding.place(values);
  if (index !== 0) return given;
  const packed = holding.allocate(plan.rows * sizes.input);
  const { run } = holding.kernels;
  run.gatherRows(given, sizes.input, call.givenRow, plan.rows, sizes.input, packed, sizes.input);
  holding.release(given);
  return packed;
}

/** A matrix packed into panels; the caller releases them. */
export function panelsOf(holding: Holding, matrix: number, stride: number, k: number, n: number): number {
  const panels = holding.allocate(k * Math.ceil(n / 8) * 8);
  holding.kernels.run.packPanels(matrix, stride, k, n, panels);
  return panels;
}

/** One layer, all directions; `x` is `[xRows, size]`, with an index in the first layer only. */
export function forwardLayer(
  call: LstmCall,
  layer: number,
  x: number,
  weights: readonly WeightValues[],
): LayerState {
  const { holding, plan, sizes } = call;
  const { rows } = plan;
  const width = sizes.directions * sizes.hidden;
  const first = layer === 0;
  const size = first ? sizes.input : width;
  const xRows = first ? sizes.inputRows : rows;
  const y = holding.allocate(rows * width);
  const directions = weights.map((values, d) =>
    forwardDirection(call, layer, d, { first, x, xRows, size, y }, values),
  );
  let mask = 0;
  if (layer < call.masks.between.length) {
    const given = holding.place(call.masks.between[layer]);
    mask = holding.allocate(rows * width);
    holding.kernels.run.gatherRows(given, width, call.givenRow, rows, width, mask, width);
    holding.release(given);
  }
  return { first, x, xRows, size, y, mask, directions };
}

/** The next layer's input: this one's output, or that under its mask. */
export function inputAfter(call: LstmCall, { y, mask }: LayerState): number {
  if (mask === 0) return y;
  const count = call.plan.rows * call.sizes.directions * call.sizes.hidden;
  const masked = call.holding.allocate(count);
  call.holding.kernels.run.multiply(y, mask, count, masked);
  return masked;
}

function forwardDirection(
  call: LstmCall,
  layer: number,
  d: number,
  { first, x, xRows, size, y }: Omit<LayerState, 'mask' | 'directions'>,
  values: WeightValues,
): DirectionState {
  const { holding, plan, sizes, index } = call;
  const { run } = holding.kernels;
  const { rows, steps, counts, offsets } = plan;
  const h = sizes.hidden;
  const width = sizes.directions * h;

  const input = holding.place(values.input());
  const recurrent = holding.place(values.recurrent());
  const bias = holding.place(values.bias());
  const gates = holding.allocate(rows * 4 * h);
  const c = holding.allocate(rows * h);
  const tanhC = holding.allocate(rows * h);
  const mask = placeRecurrentMask(call, layer, d);
  const maskedPrevious = mask === 0 ? 0 : holding.allocateZeros(rows * h);

  // The inputs' part of all gates at once.
  const inputPanels = panelsOf(holding, input, 4 * h, size, 4 * h);
  if (first && index !== 0) {
    const projected = holding.allocate(xRows * 4 * h);
    run.gemm(x, size, inputPanels, projected, 4 * h, bias, 0, xRows, size, 4 * h);
    run.gatherRows(projected, 4 * h, index, rows, 4 * h, gates, 4 * h);
    holding.release(projected);
  } else {
    run.gemm(x, size, inputPanels, gates, 4 * h, bias, 0, rows, size, 4 * h);
  }
  holding.release(inputPanels);
  holding.release(bias);

  const recurrentPanels = panelsOf(holding, recurrent, 4 * h, h, 4 * h);
  const gatesAt = (t: number) => gates + offsets[t] * 4 * h * 4;
  const stateAt = (matrix: number, t: number) => matrix + offsets[t] * h * 4;
  const outputAt = (t: number) => y + (offsets[t] * width + d * h) * 4;
  for (let step = 0; step < steps; step++) {
    const t = d === 0 ? step : steps - 1 - step;
    const before = d === 0 ? t - 1 : t + 1;
    const previousRows = precedingRows(plan, t, d);
    if (previousRows > 0) {
      let previous = outputAt(before);
      let stride = width;
      if (mask !== 0) {
        const masked = stateAt(maskedPrevious, t);
        maskRows(call, previous, mask, previousRows, masked);
        previous = masked;
        stride = h;
      }
      run.gemm(
        previous,
        stride,
        recurrentPanels,
        gatesAt(t),
        4 * h,
        gatesAt(t),
        4 * h,
        previousRows,
        h,
        4 * h,
      );
    }
    const cPrevious = previousRows > 0 ? stateAt(c, before) : 0;
    run.lstmForwardStep(
      gatesAt(t),
      cPrevious,
      previousRows,
      stateAt(c, t),
      stateAt(tanhC, t),
      outputAt(t),
      width,
      counts[t],
      h,
    );
  }
  holding.release(recurrentPanels);
  return { input, recurrent, gates, c, tanhC, mask, maskedPrevious };
}

/** How many of the rows of step t, the first ones, have a preceding step in a direction. */
export function precedingRows({ counts, steps }: LstmPlan, t: number, direction: number): number {
  if (direction === 0) return t === 0 ? 0 : counts[t];
  return t === steps - 1 ? 0 : counts[t + 1];
}

function placeRecurrentMask(call: LstmCall, layer: number, d: number): number {
  const { holding, plan, sizes, masks } = call;
  if (layer >= masks.recurrent.length) return 0;
  const given = holding.place(masks.recurrent[layer][d]);
  const order = holding.place(plan.order);
  const mask = holding.allocate(plan.sequences * sizes.hidden);
  holding.kernels.run.gatherRows(
    given,
    sizes.hidden,
    order,
    plan.sequences,
    sizes.hidden,
    mask,
    sizes.hidden,
  );
  holding.release(order);
  holding.release(given);
  return mask;
}

/** masked[rows, h] = states * mask; the states have the stride of the layer's output. */
function maskRows(call: LstmCall, states: number, mask: number, rows: number, masked: number): void {
  const { hidden, directions } = call.sizes;
  // `masked` is zeros before.
  call.holding.kernels.run.multiplyAdd(
    masked,
    hidden,
    states,
    directions * hidden,
    mask,
    hidden,
    rows,
    hidden,
    masked,
    hidden,
  );
}
