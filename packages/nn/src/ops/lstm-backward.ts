import {
  panelsOf,
  precedingRows,
  type DirectionState,
  type LayerState,
  type LstmCall,
} from './lstm-forward.js';

/** Gradients of one direction's weights in the heap, of the weights' shapes. */
export interface WeightGradients {
  readonly input: number;
  readonly recurrent: number;
  readonly bias: number;
}

/**
 * The recurrence backwards through all layers, which leaves the gradients of all gates' arguments where the gates were. `dy` is the gradient of the
 * last layer's output, `[rows, directions * h]`, rows packed; it is used up.
 */
export function backwardLayers(call: LstmCall, layers: readonly LayerState[], dy: number): void {
  const { holding, plan, sizes } = call;
  const width = sizes.directions * sizes.hidden;
  let gradient = dy;
  for (let l = layers.length - 1; l >= 0; l--) {
    const layer = layers[l];
    layer.directions.forEach((direction, d) => backwardDirection(call, direction, d, gradient));
    holding.release(gradient);
    if (l > 0) {
      gradient = inputGradient(call, layer);
      const { mask } = layers[l - 1];
      if (mask !== 0) holding.kernels.run.multiply(gradient, mask, plan.rows * width, gradient);
    }
  }
}

function backwardDirection(
  { holding, plan, sizes }: LstmCall,
  { recurrent, gates, c, tanhC, mask }: DirectionState,
  d: number,
  dy: number,
): void {
  const { run } = holding.kernels;
  const { steps, counts, offsets, sequences } = plan;
  const h = sizes.hidden;
  const width = sizes.directions * h;

  // The transpose of the recurrent weights: [4h, h].
  const panels = holding.allocate(4 * h * Math.ceil(h / 8) * 8);
  run.packTransposed(recurrent, 4 * h, 4 * h, h, panels);
  const dc = holding.allocateZeros(sequences * h);
  const unmasked = mask === 0 ? 0 : holding.allocate(sequences * h);
  const gatesAt = (t: number) => gates + offsets[t] * 4 * h * 4;
  const stateAt = (matrix: number, t: number) => matrix + offsets[t] * h * 4;
  const gradientAt = (t: number) => dy + (offsets[t] * width + d * h) * 4;
  for (let step = steps - 1; step >= 0; step--) {
    const t = d === 0 ? step : steps - 1 - step;
    const before = d === 0 ? t - 1 : t + 1;
    const after = d === 0 ? t + 1 : t - 1;
    const followed = step === steps - 1 ? 0 : precedingRows(plan, after, d);
    if (followed > 0 && mask === 0) {
      run.gemm(gatesAt(after), 4 * h, panels, gradientAt(t), width, gradientAt(t), width, followed, 4 * h, h);
    } else if (followed > 0) {
      run.gemm(gatesAt(after), 4 * h, panels, unmasked, h, 0, 0, followed, 4 * h, h);
      const to = gradientAt(t);
      run.multiplyAdd(to, width, unmasked, h, mask, h, followed, h, to, width);
    }
    const previousRows = precedingRows(plan, t, d);
    run.lstmBackwardStep(
      gatesAt(t),
      previousRows > 0 ? stateAt(c, before) : 0,
      previousRows,
      stateAt(tanhC, t),
      gradientAt(t),
      width,
      dc,
      counts[t],
      h,
    );
  }
  if (unmasked !== 0) holding.release(unmasked);
  holding.release(dc);
  holding.release(panels);
}

/** The gradient of a layer's input, `[xRows, size]`, from the gates' of all its directions. The caller releases it. */
export function inputGradient(call: LstmCall, layer: LayerState): number {
  const { holding, sizes } = call;
  const { run } = holding.kernels;
  const { size, xRows } = layer;
  const h = sizes.hidden;
  const dx = holding.allocate(xRows * size);
  layer.directions.forEach((direction, d) => {
    const gates = inputGates(call, layer, direction);
    const panels = holding.allocate(4 * h * Math.ceil(size / 8) * 8);
    run.packTransposed(direction.input, 4 * h, 4 * h, size, panels);
    run.gemm(gates, 4 * h, panels, dx, size, d === 0 ? 0 : dx, size, xRows, 4 * h, size);
    holding.release(panels);
  });
  return dx;
}

/** The gradients of one direction's weights. The caller releases them. */
export function weightGradients(call: LstmCall, layer: LayerState, d: number): WeightGradients {
  const { holding, plan, sizes } = call;
  const { run } = holding.kernels;
  const { size, xRows } = layer;
  const direction = layer.directions[d];
  const h = sizes.hidden;

  const input = holding.allocate(size * 4 * h);
  const recurrent = holding.allocate(h * 4 * h);
  const bias = holding.allocate(4 * h);
  const panels = panelsOf(holding, direction.gates, 4 * h, plan.rows, 4 * h);
  const previous = previousStates(call, layer, d);
  run.gemmTransposed(previous, h, panels, recurrent, 4 * h, false, h, plan.rows, 4 * h);
  if (previous !== direction.maskedPrevious) holding.release(previous);

  const gates = inputGates(call, layer, direction);
  run.sumRows(gates, 4 * h, xRows, 4 * h, bias);
  if (gates === direction.gates) {
    run.gemmTransposed(layer.x, size, panels, input, 4 * h, false, size, xRows, 4 * h);
  } else {
    const own = panelsOf(holding, gates, 4 * h, xRows, 4 * h);
    run.gemmTransposed(layer.x, size, own, input, 4 * h, false, size, xRows, 4 * h);
    holding.release(own);
  }
  holding.release(panels);
  return { input, recurrent, bias };
}

/**
 * The gradients of the gates' arguments by rows of the layer's input: summed over its readers where an index says who they are. They stay, for the
 * gradients of weights and of the input.
 */
function inputGates(
  { holding, plan, sizes, index, inputGates: known }: LstmCall,
  layer: LayerState,
  direction: DirectionState,
): number {
  if (index === 0 || !layer.first) return direction.gates;
  const there = known.get(direction);
  if (there !== undefined) return there;
  const h = sizes.hidden;
  const sums = holding.allocateZeros(layer.xRows * 4 * h);
  holding.kernels.run.scatterAddRows(direction.gates, 4 * h, index, plan.rows, 4 * h, sums, 4 * h);
  known.set(direction, sums);
  return sums;
}

/** The hidden states of the preceding steps, under their mask, `[rows, h]`: zeros where a sequence starts. */
function previousStates(
  { holding, plan, sizes }: LstmCall,
  { y, directions }: LayerState,
  d: number,
): number {
  if (directions[d].maskedPrevious !== 0) return directions[d].maskedPrevious;
  const h = sizes.hidden;
  const width = sizes.directions * h;
  const { steps, offsets } = plan;
  const previous = holding.allocateZeros(plan.rows * h);
  const { f32 } = holding.kernels.heap;
  for (let t = 0; t < steps; t++) {
    const count = precedingRows(plan, t, d);
    const before = d === 0 ? t - 1 : t + 1;
    for (let row = 0; row < count; row++) {
      const from = y / 4 + (offsets[before] + row) * width + d * h;
      f32.copyWithin(previous / 4 + (offsets[t] + row) * h, from, from + h);
    }
  }
  return previous;
}
