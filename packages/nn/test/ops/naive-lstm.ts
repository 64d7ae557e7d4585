/** An LSTM of one direction, in double precision and as plain as its formulas: what the fused one has to agree with. */
export interface NaiveWeights {
  /** `[size][4h]`, `[h][4h]`, `[4h]`, flat. */
  readonly input: ArrayLike<number>;
  readonly recurrent: ArrayLike<number>;
  readonly bias: ArrayLike<number>;
}

export interface NaiveOptions {
  /** Tells these masks from others. */
  readonly name?: string;
  /** `layer, direction, sequence, unit`: what the state is multiplied with on its way to the next step. */
  readonly recurrentMask?: (layer: number, direction: number, sequence: number, unit: number) => number;
  /** `layer, row, column`: what a layer's output is multiplied with on its way to the next layer. */
  readonly betweenMask?: (layer: number, row: number, column: number) => number;
}

const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));

/** All states of a sequence, `[length][h]`, in the order of the sequence in both directions. */
function runDirection(
  sequence: number[][],
  { input, recurrent, bias }: NaiveWeights,
  backward: boolean,
  mask: (unit: number) => number,
): number[][] {
  const h = bias.length / 4;
  const states: number[][] = [];
  let hidden = new Array<number>(h).fill(0);
  let cell = new Array<number>(h).fill(0);
  const order = [...sequence.keys()];
  if (backward) order.reverse();
  for (const t of order) {
    const carried = hidden.map((value, j) => value * mask(j));
    const element = sequence[t];
    const arguments_ = new Array<number>(4 * h);
    for (let gate = 0; gate < 4 * h; gate++) {
      let sum = bias[gate];
      for (let j = 0; j < element.length; j++) sum += element[j] * input[j * 4 * h + gate];
      for (let j = 0; j < h; j++) sum += carried[j] * recurrent[j * 4 * h + gate];
      arguments_[gate] = sum;
    }
    cell = cell.map(
      (c, j) => sigmoid(arguments_[h + j]) * c + sigmoid(arguments_[j]) * Math.tanh(arguments_[2 * h + j]),
    );
    hidden = cell.map((c, j) => sigmoid(arguments_[3 * h + j]) * Math.tanh(c));
    states[t] = hidden;
  }
  return states;
}

/** `layers[l][d]`; x has a row for each element. Gives all states, `[rows][directions * h]`, and the last ones, `[sequences][directions * h]`. */
export function naiveLstm(
  x: number[][],
  lengths: readonly number[],
  layers: readonly (readonly NaiveWeights[])[],
  { recurrentMask = () => 1, betweenMask = () => 1 }: NaiveOptions = {},
): { all: number[][]; last: number[][] } {
  let rows = x;
  const last: number[][] = [];
  layers.forEach((layer, l) => {
    const out: number[][] = [];
    let start = 0;
    lengths.forEach((length, s) => {
      const sequence = rows.slice(start, start + length);
      const states = layer.map((weights, d) =>
        runDirection(sequence, weights, d === 1, (unit) => recurrentMask(l, d, s, unit)),
      );
      for (let t = 0; t < length; t++) out.push(states.flatMap((direction) => direction[t]));
      last[s] = states.flatMap((direction, d) => direction[d === 0 ? length - 1 : 0]);
      start += length;
    });
    rows =
      l + 1 < layers.length
        ? out.map((row, r) => row.map((value, column) => value * betweenMask(l, r, column)))
        : out;
  });
  return { all: rows, last };
}
