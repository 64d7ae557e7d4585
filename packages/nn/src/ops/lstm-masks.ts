import type { LstmPlan } from './lstm-plan.js';
import type { LstmDropout, LstmSizes, RandomSource } from './lstm-options.js';

/** What dropout multiplies with: 0 for what is dropped, 1 / (1 - rate) for what stays. */
export interface LstmMasks {
  /** For each layer but the last, `[rows, directions * h]`, rows as given; none without dropout between layers. */
  readonly between: readonly Float32Array[];
  /** For each layer and direction, `[sequences, h]`, sequences as given; none without recurrent dropout. */
  readonly recurrent: readonly (readonly Float32Array[])[];
}

function drawMask(size: number, rate: number, random: RandomSource): Float32Array {
  const mask = new Float32Array(size);
  const kept = 1 / (1 - rate);
  for (let i = 0; i < size; i++) if (random.next() >= rate) mask[i] = kept;
  return mask;
}

/** Draws all masks of a call, layer by layer, the recurrent ones of a layer before the one after it. */
export function drawMasks(
  { rows, sequences }: LstmPlan,
  { layers, directions, hidden }: LstmSizes,
  dropout: LstmDropout | undefined,
): LstmMasks {
  const between: Float32Array[] = [];
  const recurrent: Float32Array[][] = [];
  if (dropout === undefined) return { between, recurrent };
  const { between: betweenRate = 0, recurrent: recurrentRate = 0, random } = dropout;
  for (let layer = 0; layer < layers; layer++) {
    if (recurrentRate > 0) {
      recurrent.push(
        Array.from({ length: directions }, () => drawMask(sequences * hidden, recurrentRate, random)),
      );
    }
    if (betweenRate > 0 && layer + 1 < layers) {
      between.push(drawMask(rows * directions * hidden, betweenRate, random));
    }
  }
  return { between, recurrent };
}
